package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"ringback/ui/view"
	"ringback/ui/widgets"
)

// message is where the window says what became of a wish: what went wrong stands above
// the page until it is closed, what was done lies over its corner for a while, so that
// nothing moves under the mouse. It holds one at a time; the newest is the one that counts.
type message struct {
	content *fyne.Container // above the page
	toast   *fyne.Container // over it
	float   *fyne.Container
	holder  *fyne.Container // what must be laid out anew when it comes or goes
	until   time.Time       // when it is old news; zero: never
}

func newMessage() *message {
	m := &message{content: widgets.Over(), toast: widgets.Over()}
	m.content.Hide()
	m.toast.Hide()
	m.float = widgets.Float(m.toast)
	return m
}

// fault says in three parts that something went wrong.
func (m *message) fault(w view.Words, f view.Fault, hide func()) {
	closeIt := widgets.NewButton(widgets.Bare, "", icon("cross"), hide)
	m.put(m.content, widgets.Pad(widgets.Gap4, widgets.Gap5, widgets.Gap4, widgets.Gap5,
		widgets.NewNotice(widgets.Failed, icon("alert"), f.What, f.Means+" "+f.Do, closeIt)))
}

// sayFor is how long a sentence stands at least. What it offers can be done afterwards,
// too, but not from here.
const sayFor = 20 * time.Second

// say tells something in one sentence, with a button for what can be done about it.
func (m *message) say(sentence, label string, now time.Time, do func()) {
	m.put(m.toast, widgets.NewToast(widgets.Quiet, icon("check"), sentence,
		widgets.NewButton(widgets.Outline, label, nil, do),
		widgets.NewButton(widgets.Bare, "", icon("cross"), m.hide)))
	m.until = now.Add(sayFor)
}

// tell tells something in one sentence of which nothing is to be done.
func (m *message) tell(sentence string, now time.Time) {
	m.put(m.toast, widgets.NewToast(widgets.Talked, icon("checkc"), sentence, widgets.NewButton(widgets.Bare, "", icon("cross"), m.hide)))
	m.until = now.Add(sayFor)
}

// tick takes away what was said some time ago.
func (m *message) tick(now time.Time) {
	if !m.until.IsZero() && now.After(m.until) {
		m.hide()
	}
}

func (m *message) put(at *fyne.Container, o fyne.CanvasObject) {
	m.hide()
	at.Objects = []fyne.CanvasObject{o}
	at.Show()
	m.refresh()
}

// hide takes it away. Hiding nothing is harmless.
func (m *message) hide() {
	m.until = time.Time{}
	if !m.content.Visible() && !m.toast.Visible() {
		return
	}
	for _, at := range []*fyne.Container{m.content, m.toast} {
		at.Objects = nil
		at.Hide()
	}
	m.refresh()
}

func (m *message) refresh() {
	m.content.Refresh()
	m.float.Refresh()
	if m.holder != nil {
		widgets.LayOut(m.holder)
	}
}

package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"ringback/ui/view"
	"ringback/ui/widgets"
)

// message is where the window says what became of a wish: what went wrong stands above
// the page until it is closed, what was done lies over its corner for a while, so that
// nothing moves under the mouse, and above what can be pressed there. It holds one at a time; the newest is the one that counts.
type message struct {
	content *fyne.Container // above the page
	toast   *fyne.Container // over it
	float   *fyne.Container
	holder  *fyne.Container // what must be laid out anew when it comes or goes
	until   time.Time       // when it is old news; zero: never
	lasts   time.Duration   // how long it stands
	hovered bool            // the mouse is on it: it stays, and begins anew when that leaves
	of      any             // who can't read, where that is what stands there; else nil
	inUse   func() bool     // the keyboard is on one of its buttons; nil: never
}

// newMessage makes one for the pages that it lies over.
func newMessage(pages fyne.CanvasObject) *message {
	m := &message{content: widgets.Over(), toast: widgets.Over()}
	m.content.Hide()
	m.toast.Hide()
	m.float = widgets.Float(m.toast, pages)
	return m
}

// fault says in three parts that something went wrong.
func (m *message) fault(w view.Words, f view.Fault, hide func()) {
	closeIt := widgets.NewButton(widgets.Bare, "", icon("cross"), hide)
	m.put(m.content, widgets.Pad(widgets.Gap4, widgets.Gap5, widgets.Gap4, widgets.Gap5,
		widgets.NewNotice(widgets.Failed, icon("alert"), f.What, f.Means+" "+f.Do, closeIt)))
}

// How long a sentence stands at least, and one that offers something: that can be done
// afterwards, too, but not from here.
const (
	tellFor = 8 * time.Second
	sayFor  = 12 * time.Second
)

// say tells something in one sentence, with a button for what can be done about it.
func (m *message) say(sentence, label string, now time.Time, do func()) {
	m.toastFor(sayFor, now, widgets.NewToast(widgets.Quiet, icon("check"), sentence,
		widgets.NewButton(widgets.Outline, label, nil, do),
		widgets.NewButton(widgets.Bare, "", icon("cross"), m.hide)))
}

// tell tells something in one sentence of which nothing is to be done.
func (m *message) tell(sentence string, now time.Time) {
	m.toastFor(tellFor, now, widgets.NewToast(widgets.Talked, icon("checkc"), sentence, widgets.NewButton(widgets.Bare, "", icon("cross"), m.hide)))
}

func (m *message) toastFor(lasts time.Duration, now time.Time, toast *fyne.Container) {
	m.put(m.toast, widgets.NewUnderMouse(toast, func(in bool) { m.hovered = in }))
	m.lasts, m.until = lasts, now.Add(lasts)
}

// tick takes away what was said some time ago, unless somebody is at it.
func (m *message) tick(now time.Time) {
	switch {
	case m.until.IsZero():
	case m.hovered, m.inUse != nil && m.inUse():
		m.until = now.Add(m.lasts)
	case now.After(m.until):
		m.hide()
	}
}

// dismiss takes away what stands there, and says whether anything did.
func (m *message) dismiss() bool {
	if !m.content.Visible() && !m.toast.Visible() {
		return false
	}
	m.hide()
	return true
}

// over takes away that somebody can't read: he can again. What another one can't read stays.
func (m *message) over(of any) {
	if m.of == of {
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
	m.until, m.hovered, m.of = time.Time{}, false, nil
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

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// PhoneWords are the icons and words on the buttons of a Phone.
type PhoneWords struct {
	RingIcon, AnswerIcon, HangUpIcon fyne.Resource
	Answer, Decline, HangUp          string
}

// PhoneState is what a Phone shows, and which of its buttons work.
type PhoneState struct {
	Title   string // whose phone it is
	Who     string // who is on the line
	Line    string // what is going on
	Role    Role   // the colour of what is going on
	Ringing bool   // with arcs that pulse

	CanAnswer  bool
	CanDecline bool
	CanKey     bool
	CanHangUp  bool // the red button hangs up in place of declining
}

// Phone is a telephone that is answered and keyed by hand. It is one stop of
// the Tab key: Enter or Space answers, Escape declines or hangs up, and 1, 2
// and 3 are its keys. A callback that is nil is not called. Flat, it is a line.
type Phone struct {
	press
	OnAnswer  func()
	OnDecline func()
	OnHangUp  func()
	OnKey     func(digit rune) // '1', '2' or '3'

	words            PhoneWords
	state            PhoneState
	title, who, line *Text
	disc             *Rect
	sign             *Icon
	answer, end      *phoneButton
	pickUpWord       *phoneButton // the same two, where it is flat
	putDownWord      *phoneButton
	keys             []*phoneButton
	flat             bool
	ringing          *ringing
	screen           *fyne.Container
}

// NewPhone makes a phone at rest.
func NewPhone(words PhoneWords) *Phone {
	p := &Phone{
		words: words,
		title: NewText("", SizeRail, ColorSecond).Cut(),
		who:   NewText("", SizeCaption, ColorText).Bold().Cut().Center(),
		line:  NewText("", SizeRail, ColorSecond).Cut(),
		disc:  NewDot(Quiet.Tint()),
		sign:  NewIcon(words.RingIcon, 18, Quiet.Text()),
	}
	p.answer = newRoundButton(words.AnswerIcon, words.Answer, Talked, p.clicked(p.pickUp))
	p.end = newRoundButton(words.HangUpIcon, words.Decline, Failed, p.clicked(p.putDown))
	p.pickUpWord = newPill(words.AnswerIcon, words.Answer, Talked, p.clicked(p.pickUp))
	p.putDownWord = newPill(words.HangUpIcon, words.Decline, Failed, p.clicked(p.putDown))
	for _, digit := range "123" {
		p.keys = append(p.keys, newKey(string(digit), p.clicked(func() { p.key(digit) })))
	}
	p.ringing = newRinging(p)
	p.screen = Over(p.arrange())
	p.extend(p)
	p.Set(PhoneState{})
	return p
}

// Set shows a state.
func (p *Phone) Set(s PhoneState) {
	p.state = s
	p.title.SetText(s.Title)
	p.who.SetText(s.Who)
	p.line.SetText(s.Line)
	p.line.SetColor(s.Role.Text())
	p.disc.SetFill(s.Role.Tint())
	p.sign.SetColor(s.Role.Text())
	p.answer.setEnabled(s.CanAnswer)
	p.end.setEnabled(s.CanDecline || s.CanHangUp)
	for _, b := range []*phoneButton{p.end, p.putDownWord} {
		b.label.SetText(p.words.Decline)
		if s.CanHangUp {
			b.label.SetText(p.words.HangUp)
		}
	}
	for _, k := range p.keys {
		k.setEnabled(s.CanKey)
	}
	p.sort()
	p.ring()
	p.Refresh()
}

// SetLine changes the line of what is going on alone, for a clock that runs.
func (p *Phone) SetLine(line string) { p.state.Line = line; p.line.SetText(line) }

// State returns what is shown.
func (p *Phone) State() PhoneState { return p.state }

// Hide hides the phone and ends its pulse.
func (p *Phone) Hide() {
	p.press.Hide()
	p.ring()
}

// Show shows the phone again, ringing as before.
func (p *Phone) Show() {
	p.press.Show()
	p.ring()
}

func (p *Phone) ring() { p.ringing.set(p.state.Ringing && p.Visible() && !p.flat, p.state.Role) }

// Tapped is called by Fyne for a click beside the buttons.
func (p *Phone) Tapped(*fyne.PointEvent) { p.takeFocus() }

// TypedKey is called by Fyne while the phone has the focus.
func (p *Phone) TypedKey(e *fyne.KeyEvent) {
	p.usedByKeyboard()
	if presses(e) {
		p.pickUp()
	}
	if e.Name == fyne.KeyEscape {
		p.putDown()
	}
}

// TypedRune is called by Fyne while the phone has the focus.
func (p *Phone) TypedRune(r rune) {
	if r >= '1' && r <= '3' {
		p.key(r)
	}
}

func (p *Phone) clicked(do func()) func() {
	return func() {
		p.takeFocus() // The keyboard goes on where the mouse was.
		do()
	}
}

func (p *Phone) pickUp() { callIf(p.state.CanAnswer, p.OnAnswer) }

func (p *Phone) putDown() {
	if p.state.CanHangUp {
		callIf(true, p.OnHangUp)
		return
	}
	callIf(p.state.CanDecline, p.OnDecline)
}

func (p *Phone) key(digit rune) {
	if p.state.CanKey && p.OnKey != nil {
		p.OnKey(digit)
	}
}

func callIf(may bool, call func()) {
	if may && call != nil {
		call()
	}
}

// Flat makes it a line, for a window that is too low for two drawn phones; off, it is
// drawn again. Only buttons that work stand in a line: there is no room for others.
func (p *Phone) Flat(on bool) {
	if on == p.flat {
		return
	}
	p.flat = on
	p.screen.Objects = []fyne.CanvasObject{p.arrange()}
	p.sort()
	p.ring()
	p.Refresh()
}

// sort shows the buttons that have a place now.
func (p *Phone) sort() {
	p.pickUpWord.Hidden = !p.state.CanAnswer
	p.putDownWord.Hidden = !p.state.CanDecline && !p.state.CanHangUp
	for _, k := range p.keys {
		k.Hidden = p.flat && !p.state.CanKey
	}
	p.screen.Refresh()
}

func (p *Phone) arrange() *fyne.Container {
	keys := make([]fyne.CanvasObject, 0, len(p.keys))
	for _, k := range p.keys {
		keys = append(keys, k)
	}
	if p.flat {
		p.title.align, p.line.align = fyne.TextAlignLeading, fyne.TextAlignLeading
		return Across(Gap3, append([]fyne.CanvasObject{
			Fixed(28, 28, Over(p.disc, p.sign)), Grow(Down(0, p.title, p.line)), p.pickUpWord,
		}, append(keys, p.putDownWord)...)...)
	}
	p.title.align, p.line.align = fyne.TextAlignCenter, fyne.TextAlignCenter
	return Down(1,
		p.title,
		Pad(3, 0, 3, 0, Centered(Fixed(32, 32, Over(p.disc, p.sign)))),
		p.who,
		p.line,
		Space(),
		Columns(Gap1, 2, p.answer, p.end),
		Fixed(0, 5, NewRect(colorNone, 0)),
		Columns(5, 3, keys...))
}

// CreateRenderer is called by Fyne.
func (p *Phone) CreateRenderer() fyne.WidgetRenderer {
	p.ring() // A renderer that was given up has ended it.
	body, glass := NewRect(ColorPhoneBody, 18), NewRect(ColorSurface, 13)
	parts := []fyne.CanvasObject{body, glass, p.screen}
	parts = append(parts, p.ringing.arcs...)
	content := newContainer(phoneParts{p}, parts...)
	return &phoneRenderer{
		pressRenderer: newPressRenderer(&p.press, p, content, func() face { return face{radius: 18} }),
		phone:         p,
	}
}

// phoneRenderer keeps the ring round the body, which the arcs stand beside.
type phoneRenderer struct {
	*pressRenderer
	phone *Phone
}

func (r *phoneRenderer) Layout(size fyne.Size) {
	r.pressRenderer.Layout(size)
	for _, o := range []*canvas.Rectangle{r.ground, r.veil} {
		o.Resize(fyne.Size{})
	}
	beside := arcRoom
	if r.phone.flat {
		beside = 0
	}
	r.ring.Move(fyne.NewPos(beside-ringOutset, -ringOutset))
	r.ring.Resize(fyne.NewSize(size.Width-2*beside+2*ringOutset, size.Height+2*ringOutset))
}

func (r *phoneRenderer) Refresh() {
	r.phone.ringing.paint()
	r.pressRenderer.Refresh()
}

func (r *phoneRenderer) Destroy() { r.phone.ringing.set(false, r.phone.state.Role) }

const (
	phoneWidth  float32 = 160
	phoneHeight float32 = 214
	arcRoom     float32 = 14 // at each side, for the arcs
	arcCenter   float32 = 20 // of the circles that the arcs are cut from
	phoneEdge   float32 = 5

	flatHeight float32 = 40
)

// phoneParts places body, glass, screen and arcs. Flat, there is glass alone.
type phoneParts struct{ of *Phone }

func (l phoneParts) MinSize(p []fyne.CanvasObject) fyne.Size {
	screen := p[2].MinSize()
	if l.of.flat {
		return fyne.NewSize(screen.Width+2*Gap3, max(flatHeight, screen.Height+2*Gap1))
	}
	return fyne.NewSize(
		max(phoneWidth, screen.Width+2*(arcRoom+phoneEdge+Gap3)),
		max(phoneHeight, screen.Height+2*(phoneEdge+Gap3)))
}

func (l phoneParts) Layout(p []fyne.CanvasObject, size fyne.Size) {
	if l.of.flat {
		p[0].Resize(fyne.Size{})
		p[1].Move(fyne.Position{})
		p[1].Resize(size)
		p[2].Move(fyne.NewPos(Gap3, 0))
		p[2].Resize(fyne.NewSize(size.Width-2*Gap3, size.Height))
		return
	}
	x, y := arcRoom, float32(0)
	for _, inset := range []float32{0, phoneEdge, Gap3} {
		x, y = x+inset, y+inset
		part := p[0]
		p = p[1:]
		part.Move(fyne.NewPos(x, y))
		part.Resize(fyne.NewSize(size.Width-2*x, size.Height-2*y))
	}
	for i, arc := range p {
		diameter := 24 + float32(i/2)*14
		center := arcCenter
		if i%2 == 1 {
			center = size.Width - arcCenter
		}
		arc.Resize(fyne.NewSquareSize(diameter))
		arc.Move(fyne.NewPos(center-diameter/2, 44-diameter/2))
	}
}

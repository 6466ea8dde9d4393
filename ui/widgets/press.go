package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is the part that all widgets have in common that can be pressed: by
// the mouse, or with Space or Enter while they have the keyboard's focus. It
// shows being under the mouse, being held down, and a ring while the keyboard
// is used; a click moves the focus, but draws no ring.
type press struct {
	widget.DisableableWidget
	self   pressable
	tapped func()

	hovered, held    bool
	focused, byMouse bool
}

type pressable interface {
	fyne.Widget
	fyne.Focusable
}

// extend must be called once, by the constructor of the widget.
func (p *press) extend(self pressable) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// Tapped is called by Fyne when the mouse is clicked.
func (p *press) Tapped(*fyne.PointEvent) {
	if p.Disabled() {
		return
	}
	p.takeFocus()
	p.activate()
}

func (p *press) activate() {
	if p.Disabled() || p.tapped == nil {
		return
	}
	p.tapped()
}

func (p *press) takeFocus() {
	p.byMouse = true
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.self); c != nil {
		c.Focus(p.self)
	}
	p.Refresh()
}

// TypedKey is called by Fyne while the widget has the focus.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	p.usedByKeyboard()
	switch {
	case presses(e):
		p.activate()
	case e.Name == fyne.KeyEscape:
		escape(p.self, e)
	}
}

// escape leaves a key that is none of its own to the window.
func escape(o fyne.CanvasObject, e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// presses reports whether a key does what a click does.
func presses(e *fyne.KeyEvent) bool {
	return e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
}

func (p *press) usedByKeyboard() {
	if !p.byMouse {
		return
	}
	p.byMouse = false
	p.Refresh()
}

// TypedRune is called by Fyne while the widget has the focus.
func (p *press) TypedRune(rune) {}

// FocusGained is called by Fyne.
func (p *press) FocusGained() {
	p.focused = true
	p.Refresh()
	if !p.byMouse {
		Reveal(p.self)
	}
}

// FocusLost is called by Fyne.
func (p *press) FocusLost() { p.focused, p.byMouse = false, false; p.Refresh() }

// MouseIn is called by Fyne.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved is called by Fyne.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (p *press) MouseOut() { p.hovered, p.held = false, false; p.Refresh() }

// MouseDown is called by Fyne.
func (p *press) MouseDown(*desktop.MouseEvent) { p.held = true; p.Refresh() }

// MouseUp is called by Fyne.
func (p *press) MouseUp(*desktop.MouseEvent) { p.held = false; p.Refresh() }

// ringed reports whether the focus is to be seen.
func (p *press) ringed() bool { return p.focused && !p.byMouse && !p.Disabled() }

func (p *press) veil() fyne.ThemeColorName {
	switch {
	case p.Disabled():
		return colorNone
	case p.held:
		return colorPressed
	case p.hovered:
		return colorHover
	}
	return colorNone
}

// face is how a pressable widget looks in its present state.
type face struct {
	fill, edge fyne.ThemeColorName
	radius     float32
}

// pressRenderer draws the ground, the veil of hover, the content and the ring.
type pressRenderer struct {
	press              *press
	widget             fyne.Widget
	content            fyne.CanvasObject
	face               func() face // colours the content, too
	ground, veil, ring *canvas.Rectangle
}

func newPressRenderer(p *press, w fyne.Widget, content fyne.CanvasObject, look func() face) *pressRenderer {
	r := &pressRenderer{
		press: p, widget: w, content: content, face: look,
		ground: &canvas.Rectangle{}, veil: &canvas.Rectangle{}, ring: &canvas.Rectangle{},
	}
	r.color()
	return r
}

func (r *pressRenderer) MinSize() fyne.Size { return r.content.MinSize() }

func (r *pressRenderer) Layout(size fyne.Size) {
	r.content.Resize(size)
	r.ground.Resize(size)
	r.veil.Resize(size)
	r.ring.Move(fyne.NewPos(-ringOutset, -ringOutset))
	r.ring.Resize(size.AddWidthHeight(2*ringOutset, 2*ringOutset))
	r.round(r.face().radius)
}

func (r *pressRenderer) Refresh() {
	r.color()
	canvas.Refresh(r.widget)
}

func (r *pressRenderer) color() {
	f := r.face()
	r.ground.FillColor = paint(f.fill, r.widget)
	r.ground.StrokeColor, r.ground.StrokeWidth = paint(f.edge, r.widget), hairlineWidth
	if f.edge == colorNone {
		r.ground.StrokeWidth = 0 // on the screen an edge without colour would still be seen
	}
	r.veil.FillColor = paint(r.press.veil(), r.widget)
	r.ring.Hidden = !r.press.ringed()
	r.ring.StrokeColor, r.ring.StrokeWidth = paint(ColorAccent, r.widget), ringWidth
	r.round(f.radius)
}

func (r *pressRenderer) round(radius float32) {
	if radius == radiusFull {
		radius = min(r.ground.Size().Width, r.ground.Size().Height) / 2
	}
	r.ground.CornerRadius, r.veil.CornerRadius = radius, radius
	r.ring.CornerRadius = radius + ringOutset
}

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.veil, r.content, r.ring}
}

func (r *pressRenderer) Destroy() {}

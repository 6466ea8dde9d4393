package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// phoneButton is a button on a Phone: pressed by the mouse, while the keyboard
// belongs to the phone as a whole.
type phoneButton struct {
	widget.BaseWidget
	tapped       func()
	off, hover   bool
	fill, paint  fyne.ThemeColorName // while it works
	ground, veil *Rect
	sign         *Icon
	label        *Text
	content      *fyne.Container
}

// newRoundButton makes a coloured disc with an icon, and a word below.
func newRoundButton(icon fyne.Resource, word string, role Role, tapped func()) *phoneButton {
	b := &phoneButton{tapped: tapped, fill: role.Text(), paint: ColorSurface}
	b.sign = NewIcon(icon, 17, ColorSurface)
	b.label = NewText(word, SizeRail, ColorSecond).Cut().Center()
	b.ground, b.veil = NewDot(b.fill), NewDot(colorNone)
	b.content = Down(1, Centered(Fixed(34, 34, Over(b.ground, b.veil, b.sign))), b.label)
	return b.finish()
}

// newPill makes a coloured pill with an icon and a word.
func newPill(icon fyne.Resource, word string, role Role, tapped func()) *phoneButton {
	b := &phoneButton{tapped: tapped, fill: role.Text(), paint: ColorSurface}
	b.sign = NewIcon(icon, 14, ColorSurface)
	b.label = NewText(word, SizeCaption, ColorSurface).Bold()
	b.ground, b.veil = NewRect(b.fill, radiusFull), NewRect(colorNone, radiusFull)
	b.content = Fixed(0, 28, Over(b.ground, b.veil, Pad(0, 10, 0, Gap3, Across(Gap2, b.sign, b.label))))
	return b.finish()
}

// newKey makes a key with a digit.
func newKey(digit string, tapped func()) *phoneButton {
	b := &phoneButton{tapped: tapped, fill: ColorButton, paint: ColorText}
	b.sign = NewIcon(nil, 0, ColorText)
	b.label = NewText(digit, SizeBody, ColorText).Bold().Center()
	b.ground, b.veil = NewRect(b.fill, RadiusControl), NewRect(colorNone, RadiusControl)
	b.content = Fixed(26, 28, Over(b.ground, b.veil, b.label))
	return b.finish()
}

func (b *phoneButton) finish() *phoneButton {
	b.ExtendBaseWidget(b)
	b.look()
	return b
}

func (b *phoneButton) setEnabled(on bool) {
	if on == !b.off {
		return
	}
	b.off = !on
	b.look()
}

// Disabled says that it can't be pressed now.
func (b *phoneButton) Disabled() bool { return b.off }

func (b *phoneButton) look() {
	fill, paint, veil := b.fill, b.paint, colorNone
	if b.off {
		fill, paint = ColorButton, ColorHint
	} else if b.hover {
		veil = colorHover
	}
	b.ground.SetFill(fill)
	b.veil.SetFill(veil)
	b.sign.SetColor(paint)
	if b.fill == ColorButton {
		b.label.SetColor(paint)
	}
}

// Tapped is called by Fyne.
func (b *phoneButton) Tapped(*fyne.PointEvent) {
	if !b.off {
		b.tapped()
	}
}

// MouseIn is called by Fyne.
func (b *phoneButton) MouseIn(*desktop.MouseEvent) { b.hover = true; b.look() }

// MouseMoved is called by Fyne.
func (b *phoneButton) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (b *phoneButton) MouseOut() { b.hover = false; b.look() }

// CreateRenderer is called by Fyne.
func (b *phoneButton) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(b.content)
}

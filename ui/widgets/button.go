package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// ButtonKind is how much a button asks to be pressed.
type ButtonKind int

// The kinds of button.
const (
	Plain   ButtonKind = iota // the usual one
	Main                      // the one likely next action: one on a page
	Outline                   // for use on a tint
	Bare                      // an icon or a word without a ground
	Danger                    // what cannot be undone; in dialogs only
)

// The heights of a button.
const (
	buttonHeight = 35
	largeHeight  = 42
)

// Button is an icon, a label, or both, that can be pressed.
type Button struct {
	press
	kind   ButtonKind
	label  *Text
	icon   *Icon
	paint  fyne.ThemeColorName // the icon's own colour, if it has one
	line   *fyne.Container     // icon and label
	spaced *fyne.Container
}

// NewButton makes a button. The label may be empty, the icon nil, but not
// both. tapped is called on the goroutine of the window.
func NewButton(kind ButtonKind, label string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{kind: kind, label: NewText(label, SizeBody, ColorText), icon: NewIcon(icon, 18, ColorText)}
	b.label.SetBold(kind != Outline)
	b.tapped = tapped
	b.line = Across(5, Space(), b.icon, b.label, Space())
	b.spaced = Fixed(0, buttonHeight, Pad(0, 0, 0, 0, b.line))
	b.hideEmpty()
	b.extend(b)
	return b
}

// Trailing puts the icon behind the label, as for a menu, and returns the
// button for use in an expression.
func (b *Button) Trailing() *Button {
	b.line.Objects[1], b.line.Objects[2] = b.label, b.icon
	b.line.Refresh()
	return b
}

// Large makes the button as high as the main action, and returns it.
func (b *Button) Large() *Button {
	b.spaced.Layout = fixed{height: largeHeight}
	b.spaced.Refresh()
	return b
}

// IconRole gives the icon a colour of its own, and returns the button.
func (b *Button) IconRole(r Role) *Button { b.paint = r.Text(); b.Refresh(); return b }

// Label returns the label.
func (b *Button) Label() string { return b.label.Text() }

// Set changes label, icon and what happens, for a button that stays in its
// place while its meaning changes.
func (b *Button) Set(kind ButtonKind, label string, icon fyne.Resource, tapped func()) {
	b.kind, b.tapped, b.paint = kind, tapped, colorNone
	b.label.SetText(label)
	b.label.SetBold(kind != Outline)
	b.icon.SetResource(icon)
	b.hideEmpty()
	b.spaced.Refresh()
	b.Refresh()
}

// hideEmpty takes away what is not there. A label without an icon gets more
// room at its sides, where an icon brings its own.
func (b *Button) hideEmpty() {
	b.label.Hidden = b.label.Text() == ""
	b.icon.Hidden = b.icon.resource == nil
	sides := Gap2
	if b.icon.Hidden {
		sides = Gap3
	}
	b.spaced.Objects[0].(*fyne.Container).Layout = layout.NewCustomPaddedLayout(0, 0, sides, sides)
}

// CreateRenderer is called by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return newPressRenderer(&b.press, b, b.spaced, b.look)
}

func (b *Button) look() face {
	words, f := b.colors()
	b.label.SetColor(words)
	if b.paint != colorNone && !b.Disabled() {
		words = b.paint
	}
	b.icon.SetColor(words)
	return f
}

func (b *Button) colors() (words fyne.ThemeColorName, f face) {
	f.radius = RadiusControl
	off := b.Disabled()
	switch b.kind {
	case Main:
		words, f.fill = ColorOnAccent, ColorAccent
	case Danger:
		words, f.fill = ColorOnDanger, ColorDanger
	case Outline:
		words, f.fill, f.edge = ColorText, ColorSurface, ColorFieldEdge
	case Bare:
		words = ColorText
	case Plain:
		words, f.fill = ColorText, ColorButton
	}
	if off {
		words, f.edge = ColorDisabled, colorNone
		if b.kind != Bare {
			f.fill = ColorButtonOff
		}
	}
	return words, f
}

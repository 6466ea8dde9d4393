package widgets

import "fyne.io/fyne/v2"

// NewFieldCard groups controls: a title, a sentence on what they are for (empty: none), and
// what stands at the right of the two.
func NewFieldCard(title, about string, right fyne.CanvasObject, parts ...fyne.CanvasObject) *fyne.Container {
	head := Down(0, NewPara(title, SizeLead, ColorText).Bold())
	if about != "" {
		head.Add(NewPara(about, SizeCaption, ColorSecond))
	}
	line := AcrossTop(Gap3, Grow(head))
	if right != nil {
		line.Add(right)
	}
	all := append([]fyne.CanvasObject{line}, parts...)
	return NewBox(ColorSurface, ColorHairline, RadiusCard, PadAll(Gap5, Down(Gap4, all...)))
}

// NewFixedValue shows what can't be typed over, on a sunken ground: an icon, the words, and
// what can be done with them at the right.
func NewFixedValue(icon fyne.Resource, words *Text, actions ...fyne.CanvasObject) *fyne.Container {
	parts := []fyne.CanvasObject{NewIcon(icon, 18, ColorSecond), Grow(words.Cut())}
	return NewBox(ColorSunken, colorNone, RadiusControl,
		Pad(Gap1, Gap2, Gap1, 10, Across(Gap3, append(parts, Fixed(0, 34, Space()), Across(0, actions...))...)))
}

// NewSectionItem leads to a section of the page that is shown: a line without an icon.
func NewSectionItem(label string, tapped func()) *NavItem {
	n := NewNavItem(nil, label, tapped)
	n.icon.Hide()
	return n
}

// NewAside puts a narrow list of sections at the left of a page.
func NewAside(list, page fyne.CanvasObject) *fyne.Container {
	return AcrossFull(Gap5, Fixed(asideWidth, 0, list), Grow(page))
}

const asideWidth float32 = 156

// NewAskBox is what stands in a dialog: a question, what follows from yes, and the buttons.
func NewAskBox(title, about string, buttons ...fyne.CanvasObject) *fyne.Container {
	line := append([]fyne.CanvasObject{Space()}, buttons...)
	return Fixed(askWidth, 0, PadAll(Gap5, Down(Gap4,
		NewPara(title, SizeHeadline, ColorText).Bold(),
		NewPara(about, SizeBody, ColorText),
		Across(Gap3, line...))))
}

const askWidth float32 = 440

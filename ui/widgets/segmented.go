package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Segmented is a row of choices of which one holds, such as filters. It is one
// stop of the Tab key; the arrows, Home and End move the choice.
type Segmented struct {
	press
	// OnChanged is called when the user chooses another one, not by Select.
	OnChanged func(index int)

	segments []*segment
	selected int
	line     *fyne.Container
}

// NewSegmented makes the choices, the first of which holds.
func NewSegmented(onChanged func(index int), labels ...string) *Segmented {
	s := &Segmented{OnChanged: onChanged}
	parts := make([]fyne.CanvasObject, 0, len(labels))
	for i, label := range labels {
		g := newSegment(label, func() { s.takeFocus(); s.choose(i) })
		s.segments = append(s.segments, g)
		parts = append(parts, g)
	}
	s.line = PadAll(Gap1, Across(Gap1, parts...))
	s.mark()
	s.extend(s)
	return s
}

// Selected returns the index of the choice that holds.
func (s *Segmented) Selected() int { return s.selected }

// Select makes a choice hold, without a call to OnChanged. An index that does
// not exist changes nothing.
func (s *Segmented) Select(index int) {
	if index < 0 || index >= len(s.segments) {
		return
	}
	s.selected = index
	s.mark()
}

// SetCount puts a number, as it is to be read, beside a label; empty: none. An
// index that does not exist changes nothing.
func (s *Segmented) SetCount(index int, n string) {
	if index < 0 || index >= len(s.segments) || s.segments[index].n == n {
		return
	}
	s.segments[index].setCount(n)
	s.line.Refresh()
	s.Refresh()
}

// Tapped is called by Fyne for a click between two choices; it chooses none.
func (s *Segmented) Tapped(*fyne.PointEvent) { s.takeFocus() }

// TypedKey is called by Fyne while the choices have the focus.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	s.usedByKeyboard()
	target := map[fyne.KeyName]int{
		fyne.KeyLeft:  s.selected - 1,
		fyne.KeyRight: s.selected + 1,
		fyne.KeyHome:  0,
		fyne.KeyEnd:   len(s.segments) - 1,
	}
	if index, ok := target[e.Name]; ok {
		s.choose(index)
	}
}

func (s *Segmented) choose(index int) {
	if index < 0 || index >= len(s.segments) || index == s.selected {
		return
	}
	s.Select(index)
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

func (s *Segmented) mark() {
	for i, g := range s.segments {
		g.setChosen(i == s.selected)
	}
	s.line.Refresh()
}

// CreateRenderer is called by Fyne.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	return newPressRenderer(&s.press, s, s.line, func() face { return face{fill: ColorButton, radius: 9} })
}

// segment is one choice: pressed by the mouse, but without a focus of its own.
type segment struct {
	widget.BaseWidget
	tapped        func()
	name          string
	n             string
	chosen, hover bool
	ground        *Rect
	label         *Text
	content       *fyne.Container
}

func newSegment(label string, tapped func()) *segment {
	g := &segment{tapped: tapped, name: label, ground: NewRect(colorNone, 7), label: NewText(label, SizeBody, ColorSecond)}
	g.content = Over(g.ground, Pad(5, Gap4, 6, Gap4, g.label))
	g.ExtendBaseWidget(g)
	return g
}

func (g *segment) setCount(n string) {
	g.n = n
	g.label.SetText(strings.TrimRight(g.name+"  "+n, " "))
}

func (g *segment) setChosen(chosen bool) { g.chosen = chosen; g.look() }

func (g *segment) look() {
	fill, edge, words := colorNone, colorNone, ColorSecond
	switch {
	case g.chosen:
		fill, edge, words = ColorRaised, ColorHairline, ColorText
	case g.hover:
		fill = colorHover
	}
	g.ground.SetFill(fill)
	g.ground.SetStroke(edge, hairlineWidth)
	g.label.SetColor(words)
	g.label.SetBold(g.chosen)
}

// Tapped is called by Fyne.
func (g *segment) Tapped(*fyne.PointEvent) { g.tapped() }

// MouseIn is called by Fyne.
func (g *segment) MouseIn(*desktop.MouseEvent) { g.hover = true; g.look() }

// MouseMoved is called by Fyne.
func (g *segment) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (g *segment) MouseOut() { g.hover = false; g.look() }

// CreateRenderer is called by Fyne.
func (g *segment) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.content) }

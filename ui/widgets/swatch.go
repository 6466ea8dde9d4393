package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Swatch is a colour that can be chosen. The one that is has a ring and a mark.
type Swatch struct {
	press
	chosen  bool
	ring    *Rect
	mark    *canvas.Circle
	content *fyne.Container
}

const (
	swatchSide = 36
	swatchMark = 10
)

// NewSwatch makes one; on is a colour that stands out from it.
func NewSwatch(c, on color.Color, tapped func()) *Swatch {
	s := &Swatch{ring: NewRect(colorNone, RadiusControl), mark: canvas.NewCircle(on)}
	s.tapped = tapped
	ground := canvas.NewRectangle(c)
	ground.CornerRadius = 5
	mark := Centered(Fixed(swatchMark, swatchMark, Over(s.mark)))
	s.content = Fixed(swatchSide, swatchSide, Over(s.ring, PadAll(4, Over(ground, mark))))
	s.extend(s)
	return s
}

// Set says whether it is the one that is chosen.
func (s *Swatch) Set(chosen bool) { s.chosen = chosen; s.Refresh() }

// Chosen says whether it is.
func (s *Swatch) Chosen() bool { return s.chosen }

// CreateRenderer is called by Fyne.
func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	return newPressRenderer(&s.press, s, s.content, s.look)
}

func (s *Swatch) look() face {
	edge, width := ColorFieldEdge, hairlineWidth
	if s.chosen {
		edge, width = ColorText, 2
	}
	s.ring.SetStroke(edge, width)
	s.mark.Hidden = !s.chosen
	s.mark.Refresh()
	return face{radius: RadiusControl}
}

// Sample is a button of somebody else's colours, to be looked at.
type Sample struct {
	widget.BaseWidget
	ground  *canvas.Rectangle
	words   *canvas.Text
	content *fyne.Container
}

// NewSample makes one with these words.
func NewSample(words string) *Sample {
	s := &Sample{ground: canvas.NewRectangle(color.Transparent), words: canvas.NewText(words, color.Transparent)}
	s.ground.CornerRadius = 10
	s.words.TextStyle.Bold = true
	s.words.TextSize = 14
	s.content = Fixed(0, largeHeight, Over(s.ground, Pad(0, Gap5, 0, Gap5, Centered(s.words))))
	s.ExtendBaseWidget(s)
	return s
}

// Set changes its colours.
func (s *Sample) Set(fill, on color.Color) {
	s.ground.FillColor, s.words.Color = fill, on
	s.ground.Refresh()
	s.words.Refresh()
}

// Colors are its colours.
func (s *Sample) Colors() (fill, on color.Color) { return s.ground.FillColor, s.words.Color }

// CreateRenderer is called by Fyne.
func (s *Sample) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }

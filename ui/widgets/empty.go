package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
)

// EmptyState is what a page says that has nothing to show yet.
type EmptyState struct {
	Icon       fyne.Resource // nil: no picture, where there is little room
	Title      string
	Text       string
	StepsTitle string
	Steps      []string            // what to do, in order; none is well
	Buttons    []fyne.CanvasObject // above the steps: a small window shows them without scrolling
}

// emptyWidth is the widest that lines of an empty page are, for reading.
const emptyWidth float32 = 520

// NewEmptyState draws it in the middle of its box.
func NewEmptyState(e EmptyState) *fyne.Container {
	var parts []fyne.CanvasObject
	if e.Icon != nil {
		picture := Over(NewDot(ColorAccentTint), NewIcon(e.Icon, 52, ColorAccent))
		parts = append(parts, Centered(Fixed(112, 112, picture)))
	}
	parts = append(parts,
		Down(Gap2, NewPara(e.Title, SizeTitle, ColorText).Bold().Center(), NewPara(e.Text, SizeBody, ColorSecond).Center()))
	if len(e.Buttons) > 0 {
		parts = append(parts, Centered(Across(Gap3, e.Buttons...)))
	}
	if len(e.Steps) > 0 {
		parts = append(parts, Centered(emptySteps(e)))
	}
	column := newContainer(atMost{emptyWidth}, Down(20, parts...))
	return Down(0, Space(), Pad(Gap5, Gap6, Gap5, Gap6, column), Space())
}

func emptySteps(e EmptyState) fyne.CanvasObject {
	lines := []fyne.CanvasObject{NewText(e.StepsTitle, SizeBody, ColorText).Bold()}
	for i, step := range e.Steps {
		number := NewText(strconv.Itoa(i+1), SizeCaption, ColorAccent).Bold()
		disc := Fixed(26, 26, Over(NewDot(ColorAccentTint), Centered(number)))
		lines = append(lines, Across(Gap4, disc, NewText(step, SizeBody, ColorText)))
	}
	return NewBox(ColorSurface, ColorHairline, RadiusCard, Pad(14, Gap6, 14, Gap5, Down(10, lines...)))
}

// atMost keeps its part in the middle, no wider than this.
type atMost struct{ width float32 }

func (atMost) MinSize(parts []fyne.CanvasObject) fyne.Size { return fill{}.MinSize(parts) }

func (l atMost) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, max(l.width, parts[0].MinSize().Width))
	height := heightAt(parts[0], width)
	parts[0].Resize(fyne.NewSize(width, max(height, size.Height)))
	parts[0].Move(fyne.NewPos((size.Width-width)/2, 0))
}

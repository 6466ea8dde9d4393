package widgets

import "fyne.io/fyne/v2"

// DayLine puts a day's name, its strip, its field and a button side by side, in columns that
// are the same in each line. All but the field stand at its height, also where a sentence
// stands below it.
func DayLine(name, strip, field, button fyne.CanvasObject) *fyne.Container {
	return newContainer(dayLine{}, name, strip, field, button)
}

type dayLine struct{}

// Widths of the columns; the field is wider where there is room.
const (
	dayNameWidth        float32 = 44
	dayButtonWidth      float32 = 36
	dayFieldWidth       float32 = 216
	dayFieldWidthNarrow float32 = 176
	dayWideFrom         float32 = 700
	dayGap              float32 = 14
)

func (dayLine) field(width float32) float32 {
	if width < dayWideFrom {
		return dayFieldWidthNarrow
	}
	return dayFieldWidth
}

func (l dayLine) MinSize(parts []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, p := range parts {
		height = max(height, p.MinSize().Height)
	}
	return fyne.NewSize(dayNameWidth+parts[1].MinSize().Width+dayFieldWidthNarrow+dayButtonWidth+3*dayGap, height)
}

func (l dayLine) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	field := l.field(size.Width)
	widths := []float32{dayNameWidth, size.Width - dayNameWidth - field - dayButtonWidth - 3*dayGap, field, dayButtonWidth}
	line := min(heightAt(parts[2], field), max(fieldHeight, parts[1].MinSize().Height))
	x := float32(0)
	for i, p := range parts {
		height := heightAt(p, widths[i])
		y := float32(0)
		if i != 2 {
			y = (line - height) / 2
		}
		p.Move(fyne.NewPos(x, y))
		x += widths[i] + dayGap
	}
}

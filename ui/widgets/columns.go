package widgets

import "fyne.io/fyne/v2"

// Columns puts parts into n equally wide columns, row after row, with a gap
// between both. The parts of a row are equally high.
func Columns(gap float32, n int, parts ...fyne.CanvasObject) *fyne.Container {
	return newContainer(columns{gap: gap, n: max(1, n)}, parts...)
}

type columns struct {
	gap float32
	n   int
}

func (c columns) MinSize(parts []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, p := range parts {
		width = max(width, p.MinSize().Width)
	}
	size := fyne.NewSize(width*float32(c.n)+c.gap*float32(c.n-1), 0)
	for i := 0; i < len(parts); i += c.n {
		if i > 0 {
			size.Height += c.gap
		}
		size.Height += highest(c.row(parts, i))
	}
	return size
}

func (c columns) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	width := max(0, size.Width-c.gap*float32(c.n-1)) / float32(c.n)
	rows := (len(parts) + c.n - 1) / c.n
	y := float32(0)
	for i := 0; i < len(parts); i += c.n {
		row := c.row(parts, i)
		for _, p := range row {
			heightAt(p, width)
		}
		height := highest(row)
		if rows == 1 {
			height = max(height, size.Height)
		}
		for j, p := range row {
			p.Move(fyne.NewPos(float32(j)*(width+c.gap), y))
			p.Resize(fyne.NewSize(width, height))
		}
		y += height + c.gap
	}
}

func (c columns) row(parts []fyne.CanvasObject, from int) []fyne.CanvasObject {
	return parts[from:min(len(parts), from+c.n)]
}

func highest(parts []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, p := range parts {
		height = max(height, p.MinSize().Height)
	}
	return height
}

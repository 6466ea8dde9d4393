package widgets

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Bar is one bar of a chart, its parts from the bottom up.
type Bar struct {
	Label string // below it, where there is room; empty: none
	Parts []BarPart
}

// BarPart is a piece of a bar.
type BarPart struct {
	Role Role
	N    float64
}

// Measures of a chart of bars.
const (
	barsAxis   float32 = 34 // what the numbers at the left take
	barsLabels float32 = 20 // what the labels below take
	barWidest  float32 = 26
	barsLines          = 2 // lines above the one at the bottom
)

// Bars is a chart of stacked bars, from 0. Its figures belong beside it as words, too.
type Bars struct {
	widget.BaseWidget
	height  float32
	bars    []Bar
	top     float64
	lines   []*Rect
	numbers []*Text
	pieces  []piece
	labels  []*Text
}

// piece is a part of a bar that is not empty, from and to in the numbers of the axis. It is
// no Rect, because there are hundreds.
type piece struct {
	bar      int
	role     Role
	from, to float64
	shape    *canvas.Rectangle
}

// NewBars makes an empty chart of that height.
func NewBars(height float32) *Bars {
	b := &Bars{height: height}
	for range barsLines + 1 {
		b.lines = append(b.lines, NewRect(ColorHairline, 0))
		b.numbers = append(b.numbers, NewText("", SizeRail, ColorSecond).Right())
	}
	b.ExtendBaseWidget(b)
	return b
}

// Drawn are the bars that were set last.
func (b *Bars) Drawn() []Bar { return b.bars }

// Set draws other bars.
func (b *Bars) Set(all []Bar) {
	b.bars, b.pieces, b.labels = all, nil, nil
	most := float64(0)
	for i, bar := range all {
		sum := float64(0)
		for _, p := range bar.Parts {
			if p.N > 0 {
				shape := &canvas.Rectangle{CornerRadius: Gap1}
				b.pieces = append(b.pieces, piece{i, p.Role, sum, sum + p.N, shape})
			}
			sum += max(0, p.N)
		}
		most = max(most, sum)
		if bar.Label != "" {
			b.labels = append(b.labels, NewText(bar.Label, SizeRail, ColorSecond))
		}
	}
	b.top = roundUp(most)
	for i, n := range b.numbers {
		n.SetText(strconv.FormatFloat(b.top*float64(i)/barsLines, 'f', -1, 64))
	}
	b.Refresh()
}

// roundUp is the number at the top of an axis: even, so that half of it is a whole one.
func roundUp(most float64) float64 {
	for top := 4.0; ; top *= 10 {
		for _, factor := range []float64{1, 2, 3, 4, 5, 7.5} {
			if top*factor >= most {
				return top * factor
			}
		}
	}
}

// CreateRenderer is called by Fyne.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	r := &barsRenderer{b}
	r.paint()
	return r
}

type barsRenderer struct{ bars *Bars }

func (r *barsRenderer) MinSize() fyne.Size { return fyne.NewSize(200, r.bars.height) }

func (r *barsRenderer) Layout(size fyne.Size) {
	const above = 8 // half a number
	b, floor := r.bars, size.Height-barsLabels
	place := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	for i := range b.lines {
		y := floor - (floor-above)*float32(i)/barsLines
		place(b.lines[i], barsAxis, y, size.Width-barsAxis, hairlineWidth)
		height := b.numbers[i].MinSize().Height
		place(b.numbers[i], 0, y-height/2, barsAxis-Gap3, height)
	}
	step := (size.Width - barsAxis) / float32(max(1, len(b.bars)))
	width := min(barWidest, step*0.7)
	middle := func(bar int) float32 { return barsAxis + step*(float32(bar)+0.5) }
	for _, p := range b.pieces {
		low, high := floor-(floor-above)*float32(p.from/b.top), floor-(floor-above)*float32(p.to/b.top)
		place(p.shape, middle(p.bar)-width/2, high, width, max(0, low-high-1))
	}
	free, at := float32(0), 0 // from where on a label has room, and which one it is
	for i, bar := range b.bars {
		if bar.Label == "" {
			continue
		}
		label := b.labels[at]
		at++
		m := label.MinSize()
		x := min(max(barsAxis, middle(i)-m.Width/2), size.Width-m.Width)
		label.Hidden = x < free
		if !label.Hidden {
			place(label, x, floor+Gap2, m.Width, m.Height)
			free = x + m.Width + Gap3
		}
	}
}

func (r *barsRenderer) paint() {
	colors := map[Role]color.Color{}
	for _, role := range Roles() {
		colors[role] = paint(role.Mark(), r.bars)
	}
	for _, p := range r.bars.pieces {
		p.shape.FillColor = colors[p.role]
	}
}

func (r *barsRenderer) Refresh() {
	r.paint()
	r.Layout(r.bars.Size())
	canvas.Refresh(r.bars)
}

func (r *barsRenderer) Objects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for i := range r.bars.lines {
		all = append(all, r.bars.lines[i], r.bars.numbers[i])
	}
	for _, p := range r.bars.pieces {
		all = append(all, p.shape)
	}
	for _, l := range r.bars.labels {
		all = append(all, l)
	}
	return all
}

func (r *barsRenderer) Destroy() {}

// NewLegend names a colour of a chart: its mark, a shape, and the word.
func NewLegend(role Role, icon fyne.Resource, word string) *fyne.Container {
	parts := []fyne.CanvasObject{Fixed(11, 11, NewRect(role.Mark(), Gap1))}
	if icon != nil {
		parts = append(parts, NewIcon(icon, 14, role.Text()))
	}
	return Across(5, append(parts, NewText(word, SizeCaption, ColorSecond))...)
}

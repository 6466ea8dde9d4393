package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
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
	*fyne.Container
	layout *bars
}

// NewBars makes an empty chart of that height.
func NewBars(height float32) *Bars {
	l := &bars{height: height}
	return &Bars{newContainer(l), l}
}

// Set draws other bars.
func (b *Bars) Set(all []Bar) {
	most := float64(0)
	for _, bar := range all {
		sum := float64(0)
		for _, p := range bar.Parts {
			sum += p.N
		}
		most = max(most, sum)
	}
	b.layout.bars, b.layout.top = all, roundUp(most)
	b.layout.fill(b.Container)
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

// bars places lines, numbers, pieces and labels; it keeps them by kind.
type bars struct {
	height  float32
	bars    []Bar
	top     float64
	lines   []fyne.CanvasObject
	numbers []fyne.CanvasObject
	pieces  [][]fyne.CanvasObject
	labels  []*Text
}

func (l *bars) fill(c *fyne.Container) {
	l.lines, l.numbers, l.pieces, l.labels, c.Objects = nil, nil, nil, nil, nil
	for i := range barsLines + 1 {
		l.lines = append(l.lines, NewRect(ColorHairline, 0))
		l.numbers = append(l.numbers, NewText(strconv.FormatFloat(l.top*float64(i)/barsLines, 'f', -1, 64), SizeRail, ColorSecond).Right())
	}
	c.Objects = append(append(c.Objects, l.lines...), l.numbers...)
	for _, bar := range l.bars {
		var pieces []fyne.CanvasObject
		for _, p := range bar.Parts {
			pieces = append(pieces, NewRect(p.Role.Mark(), Gap1))
		}
		label := NewText(bar.Label, SizeRail, ColorSecond)
		l.pieces, l.labels = append(l.pieces, pieces), append(l.labels, label)
		c.Objects = append(append(c.Objects, pieces...), label)
	}
}

func (l *bars) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, l.height) }

func (l *bars) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	const above = 8 // half a number
	floor := size.Height - barsLabels
	place := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	for i := range l.lines {
		y := floor - (floor-above)*float32(i)/barsLines
		place(l.lines[i], barsAxis, y, size.Width-barsAxis, hairlineWidth)
		height := l.numbers[i].MinSize().Height
		place(l.numbers[i], 0, y-height/2, barsAxis-Gap3, height)
	}
	if len(l.bars) == 0 {
		return
	}
	step := (size.Width - barsAxis) / float32(len(l.bars))
	width := min(barWidest, step*0.7)
	free := float32(0) // from where on a label has room
	for i, bar := range l.bars {
		middle := barsAxis + step*(float32(i)+0.5)
		y := floor
		for j, p := range bar.Parts {
			height := (floor - above) * float32(p.N/l.top)
			y -= height
			place(l.pieces[i][j], middle-width/2, y, width, max(0, height-1))
		}
		m := l.labels[i].MinSize()
		x := min(max(barsAxis, middle-m.Width/2), size.Width-m.Width)
		l.labels[i].Hidden = bar.Label == "" || x < free
		if !l.labels[i].Hidden {
			place(l.labels[i], x, floor+Gap2, m.Width, m.Height)
			free = x + m.Width + Gap3
		}
	}
}

// NewLegend names a colour of a chart: its mark, a shape, and the word.
func NewLegend(role Role, icon fyne.Resource, word string) *fyne.Container {
	parts := []fyne.CanvasObject{Fixed(11, 11, NewRect(role.Mark(), Gap1))}
	if icon != nil {
		parts = append(parts, NewIcon(icon, 14, role.Text()))
	}
	return Across(5, append(parts, NewText(word, SizeCaption, ColorSecond))...)
}

// Drawn are the bars that were set last.
func (b *Bars) Drawn() []Bar { return b.layout.bars }

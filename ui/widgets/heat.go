package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// heatSteps is how many shades there are above nothing. The lightness alone tells them
// apart, for every eye.
const heatSteps = 4

// Measures of a heat map.
const (
	heatRow    float32 = 22
	heatDays   float32 = 40 // what the names of the rows take
	heatHours  float32 = 20 // what the labels below take
	heatCells          = 24
	heatEvery          = 3 // hours from label to label
	heatRadius float32 = 4
)

// Heat is a map of counts, a row for each name and a column for each hour, with frames
// drawn over parts of the rows.
type Heat struct {
	widget.BaseWidget
	names  []*Text
	hours  []*Text
	counts [][heatCells]int
	frames []frame
	cells  []*canvas.Rectangle
	edges  []*Rect
}

// frame is a part of a row, in hours.
type frame struct {
	row      int
	from, to float32
}

// Stretch is a part of a row, in hours from 0 to 24.
type Stretch struct{ From, To float32 }

// NewHeat makes an empty map with rows of those names.
func NewHeat(names, hours []string) *Heat {
	h := &Heat{counts: make([][heatCells]int, len(names))}
	for _, name := range names {
		h.names = append(h.names, NewText(name, SizeCaption, ColorSecond).Cut())
	}
	for _, hour := range hours {
		h.hours = append(h.hours, NewText(hour, SizeRail, ColorSecond))
	}
	for range len(names) * heatCells {
		h.cells = append(h.cells, canvas.NewRectangle(color.Transparent))
	}
	h.ExtendBaseWidget(h)
	return h
}

// Set draws other counts and frames, both by row.
func (h *Heat) Set(counts [][heatCells]int, frames [][]Stretch) {
	h.counts, h.frames, h.edges = counts, nil, nil
	for row, all := range frames {
		for _, s := range all {
			edge := NewRect(colorNone, heatRadius)
			edge.SetStroke(ColorText, 2)
			h.frames, h.edges = append(h.frames, frame{row, s.From, s.To}), append(h.edges, edge)
		}
	}
	h.Refresh()
}

// shade is the step that a count has among the others: 0 is none.
func shade(n, most int) int {
	if n == 0 || most == 0 {
		return 0
	}
	return 1 + (n-1)*heatSteps/most
}

// shadeColor goes from the sunken ground to the accent.
func shadeColor(step int, w fyne.Widget) color.Color {
	from, to := rgba(theme.ColorForWidget(ColorSunken, w)), rgba(theme.ColorForWidget(ColorAccent, w))
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(heatSteps-step) + int(b)*step) / heatSteps) }
	return color.NRGBA{R: mix(from.R, to.R), G: mix(from.G, to.G), B: mix(from.B, to.B), A: 255}
}

func rgba(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

// CreateRenderer is called by Fyne.
func (h *Heat) CreateRenderer() fyne.WidgetRenderer {
	r := &heatRenderer{h}
	r.paint()
	return r
}

type heatRenderer struct{ heat *Heat }

func (r *heatRenderer) MinSize() fyne.Size {
	return fyne.NewSize(heatDays+heatCells*10, heatRow*float32(len(r.heat.names))+heatHours)
}

func (r *heatRenderer) Layout(size fyne.Size) {
	h := r.heat
	step := (size.Width - heatDays) / heatCells
	place := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	for row, name := range h.names {
		height := name.MinSize().Height
		place(name, 0, float32(row)*heatRow+(heatRow-height)/2, heatDays-Gap2, height)
		for i := range heatCells {
			place(h.cells[row*heatCells+i], heatDays+step*float32(i)+1, float32(row)*heatRow+1, step-2, heatRow-2)
		}
	}
	for i, hour := range h.hours {
		m := hour.MinSize()
		x := heatDays + step*float32(i*heatEvery)
		place(hour, x, heatRow*float32(len(h.names))+Gap2, m.Width, m.Height)
	}
	for i, f := range h.frames {
		place(h.edges[i], heatDays+step*f.from, float32(f.row)*heatRow+0.5, step*(f.to-f.from), heatRow-1)
	}
}

func (r *heatRenderer) paint() {
	h := r.heat
	most := 0
	for _, row := range h.counts {
		for _, n := range row {
			most = max(most, n)
		}
	}
	for row := range h.names {
		for i, n := range h.counts[row] {
			cell := h.cells[row*heatCells+i]
			cell.FillColor, cell.CornerRadius = shadeColor(shade(n, most), h), heatRadius
		}
	}
}

func (r *heatRenderer) Refresh() {
	r.paint()
	r.Layout(r.heat.Size())
	canvas.Refresh(r.heat)
}

func (r *heatRenderer) Objects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, c := range r.heat.cells {
		all = append(all, c)
	}
	for _, texts := range [][]*Text{r.heat.names, r.heat.hours} {
		for _, t := range texts {
			all = append(all, t)
		}
	}
	for _, e := range r.heat.edges {
		all = append(all, e)
	}
	return all
}

func (r *heatRenderer) Destroy() {}

// HeatLegend is the scale of a Heat: few, many, and what a frame means.
type HeatLegend struct {
	widget.BaseWidget
	shades  []*canvas.Rectangle
	content *fyne.Container
}

// NewHeatLegend makes it of its three words.
func NewHeatLegend(few, many, framed string) *HeatLegend {
	l := &HeatLegend{}
	word := func(s string) fyne.CanvasObject { return NewText(s, SizeCaption, ColorSecond) }
	parts := []fyne.CanvasObject{word(few)}
	for range heatSteps + 1 {
		c := canvas.NewRectangle(color.Transparent)
		c.CornerRadius = heatRadius
		l.shades = append(l.shades, c)
		parts = append(parts, Fixed(14, 11, c))
	}
	edge := NewRect(colorNone, heatRadius)
	edge.SetStroke(ColorText, 2)
	l.content = Across(Gap2, append(parts, word(many), Fixed(Gap2, 1, Over()), Fixed(22, 13, edge), word(framed))...)
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is called by Fyne.
func (l *HeatLegend) CreateRenderer() fyne.WidgetRenderer {
	r := &legendRenderer{widget.NewSimpleRenderer(l.content), l}
	r.paint()
	return r
}

type legendRenderer struct {
	fyne.WidgetRenderer
	legend *HeatLegend
}

func (r *legendRenderer) paint() {
	for i, c := range r.legend.shades {
		c.FillColor = shadeColor(i, r.legend)
	}
}

func (r *legendRenderer) Refresh() {
	r.paint()
	r.WidgetRenderer.Refresh()
}

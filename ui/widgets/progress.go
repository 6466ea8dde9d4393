package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Progress is a bar that fills up from the left. A word beside it says what goes on.
type Progress struct {
	widget.BaseWidget
	part         float64
	ground, fill *Rect
}

const progressHeight float32 = 8

// NewProgress makes an empty one.
func NewProgress() *Progress {
	p := &Progress{ground: NewRect(ColorButton, radiusFull), fill: NewRect(ColorAccent, radiusFull)}
	p.ExtendBaseWidget(p)
	return p
}

// Set fills it: 0 is nothing, 1 all.
func (p *Progress) Set(part float64) {
	p.part = min(1, max(0, part))
	p.Refresh()
}

// Part is how much is filled.
func (p *Progress) Part() float64 { return p.part }

// CreateRenderer is called by Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer { return &progressRenderer{p} }

type progressRenderer struct{ bar *Progress }

func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(60, progressHeight) }

func (r *progressRenderer) Layout(size fyne.Size) {
	y := (size.Height - progressHeight) / 2
	width := size.Width * float32(r.bar.part)
	if r.bar.part > 0 {
		width = max(width, progressHeight)
	}
	r.bar.ground.Move(fyne.NewPos(0, y))
	r.bar.ground.Resize(fyne.NewSize(size.Width, progressHeight))
	r.bar.fill.Move(fyne.NewPos(0, y))
	r.bar.fill.Resize(fyne.NewSize(width, progressHeight))
}

func (r *progressRenderer) Refresh() {
	r.Layout(r.bar.Size())
	r.bar.ground.Refresh()
	r.bar.fill.Refresh()
}

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bar.ground, r.bar.fill}
}
func (r *progressRenderer) Destroy() {}

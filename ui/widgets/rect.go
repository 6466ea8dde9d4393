package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Rect is a rectangle whose colours are names of the theme. The zero name
// draws nothing.
type Rect struct {
	widget.BaseWidget
	fill, stroke fyne.ThemeColorName
	width        float32
	radius       float32
	flatBottom   bool
}

// NewRect makes a filled rectangle with round corners.
func NewRect(fill fyne.ThemeColorName, radius float32) *Rect {
	r := &Rect{fill: fill, radius: radius}
	r.ExtendBaseWidget(r)
	return r
}

// NewDot makes a disc; it is as large as its box.
func NewDot(fill fyne.ThemeColorName) *Rect { return NewRect(fill, radiusFull) }

// NewHairline makes the line between two parts, one unit thick.
func NewHairline() fyne.CanvasObject {
	return Fixed(hairlineWidth, hairlineWidth, NewRect(ColorHairline, 0))
}

// SetFill changes the fill.
func (r *Rect) SetFill(name fyne.ThemeColorName) {
	if name == r.fill {
		return
	}
	r.fill = name
	r.Refresh()
}

// SetStroke changes the edge.
func (r *Rect) SetStroke(name fyne.ThemeColorName, width float32) {
	if name == r.stroke && width == r.width {
		return
	}
	r.stroke, r.width = name, width
	r.Refresh()
}

// CreateRenderer is called by Fyne.
func (r *Rect) CreateRenderer() fyne.WidgetRenderer {
	out := &rectRenderer{rect: r, shape: &canvas.Rectangle{}}
	out.Refresh()
	return out
}

type rectRenderer struct {
	rect  *Rect
	shape *canvas.Rectangle
}

func (r *rectRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *rectRenderer) Layout(size fyne.Size) {
	r.shape.Resize(size)
	r.round(size)
}

func (r *rectRenderer) round(size fyne.Size) {
	r.shape.CornerRadius = r.rect.radius
	if r.rect.radius == radiusFull {
		r.shape.CornerRadius = min(size.Width, size.Height) / 2
	}
	if r.rect.flatBottom {
		r.shape.TopLeftCornerRadius, r.shape.TopRightCornerRadius = r.rect.radius, r.rect.radius
		r.shape.CornerRadius = 0
	}
}

func (r *rectRenderer) Refresh() {
	r.shape.FillColor = paint(r.rect.fill, r.rect)
	r.shape.StrokeColor = paint(r.rect.stroke, r.rect)
	r.shape.StrokeWidth = r.rect.width
	r.round(r.rect.Size())
	r.shape.Refresh()
}

func (r *rectRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.shape} }
func (r *rectRenderer) Destroy()                     {}

// NewBox puts content on a filled rectangle with an edge of a hairline; edge
// may be "" for none. The box is as large as its content.
func NewBox(fill, edge fyne.ThemeColorName, radius float32, content fyne.CanvasObject) *fyne.Container {
	r := NewRect(fill, radius)
	if edge != colorNone {
		r.SetStroke(edge, hairlineWidth)
	}
	return Over(r, content)
}

// NewCard is the box for a thing of its own: white, a hairline round it,
// padding inside, its parts one below the other.
func NewCard(parts ...fyne.CanvasObject) *fyne.Container {
	return NewBox(ColorSurface, ColorHairline, RadiusCard, PadAll(Gap5, Down(Gap4, parts...)))
}

// NewGround fills everything behind content with a colour of the theme.
func NewGround(fill fyne.ThemeColorName, content fyne.CanvasObject) *fyne.Container {
	return Over(NewRect(fill, 0), content)
}

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Icon is a square picture. An outline icon takes a colour of the theme; a
// picture with colours of its own keeps them.
type Icon struct {
	widget.BaseWidget
	resource fyne.Resource
	side     float32
	color    fyne.ThemeColorName
}

// NewIcon makes an icon of one filled path, painted in a colour of the theme.
// Without a resource it is an empty square.
func NewIcon(resource fyne.Resource, side float32, color fyne.ThemeColorName) *Icon {
	i := &Icon{resource: resource, side: side, color: color}
	i.ExtendBaseWidget(i)
	return i
}

// NewPicture makes an icon that keeps its own colours.
func NewPicture(resource fyne.Resource, side float32) *Icon {
	return NewIcon(resource, side, colorNone)
}

// SetResource changes the picture.
func (i *Icon) SetResource(resource fyne.Resource) {
	if resource == i.resource {
		return
	}
	i.resource = resource
	i.Refresh()
}

// SetColor changes the colour.
func (i *Icon) SetColor(name fyne.ThemeColorName) {
	if name == i.color {
		return
	}
	i.color = name
	i.Refresh()
}

// CreateRenderer is called by Fyne.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	r := &iconRenderer{icon: i, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	r.Refresh()
	return r
}

func (i *Icon) painted() fyne.Resource {
	if i.resource == nil || i.color == colorNone {
		return i.resource
	}
	return theme.NewColoredResource(i.resource, i.color)
}

type iconRenderer struct {
	icon  *Icon
	image *canvas.Image
	shown painting
}

// painting is what decides how an icon looks. While it is the same, the picture stays:
// to read an SVG again costs more than everything else in a row of the list.
type painting struct {
	resource fyne.Resource
	color    color.Color
}

func (r *iconRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.icon.side) }

func (r *iconRenderer) Layout(size fyne.Size) {
	side := fyne.NewSquareSize(r.icon.side)
	r.image.Resize(side)
	r.image.Move(fyne.NewPos((size.Width-side.Width)/2, (size.Height-side.Height)/2))
}

func (r *iconRenderer) Refresh() {
	now := painting{r.icon.resource, paint(r.icon.color, r.icon)}
	if now == r.shown {
		return
	}
	r.shown = now
	r.image.Resource = r.icon.painted()
	r.image.Hidden = r.image.Resource == nil
	r.image.Refresh()
}

func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *iconRenderer) Destroy()                     {}

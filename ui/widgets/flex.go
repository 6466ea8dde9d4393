package widgets

import (
	"fyne.io/fyne/v2"
)

// Across puts parts side by side, each in its own width and centred in height.
// What is wrapped in Grow shares the width that is left.
func Across(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return newContainer(across{gap: gap}, parts...)
}

// AcrossTop is Across with the parts at the upper edge.
func AcrossTop(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return newContainer(across{gap: gap, place: atTop}, parts...)
}

// AcrossFull is Across with each part as high as the highest.
func AcrossFull(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return newContainer(across{gap: gap, place: full}, parts...)
}

// Down puts parts one below the other, each in the full width. It gives the
// width before it asks for the height, so that wrapped text has the room it
// needs. What is wrapped in Grow shares the height that is left.
func Down(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return newContainer(down{gap: gap}, parts...)
}

// LowBelow is how high the box of a DownByHeight is at least to be no low one: so high that
// two drawn phones leave room for a list.
const LowBelow float32 = 680

// DownByHeight is Down without gaps that says, before it lays out, whether its box is low,
// so that its parts take a form that fits.
func DownByHeight(turn func(low bool), parts ...fyne.CanvasObject) *fyne.Container {
	return newContainer(downByHeight{turn: turn}, parts...)
}

type downByHeight struct {
	down
	turn func(low bool)
}

func (d downByHeight) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	d.turn(size.Height < LowBelow)
	d.down.Layout(parts, size)
}

// Grow marks a part of Across or Down that takes what the others leave.
func Grow(part fyne.CanvasObject) *fyne.Container { return newContainer(grow{}, part) }

// Space is a part without content that grows.
func Space() *fyne.Container { return newContainer(grow{}) }

// Over lays parts over each other, the last one on top.
func Over(parts ...fyne.CanvasObject) *fyne.Container { return newContainer(fill{}, parts...) }

// One has parts of which one is shown at a time, over its whole box. The others have no size
// before it is their turn: LayOut gives it to them.
func One(parts ...fyne.CanvasObject) *fyne.Container { return newContainer(one{}, parts...) }

// LayOut gives the parts of a box their places. It is for a part that came, went or has
// another size: unlike Refresh, it does not draw everything in the box anew.
func LayOut(c *fyne.Container) { c.Layout.Layout(c.Objects, c.Size()) }

// Centered keeps a part in its smallest size, in the middle of its box.
func Centered(part fyne.CanvasObject) *fyne.Container {
	return Down(0, Space(), Across(0, Space(), part, Space()), Space())
}

// newContainer lays nothing out yet: container.New would do so at the smallest
// width, at which wrapped text is as high as it has words.
func newContainer(layout fyne.Layout, parts ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: layout, Objects: parts}
}

// fill is the layout in which each part fills the box.
type fill struct{}

func (fill) MinSize(parts []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, p := range parts {
		if p.Visible() {
			size = size.Max(p.MinSize())
		}
	}
	return size
}

func (fill) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	for _, p := range parts {
		p.Move(fyne.Position{})
		p.Resize(size)
	}
}

// one is fill for the part that is shown.
type one struct{ fill }

func (one) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	for _, p := range parts {
		if p.Visible() {
			p.Move(fyne.Position{})
			p.Resize(size)
		}
	}
}

// grow is fill, and by its type the mark by which across and down know the
// part that grows.
type grow struct{ fill }

func grows(part fyne.CanvasObject) bool {
	c, ok := part.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(grow)
	return ok
}

func visible(parts []fyne.CanvasObject) (shown []fyne.CanvasObject, growing int) {
	for _, p := range parts {
		if !p.Visible() {
			continue
		}
		shown = append(shown, p)
		if grows(p) {
			growing++
		}
	}
	return shown, growing
}

type place int

const (
	centred place = iota
	atTop
	full
)

type across struct {
	gap   float32
	place place
}

func (a across) MinSize(parts []fyne.CanvasObject) fyne.Size {
	shown, _ := visible(parts)
	var size fyne.Size
	for i, p := range shown {
		m := p.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
		if i > 0 {
			size.Width += a.gap
		}
	}
	return size
}

func (a across) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	shown, growing := visible(parts)
	share := max(0, size.Width-a.MinSize(parts).Width) / float32(max(1, growing))
	x := float32(0)
	for _, p := range shown {
		m := p.MinSize()
		if grows(p) {
			m.Width += share
		}
		height := heightAt(p, m.Width)
		if a.place == full {
			height = size.Height
			p.Resize(fyne.NewSize(m.Width, height))
		}
		y := float32(0)
		if a.place == centred {
			y = (size.Height - height) / 2
		}
		p.Move(fyne.NewPos(x, y))
		x += m.Width + a.gap
	}
}

// heightAt gives a part its width and returns the height that it has then,
// which is also the height it is left in.
func heightAt(part fyne.CanvasObject, width float32) float32 {
	before := part.MinSize().Height
	part.Resize(fyne.NewSize(width, before))
	after := part.MinSize().Height
	if after != before {
		part.Resize(fyne.NewSize(width, after))
	}
	return after
}

type down struct{ gap float32 }

func (d down) MinSize(parts []fyne.CanvasObject) fyne.Size {
	shown, _ := visible(parts)
	var size fyne.Size
	for i, p := range shown {
		m := p.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
		if i > 0 {
			size.Height += d.gap
		}
	}
	return size
}

func (d down) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	shown, growing := visible(parts)
	free := size.Height - d.gap*float32(max(0, len(shown)-1))
	heights := make([]float32, len(shown))
	for i, p := range shown {
		heights[i] = heightAt(p, size.Width)
		free -= heights[i]
	}
	share := max(0, free) / float32(max(1, growing))
	y := float32(0)
	for i, p := range shown {
		if grows(p) && share > 0 {
			heights[i] += share
			p.Resize(fyne.NewSize(size.Width, heights[i]))
		}
		p.Move(fyne.NewPos(0, y))
		y += heights[i] + d.gap
	}
}

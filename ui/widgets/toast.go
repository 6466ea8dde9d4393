package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// toastWidth is as wide as a toast gets.
const toastWidth float32 = 460

// NewToast tells in a sentence what was done, in a small card that lies over a page: an
// icon, the sentence, and actions at the right. It is meant for Float.
func NewToast(role Role, icon fyne.Resource, sentence string, actions ...fyne.CanvasObject) *fyne.Container {
	parts := append([]fyne.CanvasObject{NewIcon(icon, 18, role.Text()), Grow(NewPara(sentence, SizeBody, role.Text()))}, actions...)
	return NewBox(role.Tint(), ColorHairline, RadiusCard, Pad(Gap3, Gap4, Gap3, Gap5, Across(10, parts...)))
}

// Float lays a part over the right lower corner of its box, so that nothing below it
// moves when it comes or goes. Where something of page, which fills the same box, would be
// pressed or typed in there, it lies so far above that this is free.
func Float(part, page fyne.CanvasObject) *fyne.Container {
	return newContainer(float{page}, part)
}

type float struct{ page fyne.CanvasObject }

func (float) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (f float) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	part := parts[0]
	width := min(toastWidth, max(0, size.Width-2*Gap5))
	part.Resize(fyne.NewSize(width, 0)) // wrapped text knows its height only at its width
	height := part.MinSize().Height
	part.Resize(fyne.NewSize(width, height))
	corner := fyne.NewPos(size.Width-width-Gap5, max(0, size.Height-height-Gap5))
	if part.Visible() {
		corner.Y = free(box{corner, part.Size()}, needed(f.page, fyne.Position{}, box{size: size}))
	}
	part.Move(corner)
}

// free is how far down a box can lie above what must not be covered, or where it is if
// there is no such place.
func free(b box, not []box) float32 {
	lowest := b.at.Y
	for again := true; again; {
		again = false
		for _, n := range not {
			if b.meets(n) {
				b.at.Y, again = n.at.Y-b.size.Height-Gap3, true
			}
		}
	}
	if b.at.Y < 0 {
		return lowest
	}
	return b.at.Y
}

// box is a part of a page.
type box struct {
	at   fyne.Position
	size fyne.Size
}

// meets says whether the two have more in common than an edge.
func (b box) meets(c box) bool {
	return b.at.X < c.at.X+c.size.Width && c.at.X < b.at.X+b.size.Width && b.at.Y < c.at.Y+c.size.Height && c.at.Y < b.at.Y+b.size.Height
}

// both is what the two have in common, if they meet.
func (b box) both(c box) box {
	at := fyne.NewPos(max(b.at.X, c.at.X), max(b.at.Y, c.at.Y))
	return box{at, fyne.NewSize(min(b.at.X+b.size.Width, c.at.X+c.size.Width)-at.X, min(b.at.Y+b.size.Height, c.at.Y+c.size.Height)-at.Y)}
}

// needed are the places of what is pressed or typed in, as far as it is seen. The rows
// of a list are not among them: there are others, and it scrolls.
func needed(o fyne.CanvasObject, at fyne.Position, seen box) []box {
	if o == nil || !o.Visible() {
		return nil
	}
	here := box{at, o.Size()}
	if !here.meets(seen) {
		return nil
	}
	switch o := o.(type) {
	case *fyne.Container:
		var all []box
		for _, part := range o.Objects {
			all = append(all, needed(part, at.Add(part.Position()), seen)...)
		}
		return all
	case *container.Scroll:
		return needed(o.Content, at.Add(o.Content.Position()), seen.both(here))
	case holder:
		return needed(o.within(), at, seen)
	case fyne.Tappable:
		return []box{here.both(seen)}
	}
	return nil
}

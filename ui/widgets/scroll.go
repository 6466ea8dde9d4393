package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroll shows content in its full width and scrolls it up and down.
func Scroll(content fyne.CanvasObject) *fyne.Container {
	return newContainer(scroll{}, container.NewVScroll(content))
}

// ScrollToTop shows the beginning of what Scroll made.
func ScrollToTop(of *fyne.Container) { of.Objects[0].(*container.Scroll).ScrollToTop() }

// ScrollInto moves what Scroll made so far that all of part, which lies in its content,
// is seen; of one that is higher than the room, the beginning.
func ScrollInto(of *fyne.Container, part fyne.CanvasObject) {
	s := of.Objects[0].(*container.Scroll)
	top, ok := below(s.Content, part)
	if !ok {
		return
	}
	if bottom := top + part.Size().Height + Gap4 - s.Size().Height; bottom > s.Offset.Y {
		s.Offset.Y = min(bottom, top)
	}
	s.Offset.Y = min(s.Offset.Y, top)
	s.Refresh()
}

// below is how far down in a container a part of its lies.
func below(in, part fyne.CanvasObject) (float32, bool) {
	if in == part {
		return 0, true
	}
	c, ok := in.(*fyne.Container)
	if !ok {
		return 0, false
	}
	for _, o := range c.Objects {
		if down, ok := below(o, part); ok {
			return o.Position().Y + down, true
		}
	}
	return 0, false
}

type scroll struct{}

func (scroll) MinSize(parts []fyne.CanvasObject) fyne.Size { return parts[0].MinSize() }

// Layout goes over the content a second time, because wrapped text tells its
// height only after the first.
func (scroll) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	parts[0].Move(fyne.Position{})
	parts[0].Resize(size)
	parts[0].Refresh()
}

// AtMost shows content as high as it is up to that height, from which on it scrolls.
func AtMost(height float32, content fyne.CanvasObject) *fyne.Container {
	scroller := container.NewVScroll(content)
	scroller.SetMinSize(fyne.NewSize(0, 1))
	return newContainer(&notHigher{height, content}, scroller)
}

type notHigher struct {
	height  float32
	content fyne.CanvasObject
}

func (l *notHigher) MinSize([]fyne.CanvasObject) fyne.Size {
	size := l.content.MinSize()
	size.Height = min(size.Height, l.height)
	return size
}

// Layout gives the content its width first: wrapped text has its height from that.
func (l *notHigher) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	l.content.Resize(fyne.NewSize(size.Width, l.content.MinSize().Height))
	scroll{}.Layout(parts, size)
}

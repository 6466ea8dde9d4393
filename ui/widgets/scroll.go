package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroll shows content in its full width and scrolls it up and down.
func Scroll(content fyne.CanvasObject) *fyne.Container {
	return newContainer(scroll{}, container.NewVScroll(content))
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

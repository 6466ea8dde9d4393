package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// Pad leaves room around a part, in the order of a clock from the top.
func Pad(top, right, bottom, left float32, part fyne.CanvasObject) *fyne.Container {
	return newContainer(layout.NewCustomPaddedLayout(top, bottom, left, right), part)
}

// PadAll leaves the same room on all sides of a part.
func PadAll(n float32, part fyne.CanvasObject) *fyne.Container { return Pad(n, n, n, n, part) }

// Fixed gives a part this smallest width and height in place of its own; 0
// keeps its own.
func Fixed(width, height float32, part fyne.CanvasObject) *fyne.Container {
	return newContainer(fixed{width, height}, part)
}

type fixed struct{ width, height float32 }

func (f fixed) MinSize(parts []fyne.CanvasObject) fyne.Size {
	size := fill{}.MinSize(parts)
	if f.width > 0 {
		size.Width = f.width
	}
	if f.height > 0 {
		size.Height = f.height
	}
	return size
}

func (f fixed) Layout(parts []fyne.CanvasObject, size fyne.Size) { fill{}.Layout(parts, size) }

// UpTo lets a part ask for no more width than this.
func UpTo(width float32, part fyne.CanvasObject) *fyne.Container {
	return newContainer(upTo{width}, part)
}

type upTo struct{ width float32 }

func (u upTo) MinSize(parts []fyne.CanvasObject) fyne.Size {
	size := fill{}.MinSize(parts)
	size.Width = min(size.Width, u.width)
	return size
}

func (u upTo) Layout(parts []fyne.CanvasObject, size fyne.Size) { fill{}.Layout(parts, size) }

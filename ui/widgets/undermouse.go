package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// UnderMouse tells when the mouse comes to its content, and when it leaves. On a button in
// it the mouse has left: Fyne tells only the topmost that it is there.
type UnderMouse struct {
	widget.BaseWidget
	content fyne.CanvasObject
	told    func(in bool)
}

// NewUnderMouse watches a part.
func NewUnderMouse(content fyne.CanvasObject, told func(in bool)) *UnderMouse {
	u := &UnderMouse{content: content, told: told}
	u.ExtendBaseWidget(u)
	return u
}

// MouseIn is called by Fyne.
func (u *UnderMouse) MouseIn(*desktop.MouseEvent) { u.told(true) }

// MouseMoved is called by Fyne.
func (u *UnderMouse) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (u *UnderMouse) MouseOut() { u.told(false) }

// CreateRenderer is called by Fyne.
func (u *UnderMouse) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(u.content)
}

// Within says whether an object is in a container, however deep.
func Within(o, in fyne.CanvasObject) bool {
	if o == in {
		return true
	}
	switch in := in.(type) {
	case *fyne.Container:
		for _, part := range in.Objects {
			if Within(o, part) {
				return true
			}
		}
	case *UnderMouse:
		return Within(o, in.content)
	}
	return false
}

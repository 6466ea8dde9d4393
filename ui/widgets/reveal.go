package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Reveal scrolls to what has just got the keyboard, where it is not on the screen: Fyne
// gives the keyboard to what lies below the edge, too, and leaves it there unseen.
func Reveal(o fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	for _, top := range append(c.Overlays().List(), c.Content()) {
		if over, there := scrollsOver(top, o); there {
			for _, s := range over {
				scrollTo(s, o)
			}
			return
		}
	}
}

// holder is a widget that has others within, which take the keyboard.
type holder interface{ within() fyne.CanvasObject }

func (f *Field) within() fyne.CanvasObject     { return f.content }
func (c *Choice) within() fyne.CanvasObject    { return c.content }
func (c *CallCard) within() fyne.CanvasObject  { return c.content }
func (s *StateCard) within() fyne.CanvasObject { return s.content }

// scrollsOver are what scrolls on the way from top to o, the innermost first.
func scrollsOver(top, o fyne.CanvasObject) (over []*container.Scroll, there bool) {
	if top == o {
		return nil, true
	}
	if top == nil || !top.Visible() { // a canvas may have no content yet
		return nil, false
	}
	switch top := top.(type) {
	case *fyne.Container:
		for _, part := range top.Objects {
			if over, there = scrollsOver(part, o); there {
				return over, true
			}
		}
	case *container.Scroll:
		over, there = scrollsOver(top.Content, o)
		return append(over, top), there
	case *widget.PopUp:
		return scrollsOver(top.Content, o)
	case holder:
		return scrollsOver(top.within(), o)
	}
	return nil, false
}

// scrollTo goes no further than it must. Of what is higher than the screen, the top is shown.
func scrollTo(s *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	above := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y - Gap4
	below := above + o.Size().Height + 2*Gap4 - s.Size().Height
	by := min(0, above)
	if below > 0 {
		by = min(below, above)
	}
	end := max(0, s.Content.Size().Height-s.Size().Height)
	if y := min(max(0, s.Offset.Y+by), end); y != s.Offset.Y {
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, y))
	}
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is one thing that a menu offers.
type MenuItem struct {
	Label string
	Do    func()
}

// ShowMenu opens a menu below what was pressed, or above it where the window ends there.
// The arrows, Enter and Escape work in it.
func ShowMenu(below fyne.CanvasObject, items ...MenuItem) {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(below)
	if canvas == nil {
		return // it is not on the screen any more
	}
	var offered []*fyne.MenuItem
	for _, i := range items {
		offered = append(offered, fyne.NewMenuItem(i.Label, i.Do))
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", offered...), canvas)
	at := driver.AbsolutePositionForObject(below)
	at.Y += below.Size().Height + Gap2
	if at.Y+menu.MinSize().Height > canvas.Size().Height {
		at.Y -= below.Size().Height + menu.MinSize().Height + 2*Gap2
	}
	menu.ShowAtPosition(fyne.NewPos(at.X, max(0, at.Y)))
}

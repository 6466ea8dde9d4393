package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/widgets"
)

// choice is a button that says what is chosen and opens a menu of what else can be.
type choice struct {
	*widgets.Button
	w        *Window
	labels   []string
	selected int
	changed  func(i int)
}

func newChoice(w *Window, labels []string, changed func(i int)) *choice {
	c := &choice{w: w, labels: labels, changed: changed}
	c.Button = widgets.NewButton(widgets.Plain, labels[0], icon("chevron"), c.open).Trailing()
	return c
}

// choose makes one hold, as if the user had.
func (c *choice) choose(i int) {
	if i == c.selected {
		return
	}
	c.mark(i)
	c.changed(i)
}

// mark makes one hold and tells nobody.
func (c *choice) mark(i int) {
	c.selected = i
	c.Set(widgets.Plain, c.labels[i], icon("chevron"), c.open)
}

func (c *choice) open() {
	widget.ShowPopUpMenuAtRelativePosition(c.menu(), c.w.win.Canvas(), fyne.NewPos(0, c.Size().Height+widgets.Gap2), c.Button)
}

func (c *choice) menu() *fyne.Menu {
	m := fyne.NewMenu("")
	for i, label := range c.labels {
		item := fyne.NewMenuItem(label, func() { c.choose(i) })
		item.Checked = i == c.selected
		m.Items = append(m.Items, item)
	}
	return m
}

package ui

import (
	"fyne.io/fyne/v2/widget"

	"ringback/ui/widgets"
)

// ask asks before something is done that can't be undone; its button is red, and the
// keyboard stands on the other one.
func (p *settingsPage) ask(title, about, label string, do func()) {
	canvas := p.w.win.Canvas()
	var popUp *widget.PopUp
	cancel := widgets.NewButton(widgets.Plain, p.w.words.Say("settings_cancel"), nil, func() { popUp.Hide() })
	yes := widgets.NewButton(widgets.Danger, label, nil, func() {
		popUp.Hide()
		do()
	})
	popUp = widget.NewModalPopUp(widgets.NewAskBox(title, about, cancel, yes), canvas)
	popUp.Show()
	canvas.Focus(cancel)
}

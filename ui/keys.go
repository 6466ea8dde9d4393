package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// filterKeys choose a filter, with Ctrl or, on a Mac, with Cmd.
var filterKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3}

// keys are what the keyboard does wherever the focus is. The arrows walk through the
// list, also while nothing has the focus; Ctrl or Cmd and N is for a new call.
func (w *Window) keys() {
	canvas := w.win.Canvas()
	for i, key := range filterKeys {
		shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		canvas.AddShortcut(shortcut, func(fyne.Shortcut) { w.page.chooseFilter(i) })
	}
	canvas.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierShortcutDefault},
		func(fyne.Shortcut) { w.page.newCall.focus() })
	canvas.SetOnTypedKey(func(e *fyne.KeyEvent) { w.page.list.step(e.Name) })
}

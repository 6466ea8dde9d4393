package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// filterKeys choose a filter, with Ctrl or, on a Mac, with Cmd.
var filterKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3}

// placeKeys go to a page, with Alt.
var placeKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}

// keys are what the keyboard does wherever the focus is: Ctrl or Cmd with 1 to 3 for a
// filter of the requests, with N for a new call and with Q to quit, Alt with a digit for a page. The
// arrows walk through the list of requests, also while nothing has the focus.
func (w *Window) keys() {
	canvas := w.win.Canvas()
	on := func(key fyne.KeyName, with fyne.KeyModifier, do func()) {
		canvas.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: with}, func(fyne.Shortcut) { w.o.timed(do)() })
	}
	for i, key := range filterKeys {
		on(key, fyne.KeyModifierShortcutDefault, func() { w.requests.filterByKey(i) })
	}
	on(fyne.KeyN, fyne.KeyModifierShortcutDefault, func() { w.requests.typeNewCall() })
	on(fyne.KeyQ, fyne.KeyModifierShortcutDefault, func() { w.quit() })
	for i, l := range w.places {
		on(placeKeys[i], fyne.KeyModifierAlt, func() { w.visit(l.page) })
	}
	canvas.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if w.here == page(w.requests) {
			w.requests.list.step(e.Name)
		}
	})
}

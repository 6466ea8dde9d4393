package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// filterKeys choose a filter, with Ctrl or, on a Mac, with Cmd.
var filterKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4}

// placeKeys go to a page, with Alt.
var placeKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}

// keys are what the keyboard does wherever the focus is: Ctrl or Cmd with 1 to 4 for a
// filter of the requests, with F for the search, with T to text, with D to tick off, with Shift and C to
// copy the number, with N for a new call and with Q to quit, Alt with a digit for a page.
// The arrows walk through the list of requests, PageUp, PageDown, Home and End run through
// it, Enter does what is likeliest, also while nothing has the focus.
func (w *Window) keys() {
	canvas := w.win.Canvas()
	w.shortcuts = map[string]func(){}
	on := func(key fyne.KeyName, with fyne.KeyModifier, do func()) {
		s := &desktop.CustomShortcut{KeyName: key, Modifier: with}
		do = w.o.timed(do)
		w.shortcuts[s.ShortcutName()] = do
		canvas.AddShortcut(s, func(fyne.Shortcut) { do() })
	}
	for i, key := range filterKeys {
		on(key, fyne.KeyModifierShortcutDefault, func() { w.requests.filterByKey(i) })
	}
	on(fyne.KeyN, fyne.KeyModifierShortcutDefault, func() { w.requests.typeNewCall() })
	on(fyne.KeyQ, fyne.KeyModifierShortcutDefault, func() { w.quit() })
	on(fyne.KeyF, fyne.KeyModifierShortcutDefault, func() { w.requests.typeSearch() })
	on(fyne.KeyC, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, func() { w.requests.copyNumber() })
	on(fyne.KeyT, fyne.KeyModifierShortcutDefault, func() { w.requests.writeText() })
	on(fyne.KeyD, fyne.KeyModifierShortcutDefault, func() { w.requests.tickOff() })
	for i, l := range w.places {
		on(placeKeys[i], fyne.KeyModifierAlt, func() { w.visit(w.made(l)) })
	}
	canvas.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape && w.escape() {
			return
		}
		if w.here == page(w.requests) {
			w.requests.list.TypedKey(e)
		}
	})
}

// escape closes what stands over the window or was said last, the topmost first, and says
// whether there was any.
func (w *Window) escape() bool {
	overlays := w.win.Canvas().Overlays()
	if top := overlays.Top(); top != nil {
		top.Hide()
		overlays.Remove(top)
		w.question = nil
		return true
	}
	return w.message.dismiss()
}

// shortcut does what a shortcut means wherever the focus is, and says whether it is one of
// those. Fyne gives them to a field that has the focus, and to nobody else then.
func (w *Window) shortcut(s fyne.Shortcut) bool {
	do := w.shortcuts[s.ShortcutName()]
	if do != nil {
		do()
	}
	return do != nil
}

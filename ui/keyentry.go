package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/widgets"
)

// keyEntry is an Entry that leaves the window its shortcuts, and may have keys of its own.
type keyEntry struct {
	widget.Entry
	w   *Window
	key func(fyne.KeyName) bool // whether the key means something; nil: none does
}

func newKeyEntry(w *Window) *keyEntry {
	e := &keyEntry{w: w}
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained is called by Fyne.
func (e *keyEntry) FocusGained() { e.Entry.FocusGained(); widgets.Reveal(e) }

// TypedKey is called by Fyne while the entry has the focus.
func (e *keyEntry) TypedKey(k *fyne.KeyEvent) {
	if e.key == nil || !e.key(k.Name) {
		e.Entry.TypedKey(k)
	}
}

// TypedShortcut is called by Fyne while the entry has the focus.
func (e *keyEntry) TypedShortcut(s fyne.Shortcut) {
	if !e.w.shortcut(s) {
		e.Entry.TypedShortcut(s)
	}
}

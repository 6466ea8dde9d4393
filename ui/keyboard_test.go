package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// Tab and Shift+Tab go through every page in the smallest window, and what has the
// keyboard is always on the screen; at the end they begin again, so that nothing holds
// the keyboard for ever.
func TestWhatHasTheKeyboardIsOnTheScreen(t *testing.T) {
	o := open(t, busyShop())
	o.resize(800, 560)
	goesRound := func() {
		t.Helper()
		o.goesRound(t, o.Fyne().Canvas().FocusNext)
		o.goesRound(t, o.Fyne().Canvas().FocusPrevious)
	}
	for _, id := range []int64{12, 11, 10} {
		o.pick(id)
		goesRound()
	}
	o.overview()
	goesRound()
	o.goHours()
	goesRound()
	o.activity()
	goesRound()
	for at := range o.settingsOf(0).sections {
		o.settingsOf(at)
		goesRound()
	}
}

func (o *opened) goesRound(t *testing.T, next func()) {
	t.Helper()
	canvas := o.Fyne().Canvas()
	next()
	first, seen := canvas.Focused(), 0
	for ; seen == 0 || canvas.Focused() != first; seen++ {
		if seen > 200 {
			t.Fatalf("%T: the keyboard never comes back to %T", o.here, first)
		}
		o.wantOnScreen(t, canvas.Focused().(fyne.CanvasObject))
		next()
	}
	if seen < 8 {
		t.Errorf("%T: the keyboard gets to %d places only", o.here, seen)
	}
}

func (o *opened) wantOnScreen(t *testing.T, focused fyne.CanvasObject) {
	t.Helper()
	place := o.o.App.Driver().AbsolutePositionForObject
	top, height := place(focused).Y, focused.Size().Height
	for _, s := range over(o.Fyne().Content(), focused) {
		from, to := place(s).Y, place(s).Y+s.Size().Height
		if top+1 < from || top+min(height, s.Size().Height)-1 > to {
			t.Errorf("%T: a %T from %.0f to %.0f has the keyboard, seen is what lies from %.0f to %.0f", o.here, focused, top, top+height, from, to)
		}
	}
}

// over are the scrolls on the way from top to what is looked for.
func over(top, sought fyne.CanvasObject) (found []*container.Scroll) {
	var look func(o fyne.CanvasObject, above []*container.Scroll) bool
	look = func(o fyne.CanvasObject, above []*container.Scroll) bool {
		if o == sought {
			found = above
			return true
		}
		if !o.Visible() {
			return false
		}
		var parts []fyne.CanvasObject
		switch o := o.(type) {
		case *fyne.Container:
			parts = o.Objects
		case *container.Scroll:
			above, parts = append(above[:len(above):len(above)], o), []fyne.CanvasObject{o.Content}
		case fyne.Widget:
			parts = test.WidgetRenderer(o).Objects()
		}
		for _, part := range parts {
			if look(part, above) {
				return true
			}
		}
		return false
	}
	look(top, nil)
	return found
}

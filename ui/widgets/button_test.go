package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/ui"
	. "ringback/ui/widgets"
)

func TestAButtonIsPressed(t *testing.T) {
	cases := []struct {
		name string
		do   func(*Button)
		want int
	}{
		{"by a click", func(b *Button) { test.Tap(b) }, 1},
		{"with Space", func(b *Button) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) }, 1},
		{"with Return", func(b *Button) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }, 1},
		{"with the other Enter", func(b *Button) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter}) }, 1},
		{"not with another key", func(b *Button) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyA}) }, 0},
		{"not by a click while it is disabled", func(b *Button) { b.Disable(); test.Tap(b) }, 0},
		{"not with a key while it is disabled", func(b *Button) { b.Disable(); b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) }, 0},
		{"again after it was enabled", func(b *Button) { b.Disable(); b.Enable(); test.Tap(b) }, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			show(t, ui.Light)
			pressed := 0
			b := NewButton(Main, "Call now", icon("phone"), func() { pressed++ })
			window(t, b, 160, 40)
			c.do(b)
			if pressed != c.want {
				t.Errorf("it was pressed %d times, want %d", pressed, c.want)
			}
		})
	}
}

func TestAButtonWithNothingToDoIsPressedInPeace(t *testing.T) {
	show(t, ui.Light)
	b := NewButton(Main, "Call now", nil, nil)
	window(t, b, 160, 40)
	test.Tap(b)
}

func TestTheRingOfTheFocusBelongsToTheKeyboard(t *testing.T) {
	accent := look(t, ui.Light, "").Color(ColorAccent, 0)
	ringed := func(w fyne.Window) bool { return count(w, accent) > 0 }
	setUp := func(t *testing.T) (fyne.Window, *Button) {
		t.Helper()
		show(t, ui.Light)
		b := NewButton(Plain, "Text", nil, nothing)
		return window(t, NewGround(ColorSurface, PadAll(10, b)), 100, 60), b
	}
	t.Run("Tab shows it", func(t *testing.T) {
		w, _ := setUp(t)
		if ringed(w) {
			t.Fatal("there is a ring before")
		}
		w.Canvas().FocusNext()
		if !ringed(w) {
			t.Error("there is no ring")
		}
	})
	t.Run("a click moves the focus without it", func(t *testing.T) {
		w, b := setUp(t)
		test.Tap(b)
		if w.Canvas().Focused() != fyne.Focusable(b) {
			t.Error("the click did not move the focus")
		}
		if ringed(w) {
			t.Error("there is a ring")
		}
	})
	t.Run("a key after the click shows it", func(t *testing.T) {
		w, b := setUp(t)
		test.Tap(b)
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		if !ringed(w) {
			t.Error("there is no ring")
		}
	})
	t.Run("it goes with the focus", func(t *testing.T) {
		w, _ := setUp(t)
		w.Canvas().FocusNext()
		w.Canvas().Unfocus()
		if ringed(w) {
			t.Error("there is still a ring")
		}
	})
}

func TestTheMouseIsAnswered(t *testing.T) {
	show(t, ui.Light)
	b := NewButton(Plain, "Text", nil, nothing)
	w := window(t, b, 100, 40)
	shade := func() any { return at(w, 50, 4) }
	rest := shade()
	b.MouseIn(nil)
	under := shade()
	if under == rest {
		t.Error("being under the mouse is not seen")
	}
	b.MouseDown(nil)
	if shade() == under {
		t.Error("being held down is not seen")
	}
	b.MouseOut()
	if shade() != rest {
		t.Error("it does not come to rest when the mouse leaves")
	}
	b.Disable()
	off := shade()
	b.MouseIn(nil)
	if shade() != off {
		t.Error("a disabled button answers the mouse")
	}
}

func TestAButtonChangesItsMeaningInItsPlace(t *testing.T) {
	show(t, ui.Light)
	did := ""
	b := NewButton(Main, "Call now", icon("phone"), func() { did = "call" })
	window(t, b, 160, 40)
	b.Set(Plain, "End call", icon("hangup"), func() { did = "end" })
	test.Tap(b)
	if b.Label() != "End call" || did != "end" {
		t.Errorf("it says %q and does %q", b.Label(), did)
	}
}

package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestTheKeyboardScrollsAndAClickDoesNot(t *testing.T) {
	tapped := 0
	first, last := NewButton(Plain, "First", nil, nil), NewButton(Plain, "Last", nil, func() { tapped++ })
	scroll := container.NewVScroll(Down(0, first, Fixed(0, 1000, Space()), last))
	w := test.NewTempWindow(t, scroll)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 300))
	last.Tapped(&fyne.PointEvent{})
	if tapped != 1 || scroll.Offset.Y != 0 {
		t.Errorf("a click scrolled by %.0f", scroll.Offset.Y)
	}
	w.Canvas().Unfocus()
	w.Canvas().Focus(last)
	if end := scroll.Content.Size().Height - 300; scroll.Offset.Y != end {
		t.Errorf("the keyboard scrolled by %.0f, want %.0f", scroll.Offset.Y, end)
	}
	w.Canvas().Focus(first)
	if scroll.Offset.Y != 0 {
		t.Errorf("the keyboard went back to %.0f", scroll.Offset.Y)
	}
}

package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestAToastLiesInTheCornerAndMovesNothing(t *testing.T) {
	test.NewTempApp(t)
	toast := NewToast(Quiet, nil, "Marked as done: Marguerite Featherstonehaugh-Kowalczyk, who wants six loaves for Monday")
	float := Float(toast, Over())
	if got := float.MinSize(); got != (fyne.Size{}) {
		t.Errorf("it asks for %v of its own", got)
	}
	for _, size := range []fyne.Size{fyne.NewSize(880, 600), fyne.NewSize(300, 200)} {
		float.Resize(size)
		end := toast.Position().AddXY(toast.Size().Width, toast.Size().Height)
		if end != fyne.NewPos(size.Width-Gap5, size.Height-Gap5) {
			t.Errorf("in %v it ends at %v", size, end)
		}
		if toast.Position().X < 0 || toast.Size().Width > toastWidth || toast.Size().Height < toast.MinSize().Height {
			t.Errorf("in %v it is %v at %v", size, toast.Size(), toast.Position())
		}
	}
}

func TestAToastLiesAboveWhatIsPressed(t *testing.T) {
	test.NewTempApp(t)
	button := func() *Button { return NewButton(Plain, "Hang up", nil, nil) }
	size := fyne.NewSize(600, 400)
	for _, c := range []struct {
		name string
		page fyne.CanvasObject
		end  float32 // of the toast, from the top
	}{
		{"nothing is there", Over(), size.Height - Gap5},
		{"a button at the left", Down(0, Space(), Across(0, button(), Space())), size.Height - Gap5},
		{"a button below", Down(0, Space(), Across(0, Space(), button())), size.Height - button().MinSize().Height - Gap3},
		{"buttons that leave no room between", Down(Gap6, Space(), Across(0, Space(), button()), Across(0, Space(), button())), size.Height - 2*button().MinSize().Height - Gap6 - Gap3},
		{"a button that is scrolled out of sight", Down(0, Scroll(Fixed(0, 300, Over())), Space(), Scroll(Down(0, Fixed(0, 600, Over()), Across(0, Space(), button())))), size.Height - Gap5},
		{"buttons everywhere", Columns(0, 1, button(), button(), button(), button(), button(), button(), button(), button(), button(), button(), button(), button()), size.Height - Gap5},
	} {
		t.Run(c.name, func(t *testing.T) {
			toast := NewToast(Quiet, nil, "Marked as done")
			c.page.Resize(size)
			float := Float(toast, c.page)
			float.Resize(size)
			if end := toast.Position().Y + toast.Size().Height; end != c.end {
				t.Errorf("it ends at %v, want %v", end, c.end)
			}
		})
	}
}

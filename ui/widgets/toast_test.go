package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestAToastLiesInTheCornerAndMovesNothing(t *testing.T) {
	test.NewTempApp(t)
	toast := NewToast(Quiet, nil, "Marked as done: Marguerite Featherstonehaugh-Kowalczyk, who wants six loaves for Monday")
	float := Float(toast)
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

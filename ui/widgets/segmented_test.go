package widgets_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/ui"
	. "ringback/ui/widgets"
)

func TestSegmentedIsMovedByKeys(t *testing.T) {
	cases := []struct {
		name  string
		from  int
		keys  []fyne.KeyName
		calls []int
	}{
		{"right", 0, []fyne.KeyName{fyne.KeyRight}, []int{1}},
		{"left", 1, []fyne.KeyName{fyne.KeyLeft}, []int{0}},
		{"right twice", 0, []fyne.KeyName{fyne.KeyRight, fyne.KeyRight}, []int{1, 2}},
		{"not beyond the left end", 0, []fyne.KeyName{fyne.KeyLeft}, nil},
		{"not beyond the right end", 2, []fyne.KeyName{fyne.KeyRight}, nil},
		{"to the end", 0, []fyne.KeyName{fyne.KeyEnd}, []int{2}},
		{"to the beginning", 2, []fyne.KeyName{fyne.KeyHome}, []int{0}},
		{"not by another key", 0, []fyne.KeyName{fyne.KeyDown}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			show(t, ui.Light)
			var calls []int
			s := NewSegmented(func(i int) { calls = append(calls, i) }, "Needs you", "Today", "All")
			window(t, s, 400, 40)
			s.Select(c.from)
			for _, key := range c.keys {
				s.TypedKey(&fyne.KeyEvent{Name: key})
			}
			if !slices.Equal(calls, c.calls) {
				t.Errorf("called with %v, want %v", calls, c.calls)
			}
			if want := last(c.calls, c.from); s.Selected() != want {
				t.Errorf("%d is chosen, want %d", s.Selected(), want)
			}
		})
	}
}

func TestSegmentedIsChosenByAClick(t *testing.T) {
	show(t, ui.Light)
	var calls []int
	s := NewSegmented(func(i int) { calls = append(calls, i) }, "Needs you", "Today", "All")
	w := window(t, Across(0, s), 400, 60)
	right := s.Size().Width - 10
	test.TapCanvas(w.Canvas(), fyne.NewPos(right, 30))
	test.TapCanvas(w.Canvas(), fyne.NewPos(right, 30))
	if want := []int{2}; !slices.Equal(calls, want) {
		t.Errorf("two clicks on the last call with %v, want %v: it was chosen already", calls, want)
	}
}

func TestSelectingByProgramCallsNobody(t *testing.T) {
	show(t, ui.Light)
	s := NewSegmented(func(int) { t.Error("called") }, "Needs you", "Today")
	s.Select(1)
	s.Select(7)
	s.Select(-1)
	if s.Selected() != 1 {
		t.Errorf("%d is chosen, want 1: the others do not exist", s.Selected())
	}
}

func TestSegmentedCounts(t *testing.T) {
	show(t, ui.Light)
	s := NewSegmented(nil, "Needs you", "Today")
	without := s.MinSize().Width
	s.SetCount(0, "3")
	if s.MinSize().Width <= without {
		t.Error("the count takes no room")
	}
	s.SetCount(0, "")
	if s.MinSize().Width != without {
		t.Error("no count is shown")
	}
	s.SetCount(5, "1") // Does not exist, and does no harm.
}

func TestNavItem(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(fyne.Resource, string, func()) *NavItem
	}{{"in the side bar", NewNavItem}, {"in the rail", NewRailItem}} {
		t.Run(c.name, func(t *testing.T) {
			show(t, ui.Light)
			opened := 0
			n := c.make(icon("inbox"), "Requests", func() { opened++ })
			w := window(t, n, 196, 50)
			test.Tap(n)
			n.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			if opened != 2 {
				t.Errorf("a click and a key opened it %d times", opened)
			}
			plain := w.Canvas().Capture()
			n.SetSelected(true)
			chosen := w.Canvas().Capture()
			n.SetCount(3)
			if different(plain, chosen) == 0 {
				t.Error("that it is selected is not seen")
			}
			if different(chosen, w.Canvas().Capture()) == 0 {
				t.Error("its count is not seen")
			}
			n.SetCount(0)
			if different(chosen, w.Canvas().Capture()) != 0 {
				t.Error("a count of 0 is seen")
			}
		})
	}
}

func last(calls []int, otherwise int) int {
	if len(calls) == 0 {
		return otherwise
	}
	return calls[len(calls)-1]
}

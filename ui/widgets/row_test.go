package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/ui"
	. "ringback/ui/widgets"
)

func TestARowIs75High(t *testing.T) {
	show(t, ui.Light)
	r := NewRow()
	for _, c := range []RowContent{{}, chips[0], chips[1], {Title: "李薇", Second: "電話", Third: "電話", Age: "1 分"}} {
		r.Set(c)
		if got := r.MinSize().Height; got != RowHeight {
			t.Errorf("with %q it is %v high", c.Title, got)
		}
	}
}

func TestARowKeepsEverythingInside(t *testing.T) {
	long := strings.Repeat("Featherstonehaugh ", 20)
	cases := map[string]RowContent{
		"an ordinary row":         chips[0],
		"long words in each line": {Title: long, Second: long, Third: long, Age: "12:34:56", ChipRole: Needs, ChipIcon: icon("text"), ChipWord: "Texted you"},
		"a long name in Chinese":  {Title: strings.Repeat("歐陽", 40), Second: strings.Repeat("電話", 40), Age: "1 分", ChipRole: Live, ChipWord: "通話中"},
		"a row without a chip":    {Title: "Jane Doe", Third: long},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			show(t, ui.Light)
			r := NewRow()
			window(t, r, 292, RowHeight)
			r.Set(c)
			for _, text := range texts(r) {
				end := positionIn(r, text).X + measured(text)
				if end > 292-11.9 {
					t.Errorf("%q ends at %v, outside the padding", text.Shown(), end)
				}
			}
		})
	}
}

func TestARowIsUsedAgainForAnotherRequest(t *testing.T) {
	show(t, ui.Light)
	want := func(c RowContent) []byte { return pixels(t, NewRow(), c) }(chips[3])
	used := NewRow()
	for _, c := range chips {
		used.Set(c)
	}
	if got := pixels(t, used, chips[3]); string(got) != string(want) {
		t.Error("something of the request before is still there")
	}
}

func TestTheClockOfARowGetsTheRoomItNeeds(t *testing.T) {
	show(t, ui.Light)
	r := NewRow()
	window(t, r, 292, RowHeight)
	r.Set(RowContent{Title: strings.Repeat("long name ", 10), Age: "0:09", Live: true})
	r.SetAge("1:00:09")
	for _, text := range texts(r) {
		if text.Text() == "1:00:09" && text.Shown() != "1:00:09" {
			t.Errorf("the clock shows %q", text.Shown())
		}
	}
}

func TestAChipSaysWhenItNeedsAnotherWidth(t *testing.T) {
	show(t, ui.Light)
	c := NewChip(Live, icon("queue"), "In line")
	if c.Set(Live, icon("queue"), "In line") {
		t.Error("unchanged, it needs another width")
	}
	if c.Set(Talked, icon("checkc"), "In line") {
		t.Error("in another colour, it needs another width")
	}
	if !c.Set(Needs, icon("text"), "Texted you") {
		t.Error("with another word, it needs no other width")
	}
	if c.Word() != "Texted you" {
		t.Errorf("it says %q", c.Word())
	}
}

// texts returns all lines of text that can be seen below an object.
func texts(o fyne.CanvasObject) (all []*Text) {
	walk(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if t, ok := o.(*Text); ok {
			all = append(all, t)
		}
	})
	return all
}

func positionIn(parent, child fyne.CanvasObject) (at fyne.Position) {
	walk(parent, fyne.Position{}, func(o fyne.CanvasObject, p fyne.Position) {
		if o == child {
			at = p
		}
	})
	return at
}

func walk(o fyne.CanvasObject, at fyne.Position, visit func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	visit(o, at)
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		below = o.Objects
	}
	for _, b := range below {
		walk(b, at.Add(b.Position()), visit)
	}
}

func measured(t *Text) float32 {
	d := drawn(t)
	return fyne.MeasureText(d.Text, d.TextSize, d.TextStyle).Width
}

func pixels(t *testing.T, r *Row, c RowContent) []byte {
	t.Helper()
	w := window(t, r, 348, RowHeight)
	r.Set(c)
	return pix(w.Canvas().Capture())
}

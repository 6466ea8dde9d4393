package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// two is a theme of two colours and one size: these tests look behind the widgets, from
// where the window's own theme can't be reached.
type two struct{ fyne.Theme }

func (two) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if name == ColorAccent {
		return color.Black
	}
	return color.White
}

func (two) Size(fyne.ThemeSizeName) float32 { return 12 }

func begin(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(two{theme.DefaultTheme()})
}

func TestTheTopOfAnAxisIsEvenAndNotBelowTheHighestBar(t *testing.T) {
	for most, want := range map[float64]float64{0: 4, 1: 4, 4: 4, 4.5: 8, 13: 16, 17: 20, 21: 30, 31: 40, 41: 80, 1000: 1200} {
		if got := roundUp(most); got != want {
			t.Errorf("of %v it is %v, want %v", most, got, want)
		}
	}
}

func TestBarsStandOnEachOtherFromZero(t *testing.T) {
	begin(t)
	b := NewBars(128)
	b.Set([]Bar{{Label: "Nov 23", Parts: []BarPart{{Talked, 2}, {Needs, 0}, {Failed, 2}}}, {Label: "Nov 24"}})
	b.CreateRenderer().Layout(fyne.NewSize(barsAxis+200, 128))
	if len(b.pieces) != 2 {
		t.Fatalf("%d pieces are drawn", len(b.pieces))
	}
	floor := float32(128 - barsLabels)
	low, high := b.pieces[0].shape, b.pieces[1].shape
	if got := low.Position().Y + low.Size().Height + 1; got != floor {
		t.Errorf("the lowest ends at %v, want %v", got, floor)
	}
	if high.Position().Y != 8 || high.Position().Y+high.Size().Height+1 != low.Position().Y || low.Size() != high.Size() {
		t.Errorf("they stand at %v and %v, %v high", low.Position(), high.Position(), high.Size())
	}
	if middle := low.Position().X + low.Size().Width/2; middle != barsAxis+50 {
		t.Errorf("the first stands at %v", middle)
	}
}

func TestALabelWithoutRoomIsLeftOut(t *testing.T) {
	begin(t)
	b := NewBars(128)
	b.Set([]Bar{{Label: "a long label"}, {Label: "another one"}, {Label: "and a third"}})
	r := b.CreateRenderer()
	r.Layout(fyne.NewSize(barsAxis+100, 128))
	if b.labels[0].Hidden || !b.labels[1].Hidden {
		t.Error("labels lie over each other")
	}
	r.Layout(fyne.NewSize(2000, 128))
	for i, l := range b.labels {
		if l.Hidden {
			t.Errorf("label %d is missing, where there is room", i)
		}
	}
}

func TestShades(t *testing.T) {
	for _, c := range []struct{ n, most, want int }{{0, 9, 0}, {1, 1, 1}, {1, 100, 1}, {25, 100, 1}, {26, 100, 2}, {100, 100, heatSteps}, {0, 0, 0}} {
		if got := shade(c.n, c.most); got != c.want {
			t.Errorf("%d of %d is shade %d, want %d", c.n, c.most, got, c.want)
		}
	}
}

func TestOpenHoursAreFramedWhereTheyAre(t *testing.T) {
	begin(t)
	h := NewHeat([]string{"Mon", "Tue"}, []string{"0", "3"})
	h.Set([][heatCells]int{{}, {9: 4}}, [][]Stretch{nil, {{9.5, 12}}})
	h.CreateRenderer().Layout(fyne.NewSize(heatDays+240, 2*heatRow+heatHours))
	if len(h.edges) != 1 || h.edges[0].Position().X != heatDays+95 || h.edges[0].Size().Width != 25 || h.edges[0].Position().Y != heatRow+0.5 {
		t.Errorf("it stands at %v, %v wide", h.edges[0].Position(), h.edges[0].Size())
	}
	dark, light := h.cells[heatCells+9].FillColor, h.cells[0].FillColor
	if dark == light || h.cells[1].FillColor != light {
		t.Errorf("nine o'clock is %v, midnight %v", dark, light)
	}
}

func TestAProgressBarFillsUp(t *testing.T) {
	begin(t)
	p := NewProgress()
	p.Resize(fyne.NewSize(100, 8))
	r := test.WidgetRenderer(p)
	r.Layout(fyne.NewSize(100, 8))
	for part, want := range map[float64]float32{-1: 0, 0: 0, 0.01: progressHeight, 0.5: 50, 1: 100, 2: 100} {
		if p.Set(part); p.fill.Size().Width != want {
			t.Errorf("%v of it is %v wide, want %v", part, p.fill.Size().Width, want)
		}
	}
}

func TestTheLinkOfALogRow(t *testing.T) {
	begin(t)
	r := NewLogRow()
	followed := 0
	r.Set(LogContent{What: "Ringing", Link: "Jane", OnLink: func() { followed++ }})
	test.Tap(r.link)
	r.Set(LogContent{What: "Mode", Link: ""})
	test.Tap(r.link)
	r.Link()
	if followed != 1 || r.link.Visible() {
		t.Errorf("it was followed %d times", followed)
	}
}

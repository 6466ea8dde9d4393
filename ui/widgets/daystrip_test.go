package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/ui"
	. "ringback/ui/widgets"
)

func TestAStripHasItsBarsAndNowInTheirPlaces(t *testing.T) {
	show(t, ui.Light)
	s := NewDayStrip()
	window(t, s, 480, 26)
	s.Set(12*60, Span{6 * 60, 12 * 60}, Span{18 * 60, 24 * 60})
	parts := test.WidgetRenderer(s).Objects()[0].(*fyne.Container).Objects
	bars, now := parts[len(parts)-3:len(parts)-1], parts[len(parts)-1]
	width := s.Size().Width
	for i, want := range []float32{0.25, 0.75} {
		if x, w := bars[i].Position().X, bars[i].Size().Width; x != want*width || w != width/4 {
			t.Errorf("bar %d begins at %v and is %v wide, of %v", i, x, w, width)
		}
	}
	if middle := now.Position().X + now.Size().Width/2; middle != width/2 {
		t.Errorf("now stands at %v of %v", middle, width)
	}
	s.Set(-1)
	if n := len(test.WidgetRenderer(s).Objects()[0].(*fyne.Container).Objects); n != len(parts)-3 {
		t.Errorf("without bars and now there are %d parts of %d", n, len(parts))
	}
}

func TestTheClockHidesTheHoursThatItStandsOn(t *testing.T) {
	show(t, ui.Light)
	a := NewDayAxis()
	window(t, a, 480, 16)
	shown := func() (all string) {
		for _, text := range texts(a) {
			if text.Visible() {
				all += text.Text() + " "
			}
		}
		return all
	}
	for _, c := range []struct {
		minute int
		want   string
	}{
		{-1, "0 3 6 9 12 15 18 21 24 "},
		{9*60 + 10, "0 3 6 12 15 18 21 24 9:10 "},
		{10*60 + 30, "0 3 6 9 12 15 18 21 24 9:10 "},
	} {
		clock := "9:10"
		if c.minute < 0 {
			clock = ""
		}
		a.Set(c.minute, clock)
		if got := shown(); got != c.want {
			t.Errorf("at minute %d the axis says %q, want %q", c.minute, got, c.want)
		}
	}
}

func TestActionsStandBelowTheWordsWhereBothDoNotFit(t *testing.T) {
	show(t, ui.Light)
	words, actions := NewText("Open now", SizeBody, ColorText), NewButton(Plain, "Until tomorrow", nil, nothing)
	line := Apart(8, words, actions)
	window(t, line, 600, 80)
	if actions.Position().X+actions.Size().Width != line.Size().Width || actions.Position().Y > words.Position().Y {
		t.Errorf("with room for both the actions stand at %v", actions.Position())
	}
	line.Resize(fyne.NewSize(300, 80))
	if actions.Position().X != 0 || actions.Position().Y < words.Size().Height {
		t.Errorf("without room they stand at %v", actions.Position())
	}
}

func TestTheFieldOfADayIsWiderWhereThereIsRoom(t *testing.T) {
	show(t, ui.Light)
	strip, field := NewDayStrip(), NewField("")
	line := DayLine(NewText("Mon", SizeBody, ColorText), strip, field, NewButton(Bare, "x", nil, nothing))
	window(t, line, 800, 40)
	wide := field.Size().Width
	line.Resize(fyne.NewSize(640, 40))
	if wide != 216 || field.Size().Width != 176 {
		t.Errorf("the field is %v wide, and where there is less room %v", wide, field.Size().Width)
	}
	before := strip.Position().Y
	field.Say(Failed, nil, "a long sentence of which there are two lines in so narrow a column")
	line.Refresh()
	if strip.Position().Y != before || line.MinSize().Height < 60 {
		t.Errorf("with a sentence below the field the strip moved from %v to %v", before, strip.Position().Y)
	}
}

package widgets_test

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringback/ui"
	. "ringback/ui/widgets"
)

func TestEachStateOfAStepLooksDifferent(t *testing.T) {
	show(t, ui.Light)
	seen := map[string]StepState{}
	for _, s := range []StepState{Todo, Now, Done, Wrong} {
		c := drawCall(Step{"Your phone", "", s}, Step{"Talking", "", Todo})
		w := window(t, c, 480, 160)
		key := string(pix(w.Canvas().Capture()))
		if other, ok := seen[key]; ok {
			t.Errorf("states %v and %v look the same", other, s)
		}
		seen[key] = s
	}
}

func TestStepsChangeInPlace(t *testing.T) {
	show(t, ui.Light)
	for _, before := range [][]Step{nil, callSteps[:2], append(callSteps, Step{"More", "", Wrong})} {
		t.Run(fmt.Sprintf("from %d to 4", len(before)), func(t *testing.T) {
			want := pix(window(t, drawCall(callSteps...), 480, 160).Canvas().Capture())
			c := drawCall(before...)
			w := window(t, c, 480, 160)
			c.Set(Call{Headline: "Their phone rings", Sub: "Stay on the line: you are joined when they pick up.", Clock: "0:07", Steps: callSteps})
			if string(pix(w.Canvas().Capture())) != string(want) {
				t.Error("it looks different from steps that were these from the start")
			}
		})
	}
}

func TestTheClockOfACallRuns(t *testing.T) {
	show(t, ui.Light)
	c := drawCall(callSteps...)
	window(t, c, 480, 160)
	for _, clock := range []string{"0:08", "10:00", "1:00:00"} {
		c.SetClock(clock)
		if got := shownOf(t, c, clock); got != clock {
			t.Errorf("the clock shows %q, want %q", got, clock)
		}
	}
}

func TestATimelineShowsTheWholeTextAndTheNewestInBold(t *testing.T) {
	show(t, ui.Light)
	line := NewTimeline()
	line.Set([]Moment{{Time: "10:41:02", Text: "Asked"}, {Time: "10:41:03", Text: "Ringing Counter"}})
	column := Down(0, line)
	window(t, Scroll(column), 300, 400)
	short := line.MinSize().Height
	if short != 56 {
		t.Errorf("two short moments are %v high, want 56", short)
	}
	line.Set([]Moment{{Time: "10:41:02", Text: strings.Repeat("A voicemail answered ", 10)}, {Time: "10:41:03", Text: "Ringing"}})
	column.Resize(column.Size())
	column.Refresh()
	if line.MinSize().Height <= short+40 {
		t.Errorf("with a long text it is %v high, with a short one %v", line.MinSize().Height, short)
	}
	line.Set(nil)
	if got := line.MinSize().Height; got != 0 {
		t.Errorf("without moments it is %v high", got)
	}
}

func TestTheStateOfTheShop(t *testing.T) {
	state := ShopState{
		Role: Needs, Headline: "Paused to 14:00", Sub: "then open to 17:00", Short: "Paused", ShortSub: "to 14:00",
		Health: []Health{
			{Name: "Website", Short: "site", Word: "unreachable", Role: Failed, Icon: icon("alert")},
			{Name: "Phone line", Word: "ready", Role: Talked, Icon: icon("checkc")},
		},
	}
	cases := []struct {
		name  string
		make  func() *StateCard
		width float32
		want  []string
	}{
		{"in the side bar", func() *StateCard { return NewStateCard(NewButton(Plain, "Resume", nil, nothing)) }, 196,
			[]string{"Paused to 14:00", "then open to 17:00", "Resume", "Website", "unreachable", "Phone line", "ready"}},
		{"in the side bar without an action", func() *StateCard { return NewStateCard(nil) }, 196,
			[]string{"Paused to 14:00", "then open to 17:00", "Website", "unreachable", "Phone line", "ready"}},
		{"in the rail", func() *StateCard { return NewStateRail(nil) }, 64, []string{"Paused", "to 14:00", "site", "Phone…"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			show(t, ui.Light)
			card := c.make()
			window(t, card, c.width, 220)
			card.Set(ShopState{Headline: "Open", Health: state.Health[:1]})
			card.Set(state)
			var got []string
			for _, text := range texts(card) {
				if text.Text() != "" {
					got = append(got, text.Shown())
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
}

func shownOf(t *testing.T, o fyne.CanvasObject, whole string) string {
	t.Helper()
	for _, text := range texts(o) {
		if text.Text() == whole {
			return text.Shown()
		}
	}
	t.Fatalf("no text %q", whole)
	return ""
}

func pix(img image.Image) []byte { return img.(*image.NRGBA).Pix }

package view_test

import (
	"slices"
	"testing"
	"time"

	"ringback/server/desk"
	"ringback/server/hours"
	"ringback/ui/view"
)

func report(days ...desk.DayReport) desk.Report {
	r := desk.Report{Days: days}
	for i := range r.Days {
		r.Days[i].Day = time.Date(2026, 11, 24-len(days)+1+i, 5, 0, 0, 0, time.UTC)
	}
	return r
}

func TestTodayBesideWhatIsUsual(t *testing.T) {
	r := report(desk.DayReport{Talked: 5, Needs: 4}, desk.DayReport{Talked: 2, Failed: 1, Rang: 12400 * time.Millisecond, Waits: 3})
	r.Rang, r.Waits = 4500*time.Millisecond, 9
	got := logWords("en").Overview(r, logNow).Figures
	want := [4]view.Figure{
		{Number: "3", Below: "6.0 on a usual day"}, {Number: "2", Below: "67 %, usually 58 %"},
		{Number: "0", Below: "not reached yet"}, {Number: "12", Unit: "s", Below: "until it rang; usually 4.5 s"},
	}
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	got = logWords("es").Overview(report(desk.DayReport{}, desk.DayReport{Talked: 1}, desk.DayReport{Needs: 2}), logNow).Figures
	if got[0].Below != "1,5 en un día normal" || got[1].Below != "0 %; normal 33 %" || got[3].Number != "–" {
		t.Errorf("from the first request on: %+v", got)
	}
}

func TestOnTheFirstDayNothingIsUsual(t *testing.T) {
	r := report(desk.DayReport{}, desk.DayReport{}, desk.DayReport{Talked: 1, Needs: 1, Rang: 2 * time.Second, Waits: 2})
	r.Rang, r.Waits = 2*time.Second, 2
	for language, want := range map[string][3]string{
		"en": {"the first day with requests", "50 % of them", "until it rang"},
		"es": {"primer día con solicitudes", "50 % de ellas", "hasta sonar"},
	} {
		f := logWords(language).Overview(r, logNow).Figures
		if got := [3]string{f[0].Below, f[1].Below, f[3].Below}; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTheChartsAndTheirTablesSayTheSame(t *testing.T) {
	r := report(desk.DayReport{}, desk.DayReport{Talked: 1000, Needs: 2, Failed: 3, Cancelled: 4, Underway: 5, Rang: 3 * time.Minute, Waits: 6})
	o := logWords("en").Overview(r, logNow)
	if o.Empty || !slices.Equal(o.ByDay.Rows[1], []string{"Nov 24", "1,014", "1,000", "2", "3", "4", "5"}) || len(o.ByDay.Headings) != 7 {
		t.Errorf("by day: %q", o.ByDay.Rows)
	}
	if got, want := o.ByDay.Bars[1].Parts, []view.Piece{{view.Talked, 1000}, {view.Needs, 2}, {view.Failed, 3}, {view.Planned, 5}, {view.Quiet, 4}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !slices.Equal(o.Ring.Rows[0], []string{"Nov 23", "–", "0"}) || o.Ring.Rows[1][1] != "3 min" || o.Ring.Bars[1].Parts[0].N != 180 {
		t.Errorf("time to ring: %q", o.Ring.Rows)
	}
	if o.ByDay.Bars[1].Label == "" {
		t.Error("today has no label")
	}
	if !logWords("en").Overview(report(desk.DayReport{}), logNow).Empty {
		t.Error("nothing is not empty")
	}
}

func TestTheMapBeginsWithMondayAndShowsTheOpenHours(t *testing.T) {
	r := report(desk.DayReport{})
	r.Asked[time.Sunday][23], r.Asked[time.Monday][9] = 7, 8
	r.Open[time.Monday] = []hours.Interval{{From: 9*60 + 30, To: 12 * 60}}
	r.Open[time.Sunday] = []hours.Interval{{From: 22 * 60, To: 26 * 60}} // to 2 on Monday
	h := logWords("en").Overview(r, logNow).Heat
	if h.Names[0] != "Mon" || h.Names[6] != "Sun" || h.Counts[0][9] != 8 || h.Counts[6][23] != 7 || h.Rows[6][24] != "7" || len(h.Headings) != 25 {
		t.Errorf("got %v", h.Counts)
	}
	if !slices.Contains(h.Open[0], [2]float32{9.5, 12}) || !slices.Contains(h.Open[0], [2]float32{0, 2}) || !slices.Equal(h.Open[6], [][2]float32{{22, 24}}) {
		t.Errorf("open: %v", h.Open)
	}
}

func TestWhatIsReckonedIsMarked(t *testing.T) {
	r := report(desk.DayReport{Spending: desk.Spending{Calls: 1, CallsCost: 380_000}})
	r.Month = desk.Spending{Calls: 3, CallsCost: 9_000_000, Texts: 1, TextsCost: 145_000, Estimated: 1}
	r.Limit = 5_000_000
	o := logWords("en").Overview(r, logNow)
	want := [][2]string{{"Today", "$0.38"}, {"Nov", "about $9.15"}, {"of it texts, Nov", "about $0.15"}, {"Each call", "about $3.00"}, {"Limit a day", "$5.00"}}
	if !slices.Equal(o.Costs, want) || o.Note == "" {
		t.Errorf("got %q, %q", o.Costs, o.Note)
	}
	r.Month.Estimated = 0
	if o = logWords("en").Overview(r, logNow); o.Costs[1][1] != "$9.15" || o.Note != "" {
		t.Errorf("with all prices known: %q, %q", o.Costs, o.Note)
	}
}

package desk_test

import (
	"context"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/hours"
)

// ledger gives figures, and keeps what it was asked for.
type ledger struct {
	callback.Figures
	since, spent time.Time
}

func (l *ledger) Report(_ context.Context, since, spent time.Time) (callback.Figures, error) {
	l.since, l.spent = since, spent
	return l.Figures, nil
}

// reported is a report of a shop in New York, open from 9 to 17 on weekdays. On 1 November
// 2026 its clocks go back.
func reported(t *testing.T, now string, days int, l *ledger) desk.Report {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", now, zone)
	if err != nil {
		t.Fatal(err)
	}
	plan := hours.Plan{Zone: zone}
	for day := time.Monday; day <= time.Friday; day++ {
		plan.Week[day] = []hours.Interval{{From: 9 * 60, To: 17 * 60}}
	}
	o := desk.Owner{
		Ledger: l,
		Plan:   func() (hours.Plan, int64) { return plan, 5_000_000 },
		About:  func() desk.Shop { return desk.Shop{Zone: zone} },
		Now:    func() time.Time { return at },
	}
	r, err := o.Report(t.Context(), days)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func utc(s string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return at
}

func TestADayOfAReportIsACalendarDayOfTheShop(t *testing.T) {
	l := &ledger{Figures: callback.Figures{Requests: []callback.Tally{
		{At: utc("2026-10-31 03:45"), Status: callback.Completed, N: 100}, // 23:45 on the 30th
		{At: utc("2026-10-31 04:00"), Status: callback.Completed, N: 1},   // midnight
		{At: utc("2026-11-01 03:45"), Status: callback.Missed, N: 2},      // 23:45 on the 31st
		{At: utc("2026-11-01 04:00"), Status: callback.Failed, N: 3},      // midnight, summer time
		{At: utc("2026-11-02 04:45"), Status: callback.Cancelled, N: 4},   // 23:45, winter time
		{At: utc("2026-11-02 05:00"), Status: callback.Pending, N: 5},     // midnight
	}}}
	r := reported(t, "2026-11-02 12:00", 3, l)
	if !l.since.Equal(utc("2026-10-31 04:00")) || !l.spent.Equal(l.since) {
		t.Errorf("it was read from %v and %v on", l.since, l.spent)
	}
	got := [3][5]int{}
	for i, d := range r.Days {
		got[i] = [5]int{d.Talked, d.Needs, d.Failed, d.Cancelled, d.Underway}
	}
	if want := [3][5]int{{1, 2, 0, 0, 0}, {0, 0, 3, 4, 0}, {0, 0, 0, 0, 5}}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if r.Days[1].Asked() != 7 || r.Asked[time.Sunday][0] != 3 || r.Asked[time.Sunday][23] != 4 || r.Asked[time.Saturday][23] != 2 {
		t.Errorf("on Sunday %d asked, by hour %v", r.Days[1].Asked(), r.Asked[time.Sunday])
	}
}

func TestTheTimeToRingIsOfThoseWhoAskedWhileItWasOpen(t *testing.T) {
	l := &ledger{Figures: callback.Figures{Waits: []callback.Wait{
		{Asked: utc("2026-10-30 15:00"), Took: 4 * time.Second},
		{Asked: utc("2026-10-30 16:00"), Took: 6 * time.Second},
		{Asked: utc("2026-10-30 22:00"), Took: 60 * time.Hour}, // 18:00, closed
		{Asked: utc("2026-11-02 15:00"), Took: 9 * time.Second},
		{Asked: utc("2026-11-02 13:59"), Took: time.Minute}, // 8:59, closed
	}}}
	r := reported(t, "2026-11-02 12:00", 7, l)
	first, last := r.Days[3], r.Days[6]
	if first.Rang != 5*time.Second || first.Waits != 2 || last.Rang != 9*time.Second || last.Waits != 1 || r.Rang != 6*time.Second || r.Waits != 3 {
		t.Errorf("Friday %v of %d, Monday %v of %d, all %v of %d", first.Rang, first.Waits, last.Rang, last.Waits, r.Rang, r.Waits)
	}
	if r.Days[4].Waits != 0 || r.Days[4].Rang != 0 {
		t.Error("Saturday has a wait")
	}
}

func TestWhatItCost(t *testing.T) {
	l := &ledger{Figures: callback.Figures{Expenses: []callback.Expense{
		{At: utc("2026-11-01 04:00"), N: 2, Cost: 80, Estimated: 40}, // the first, before the report's days
		{At: utc("2026-11-20 15:00"), N: 1, Cost: 20},
		{At: utc("2026-11-20 15:00"), Texts: true, N: 3, Cost: 24, Estimated: 8},
	}}}
	r := reported(t, "2026-11-20 18:00", 7, l)
	if !l.spent.Equal(utc("2026-11-01 04:00")) {
		t.Errorf("it was read from %v on", l.spent)
	}
	today := r.Days[6].Spending
	if want := (desk.Spending{Calls: 1, CallsCost: 20, Texts: 3, TextsCost: 24, Estimated: 8}); today != want || today.Cost() != 44 {
		t.Errorf("today: got %+v, want %+v", today, want)
	}
	if want := (desk.Spending{Calls: 3, CallsCost: 100, Texts: 3, TextsCost: 24, Estimated: 48}); r.Month != want || r.Limit != 5_000_000 {
		t.Errorf("the month: got %+v, want %+v", r.Month, want)
	}
}

func TestAReportIsOfNinetyDaysAtMost(t *testing.T) {
	for days, want := range map[int]int{-1: 1, 0: 1, 30: 30, 90: 90, 91: 90, 100_000: 90} {
		if got := len(reported(t, "2026-11-20 18:00", days, &ledger{}).Days); got != want {
			t.Errorf("asked for %d days: got %d, want %d", days, got, want)
		}
	}
}

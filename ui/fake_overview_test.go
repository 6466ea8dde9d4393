package ui

import (
	"context"
	"fmt"
	"time"

	"ringback/server/desk"
	"ringback/server/hours"
)

func (f *fakeDesk) Report(_ context.Context, days int) (desk.Report, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done = append(f.done, fmt.Sprintf("report %d", days))
	r := desk.Report{Limit: 5_000_000}
	for n := range days {
		d := desk.DayReport{Day: time.Date(2026, 11, 24-days+1+n, 0, 0, 0, 0, time.UTC)}
		if f.reports {
			busyDay(&d, days-n)
			for hour := range 24 {
				r.Asked[d.Day.Weekday()][hour] += max(0, 6-abs(hour-11)) * (1 + int(d.Day.Weekday())%3)
			}
			r.Rang, r.Waits = 5*time.Second, r.Waits+d.Waits
		}
		r.Days = append(r.Days, d)
	}
	r.Month = desk.Spending{Calls: 170, CallsCost: 8_500_000, Texts: 40, TextsCost: 640_000, Estimated: 40_000}
	for weekday := 1; weekday < 6; weekday++ {
		r.Open[weekday] = []hours.Interval{{From: 9 * 60, To: 12*60 + 30}, {From: 13*60 + 30, To: 18 * 60}}
	}
	r.Open[6] = []hours.Interval{{From: 22 * 60, To: 26 * 60}}
	return r, f.broken
}

// busyDay fills a day that is so many days ago, counted from 1.
func busyDay(d *desk.DayReport, ago int) {
	d.Talked, d.Needs, d.Cancelled = 5+ago*7%6, ago*5%4, ago*3%2
	if ago%6 == 0 {
		d.Failed = 1
	}
	if ago == 1 {
		d.Talked, d.Needs, d.Underway = 8, 2, 2
	}
	d.Rang, d.Waits = time.Duration(3+ago%5)*time.Second, d.Talked
	d.Spending = desk.Spending{Calls: 8, CallsCost: 360_000, Texts: 2, TextsCost: 20_000}
}

func abs(n int) int { return max(n, -n) }

// reportedShop is a busy shop with a past.
func reportedShop() *fakeDesk {
	f := loggedShop()
	f.reports = true
	return f
}

package desk

import (
	"context"
	"slices"
	"time"

	"ringback/server/callback"
	"ringback/server/hours"
)

// Reports tell what the last days were like.
type Reports interface {
	// Report is of so many calendar days of the shop's zone, today the last of them; at most
	// LongestReport.
	Report(ctx context.Context, days int) (Report, error)
}

// LongestReport is how many days a report covers at most.
const LongestReport = 90

// Report is what the last days were like.
type Report struct {
	Days  []DayReport         // oldest first, today last; at least one
	Asked [7][24]int          // by weekday, Sunday first, and hour of the shop's clock
	Open  [7][]hours.Interval // the shop's usual week, Sunday first
	Rang  time.Duration       // the median of all days' waits
	Waits int                 // how many waits that is the median of
	Month Spending            // since the first of this month
	Limit int64               // a day's, in millionths of a US dollar; 0: none
}

// DayReport is what one day was like.
type DayReport struct {
	Day                                        time.Time     // when it began
	Talked, Needs, Failed, Cancelled, Underway int           // what became of those who asked on it
	Rang                                       time.Duration // median of how long it took until a shop phone rang
	Waits                                      int           // how many waits that is the median of
	Spending
}

// Asked is how many asked on that day.
func (d DayReport) Asked() int { return d.Talked + d.Needs + d.Failed + d.Cancelled + d.Underway }

// Spending is what calls and texts cost, in millionths of a US dollar.
type Spending struct {
	Calls, Texts         int
	CallsCost, TextsCost int64
	Estimated            int64 // the part that is not the carrier's price yet
}

// Cost is what it comes to.
func (s Spending) Cost() int64 { return s.CallsCost + s.TextsCost }

func (s *Spending) add(e callback.Expense) {
	if e.Texts {
		s.Texts += e.N
		s.TextsCost += e.Cost
	} else {
		s.Calls += e.N
		s.CallsCost += e.Cost
	}
	s.Estimated += e.Estimated
}

// Ledger is where the figures of a report come from.
type Ledger interface {
	Report(ctx context.Context, since, spentSince time.Time) (callback.Figures, error)
}

func (o *Owner) Report(ctx context.Context, days int) (Report, error) {
	days = min(max(1, days), LongestReport)
	zone, now := o.About().Zone, o.Now()
	first, month := midnight(now, zone, 1-days), firstOfMonth(now, zone)
	spent := first
	if month.Before(spent) {
		spent = month
	}
	found, err := o.Ledger.Report(ctx, first, spent)
	if err != nil {
		return Report{}, err
	}
	plan, limit := o.Plan()
	r := Report{Limit: limit}
	for weekday := range r.Open {
		r.Open[weekday] = plan.Week[weekday]
	}
	for n := range days {
		r.Days = append(r.Days, DayReport{Day: midnight(now, zone, 1-days+n)})
	}
	r.count(found.Requests, zone)
	r.wait(found.Waits, plan)
	for _, e := range found.Expenses {
		if d := r.day(e.At); d != nil {
			d.add(e)
		}
		if !e.At.Before(month) {
			r.Month.add(e)
		}
	}
	return r, nil
}

// midnight is when the day began that is so many days after today. It goes through
// time.Date, because not every day has 24 hours.
func midnight(now time.Time, zone *time.Location, days int) time.Time {
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, zone)
}

func firstOfMonth(now time.Time, zone *time.Location) time.Time {
	y, m, _ := now.In(zone).Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, zone)
}

// day is the one that a time is in; nil: none of the report's.
func (r *Report) day(at time.Time) *DayReport {
	i, is := slices.BinarySearchFunc(r.Days, at, func(d DayReport, at time.Time) int { return d.Day.Compare(at) })
	if !is {
		i--
	}
	if i < 0 {
		return nil
	}
	return &r.Days[i]
}

func (r *Report) count(all []callback.Tally, zone *time.Location) {
	for _, t := range all {
		d := r.day(t.At)
		if d == nil {
			continue
		}
		at := t.At.In(zone)
		r.Asked[at.Weekday()][at.Hour()] += t.N
		switch t.Status {
		case callback.Completed:
			d.Talked += t.N
		case callback.NoAnswer, callback.Missed, callback.SMSSent:
			d.Needs += t.N
		case callback.Failed:
			d.Failed += t.N
		case callback.Cancelled, callback.Expired:
			d.Cancelled += t.N
		case callback.Unverified, callback.Pending, callback.Scheduled, callback.Calling, callback.Connecting, callback.Connected:
			d.Underway += t.N
		}
	}
}

// wait looks only at those who asked while the shop was open: the others waited for it to
// open.
func (r *Report) wait(all []callback.Wait, plan hours.Plan) {
	plan.PausedUntil = time.Time{} // a pause of now says nothing of then
	var every []time.Duration
	of := make([][]time.Duration, len(r.Days))
	for _, w := range all {
		d := r.day(w.Asked)
		if d == nil || !plan.Open(w.Asked) {
			continue
		}
		every = append(every, w.Took)
		i := slices.IndexFunc(r.Days, func(o DayReport) bool { return o.Day.Equal(d.Day) })
		of[i] = append(of[i], w.Took)
	}
	for i := range r.Days {
		r.Days[i].Rang, r.Days[i].Waits = median(of[i]), len(of[i])
	}
	r.Rang, r.Waits = median(every), len(every)
}

// median is the middle one, or halfway between the two that are.
func median(all []time.Duration) time.Duration {
	n := len(all)
	if n == 0 {
		return 0
	}
	slices.Sort(all)
	return (all[(n-1)/2] + all[n/2]) / 2
}

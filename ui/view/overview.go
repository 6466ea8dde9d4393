package view

import (
	"strconv"
	"strings"
	"time"

	"ringback/server/desk"
)

// Series is a chart of days: what its bars are, and the same as a table.
type Series struct {
	Bars     []DayBar
	Headings []string
	Rows     [][]string
}

// DayBar is one day of a chart.
type DayBar struct {
	Label string // empty: none
	Parts []Piece
}

// Piece is a part of a bar.
type Piece struct {
	Role Role
	N    float64
}

// Figure is a number, and a line about it.
type Figure struct{ Number, Unit, Below string }

// HeatMap is when people ask, Monday first, with the open hours in parts of a day.
type HeatMap struct {
	Names    []string
	Counts   [][24]int
	Open     [][][2]float32 // from and to, in hours
	Headings []string
	Rows     [][]string
}

// Overview is a report in the owner's words.
type Overview struct {
	Empty   bool // nobody has asked in all its days
	Figures [4]Figure
	ByDay   Series
	Ring    Series
	Heat    HeatMap
	Costs   [][2]string
	Note    string // about the costs; empty: none
}

// labelEvery is how many days are between two labels below a chart of so many.
func labelEvery(days int) int { return max(1, (days+4)/5) }

// Overview makes words of a report.
func (w Words) Overview(r desk.Report, now time.Time) Overview {
	o := Overview{Empty: true, Figures: w.figures(r), Heat: w.heat(r)}
	o.ByDay.Headings = []string{
		w.Say("overview_day"), w.Say("overview_asked"), w.Say("overview_talked"), w.Say("overview_needs"),
		w.Say("overview_failed"), w.Say("overview_cancelled"), w.Say("overview_underway"),
	}
	o.Ring.Headings = []string{w.Say("overview_day"), w.Say("overview_ring_median"), w.Say("overview_ring_of")}
	every := labelEvery(len(r.Days))
	for i, d := range r.Days {
		day, label := w.date(d.Day, now), ""
		if (len(r.Days)-1-i)%every == 0 { // today has one
			label = day
		}
		o.Empty = o.Empty && d.Asked() == 0
		o.ByDay.Bars = append(o.ByDay.Bars, DayBar{label, []Piece{
			{Talked, float64(d.Talked)}, {Needs, float64(d.Needs)}, {Failed, float64(d.Failed)}, {Planned, float64(d.Underway)}, {Quiet, float64(d.Cancelled)},
		}})
		o.ByDay.Rows = append(o.ByDay.Rows, append([]string{day}, w.counts(d.Asked(), d.Talked, d.Needs, d.Failed, d.Cancelled, d.Underway)...))
		o.Ring.Bars = append(o.Ring.Bars, DayBar{label, []Piece{{Live, d.Rang.Seconds()}}})
		o.Ring.Rows = append(o.Ring.Rows, []string{day, w.took(d.Rang, d.Waits), Number(d.Waits, w.Language)})
	}
	o.Costs, o.Note = w.costs(r, now)
	return o
}

func (w Words) counts(all ...int) (said []string) {
	for _, n := range all {
		said = append(said, Number(n, w.Language))
	}
	return said
}

// took is a median as it stands in a table.
func (w Words) took(median time.Duration, of int) string {
	if of == 0 {
		return "–"
	}
	number, unit := length(median)
	return number + " " + unit
}

// length is a time in one number and its unit.
func length(d time.Duration) (number, unit string) {
	switch {
	case d < 10*time.Second:
		return strings.TrimSuffix(strconv.FormatFloat(d.Seconds(), 'f', 1, 64), ".0"), "s"
	case d < 2*time.Minute:
		return strconv.Itoa(int(d.Round(time.Second) / time.Second)), "s"
	}
	return strconv.Itoa(int(d.Round(time.Minute) / time.Minute)), "min"
}

// figures are today's, each beside what is usual in the days of the report.
func (w Words) figures(r desk.Report) [4]Figure {
	today := r.Days[len(r.Days)-1]
	asked, talked, days := 0, 0, 0
	for _, d := range r.Days {
		asked, talked = asked+d.Asked(), talked+d.Talked
		if asked > 0 {
			days++ // before the first request there was nothing usual
		}
	}
	f := [4]Figure{
		{Number: Number(today.Asked(), w.Language), Below: w.Say("overview_first_day")},
		{Number: Number(today.Talked, w.Language), Below: w.Say("overview_of_asked", "part", percent(today.Talked, today.Asked()))},
		{Number: Number(today.Needs, w.Language), Below: w.Say("overview_not_reached")},
		{Number: "–", Below: w.Say("overview_none_rang")},
	}
	if today.Waits > 0 {
		f[3].Number, f[3].Unit = length(today.Rang)
		f[3].Below = w.Say("overview_until_rang")
	}
	if days <= 1 {
		return f
	}
	f[0].Below = w.Say("overview_usual_day", "n", w.average(asked, days))
	f[1].Below = w.Say("overview_of_all", "part", percent(today.Talked, today.Asked()), "usual", percent(talked, asked))
	if today.Waits > 0 {
		f[3].Below = w.Say("overview_usual_wait", "time", w.took(r.Rang, r.Waits))
	}
	return f
}

// average is with one decimal.
func (w Words) average(sum, n int) string {
	s := strconv.FormatFloat(float64(sum)/float64(n), 'f', 1, 64)
	if strings.HasPrefix(w.Language, "es") {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return strconv.Itoa((n*100+of/2)/of) + " %"
}

func (w Words) heat(r desk.Report) HeatMap {
	h := HeatMap{Headings: []string{""}}
	for hour := range 24 {
		h.Headings = append(h.Headings, strconv.Itoa(hour))
	}
	names := strings.Fields(w.Say("overview_weekdays"))
	for i := range 7 {
		day := (i + 1) % 7 // Monday first
		h.Names = append(h.Names, names[day])
		h.Counts = append(h.Counts, r.Asked[day])
		h.Rows = append(h.Rows, append([]string{names[day]}, w.counts(r.Asked[day][:]...)...))
	}
	h.Open = openHours(r)
	return h
}

// openHours are the usual ones, Monday first. What passes midnight is drawn on both days.
func openHours(r desk.Report) [][][2]float32 {
	const day = 24 * 60
	all := make([][][2]float32, 7)
	add := func(weekday, from, to int) {
		i := (weekday + 6) % 7
		all[i] = append(all[i], [2]float32{float32(from) / 60, float32(to) / 60})
	}
	for weekday, open := range r.Open {
		for _, span := range open {
			add(weekday, span.From, min(span.To, day))
			if span.To > day {
				add((weekday+1)%7, 0, span.To-day)
			}
		}
	}
	return all
}

// costs are what was spent. What is not the carrier's price yet is marked.
func (w Words) costs(r desk.Report, now time.Time) (lines [][2]string, note string) {
	today := r.Days[len(r.Days)-1].Spending
	about := func(cost int64, estimated bool) string {
		if estimated {
			return w.Say("overview_about", "sum", dollars(cost))
		}
		return dollars(cost)
	}
	month := strings.Fields(w.Say("months"))[now.In(w.Zone).Month()-1]
	lines = [][2]string{
		{w.Say("overview_cost_today"), about(today.Cost(), today.Estimated > 0)},
		{w.Say("overview_cost_month", "month", month), about(r.Month.Cost(), r.Month.Estimated > 0)},
		{w.Say("overview_cost_texts", "month", month), about(r.Month.TextsCost, r.Month.Estimated > 0)},
	}
	if r.Month.Calls > 0 {
		lines = append(lines, [2]string{w.Say("overview_cost_call"), about(r.Month.CallsCost/int64(r.Month.Calls), r.Month.Estimated > 0)})
	}
	if r.Limit > 0 {
		lines = append(lines, [2]string{w.Say("overview_cost_limit"), dollars(r.Limit)})
	}
	switch {
	case w.Practice:
		note = w.Say("overview_cost_practice")
	case today.Estimated > 0 || r.Month.Estimated > 0:
		note = w.Say("overview_cost_estimated")
	}
	return lines, note
}

// dollars is a sum in millionths of a US dollar, in cents.
func dollars(sum int64) string {
	cents := (sum + 5000) / 10000
	return "$" + strconv.FormatInt(cents/100, 10) + "." + strconv.FormatInt(cents%100/10, 10) + strconv.FormatInt(cents%10, 10)
}

// HeatNames are the days of a week, short, Monday first.
func (w Words) HeatNames() []string { return w.heat(desk.Report{}).Names }

// NoReport says that nobody has asked in so many days, and what to do.
func (w Words) NoReport(days int, s desk.Shop) Empty {
	e := Empty{Title: w.Say("overview_empty", "n", strconv.Itoa(days)), Text: w.Say("overview_empty_do")}
	if s.Practice {
		e.Text = w.Say("overview_empty_practice")
	}
	return e
}

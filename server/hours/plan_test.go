package hours_test

import (
	"testing"
	"time"

	"ringback/server/hours"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// weekdays is a plan of nine to five from Monday to Friday, with a bar on Saturday that
// closes at two in the night.
func weekdays(t *testing.T) hours.Plan {
	p := hours.Plan{Zone: zone(t, "America/New_York"), Dates: map[hours.Date][]hours.Interval{}}
	for d := time.Monday; d <= time.Friday; d++ {
		p.Week[d] = []hours.Interval{{From: 9 * 60, To: 17 * 60}}
	}
	p.Week[time.Saturday] = []hours.Interval{{From: 18 * 60, To: 26 * 60}}
	return p
}

func TestPlan(t *testing.T) {
	at := func(text string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", text, zone(t, "America/New_York"))
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, c := range []struct {
		name   string
		change func(p *hours.Plan)
		now    string
		closes string // empty: it is closed
		opens  string // empty: never
	}{
		{"in the middle of the day", nil, "2026-11-24 12:00", "2026-11-24 17:00", "2026-11-24 12:00"},
		{"the minute it opens", nil, "2026-11-24 09:00", "2026-11-24 17:00", "2026-11-24 09:00"},
		{"the minute before", nil, "2026-11-24 08:59", "", "2026-11-24 09:00"},
		{"the minute it closes", nil, "2026-11-24 17:00", "", "2026-11-25 09:00"},
		{"over the weekend", nil, "2026-11-29 12:00", "", "2026-11-30 09:00"},
		{"after midnight, by the day before", nil, "2026-11-29 01:30", "2026-11-29 02:00", "2026-11-29 01:30"},
		{"intervals that touch are one", func(p *hours.Plan) { p.Week[2] = []hours.Interval{{540, 720}, {720, 1020}} }, "2026-11-24 10:00", "2026-11-24 17:00", "2026-11-24 10:00"},
		{"a date beats the week", func(p *hours.Plan) { p.Dates[hours.Date{Year: 2026, Month: 11, Day: 24}] = nil }, "2026-11-24 12:00", "", "2026-11-25 09:00"},
		{"a holiday is closed", func(p *hours.Plan) { p.Holiday = hours.Holidays("US") }, "2026-11-26 12:00", "", "2026-11-27 09:00"},
		{"a date beats a holiday", func(p *hours.Plan) {
			p.Holiday, p.Dates[hours.Date{Year: 2026, Month: 11, Day: 26}] = hours.Holidays("US"), []hours.Interval{{600, 720}}
		}, "2026-11-26 11:00", "2026-11-26 12:00", "2026-11-26 11:00"},
		{"a pause within hours", func(p *hours.Plan) { p.PausedUntil = at("2026-11-24 12:15") }, "2026-11-24 12:00", "", "2026-11-24 12:15"},
		{"a pause beyond closing", func(p *hours.Plan) { p.PausedUntil = at("2026-11-24 18:00") }, "2026-11-24 12:00", "", "2026-11-25 09:00"},
		{"a pause that is over", func(p *hours.Plan) { p.PausedUntil = at("2026-11-24 11:00") }, "2026-11-24 12:00", "2026-11-24 17:00", "2026-11-24 12:00"},
		{"never open", func(p *hours.Plan) { *p = hours.Plan{Zone: p.Zone} }, "2026-11-24 12:00", "", ""},
		{"only a date far ahead", func(p *hours.Plan) {
			*p = hours.Plan{Zone: p.Zone, Dates: map[hours.Date][]hours.Interval{{Year: 2027, Month: 12, Day: 20}: {{540, 600}}}}
		}, "2026-11-24 12:00", "", "2027-12-20 09:00"},
		{"a date too far ahead", func(p *hours.Plan) {
			*p = hours.Plan{Zone: p.Zone, Dates: map[hours.Date][]hours.Interval{{Year: 2028, Month: 6, Day: 1}: {{540, 600}}}}
		}, "2026-11-24 12:00", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := weekdays(t)
			if c.change != nil {
				c.change(&p)
			}
			if got := p.Open(at(c.now)); got != (c.closes != "") {
				t.Errorf("open: %v", got)
			}
			for what, x := range map[string]struct {
				got  time.Time
				want string
			}{"closes": {p.ClosesAt(at(c.now)), c.closes}, "opens": {p.NextOpening(at(c.now)), c.opens}} {
				var want time.Time
				if x.want != "" {
					want = at(x.want)
				}
				if !x.got.Equal(want) {
					t.Errorf("%s at %v, want %v", what, x.got, want)
				}
			}
		})
	}
}

func TestOpenAllDayNeverCloses(t *testing.T) {
	p := hours.Plan{Zone: zone(t, "America/New_York")}
	for i := range p.Week {
		p.Week[i] = []hours.Interval{{From: 0, To: hours.DayMinutes}}
	}
	if at := p.ClosesAt(time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)); !at.IsZero() {
		t.Errorf("closes at %v", at)
	}
}

func TestHolidays(t *testing.T) {
	for region, days := range map[string]map[string]string{
		"US": {"2026-07-04": "Independence Day", "2026-07-03": "", "2026-11-26": "Thanksgiving Day"},
		"DE": {"2026-10-03": "Tag der Deutschen Einheit", "2026-12-25": "Weihnachtstag"},
		"GB": {"2026-12-25": "Christmas Day"},
	} {
		is := hours.Holidays(region)
		for day, want := range days {
			when, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			if name, holiday := is(hours.DateOf(when)); name != want || holiday != (want != "") {
				t.Errorf("%s %s: got %q, want %q", region, day, name, want)
			}
		}
	}
	if hours.Holidays("AU") != nil || hours.Holidays("XX") != nil {
		t.Error("holidays of a country that has none for all of it")
	}
	if n := len(hours.HolidayCountries()); n < 40 {
		t.Errorf("%d countries", n)
	}
}

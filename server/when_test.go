package server

import (
	"strings"
	"testing"
	"time"

	"ringback/server/hours"

	"ringback/assets"
)

func at(t *testing.T, zone, text string) time.Time {
	t.Helper()
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, place)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestPhrases(t *testing.T) {
	const zone = "America/New_York"
	now := at(t, zone, "2026-10-30 10:00") // a Friday; the clocks go back on Sunday
	cases := []struct {
		name, language, moment string
		phrase, alone          string
	}{
		{"today", "en", "2026-10-30 10:47", "today at 10:47", "10:47"},
		{"tomorrow", "en", "2026-10-31 09:00", "tomorrow at 09:00", "Tomorrow at 09:00"},
		{"beyond a day of 25 hours", "en", "2026-11-02 09:00", "Monday at 09:00", "Monday at 09:00"},
		{"in six days", "en", "2026-11-05 09:00", "Thursday at 09:00", "Thursday at 09:00"},
		{"in seven days", "en", "2026-11-06 09:00", "on 6 November at 09:00", "On 6 November at 09:00"},
		{"hoy", "es", "2026-10-30 10:47", "hoy a las 10:47", "10:47"},
		{"la una", "es", "2026-10-31 01:30", "mañana a la 01:30", "Mañana a la 01:30"},
		{"el lunes", "es", "2026-11-02 09:00", "el lunes a las 09:00", "El lunes a las 09:00"},
		{"otro día", "es", "2026-12-05 09:00", "el 5 de diciembre a las 09:00", "El 5 de diciembre a las 09:00"},
		{"what is past is named by its date", "en", "2026-10-29 09:00", "on 29 October at 09:00", "On 29 October at 09:00"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			moment := at(t, zone, c.moment)
			if got := phrase(c.language, moment, now); got != c.phrase {
				t.Errorf("phrase is %q, want %q", got, c.phrase)
			}
			if got := alone(c.language, moment, now); got != c.alone {
				t.Errorf("alone it is %q, want %q", got, c.alone)
			}
		})
	}
}

func TestEveryLanguageHasACalendar(t *testing.T) {
	for _, language := range assets.Languages() {
		if c := calendars[language]; c.at == "" || c.weekdays[6] == "" || c.months[11] == "" {
			t.Errorf("%s has no calendar", language)
		}
	}
}

func TestChoicesAreHalfHoursOfTheNextTwoOpenDays(t *testing.T) {
	cases := []struct {
		name, zone, now   string
		first, last       string
		count             int
		neverLabel, value string
	}{
		{"in the morning", "America/New_York", "2026-11-24 10:10", "Today 10:30", "Tomorrow 23:30", 27 + 48, "", "2026-11-24T10:30:00-05:00"},
		{"on the half hour the next one is first", "America/New_York", "2026-11-24 10:30", "Today 11:00", "Tomorrow 23:30", 26 + 48, "", "2026-11-24T11:00:00-05:00"},
		{"late at night today is over", "America/New_York", "2026-11-24 23:40", "Tomorrow 00:00", "Thursday 23:30", 96, "", "2026-11-25T00:00:00-05:00"},
		{"an hour that is skipped is not offered", "America/New_York", "2026-03-07 23:40", "Tomorrow 00:00", "Monday 23:30", 94, "Tomorrow 02:30", "2026-03-08T00:00:00-05:00"},
		{"an hour that comes twice is offered once", "America/New_York", "2026-10-31 23:40", "Tomorrow 00:00", "Monday 23:30", 96, "", "2026-11-01T00:00:00-04:00"},
		{"where clocks stand three quarters off", "Asia/Kathmandu", "2026-11-24 10:10", "Today 10:30", "Tomorrow 23:30", 27 + 48, "", "2026-11-24T10:30:00+05:45"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			now := at(t, c.zone, c.now)
			got := choices("en", now, alwaysOpen(now.Location()))
			if len(got) != c.count || got[0].Label != c.first || got[len(got)-1].Label != c.last || got[0].Value != c.value {
				t.Fatalf("%d choices from %+v to %+v", len(got), got[0], got[len(got)-1])
			}
			seen := map[string]bool{}
			for _, choice := range got {
				if seen[choice.Label] || choice.Label == c.neverLabel {
					t.Errorf("%q is offered", choice.Label)
				}
				seen[choice.Label] = true
				if !strings.HasPrefix(choice.Label, choice.Day) || choice.When == "" {
					t.Errorf("choice is %+v", choice)
				}
			}
		})
	}
}

func alwaysOpen(zone *time.Location) hours.Plan {
	p := hours.Plan{Zone: zone}
	for i := range p.Week {
		p.Week[i] = []hours.Interval{{From: 0, To: hours.DayMinutes}}
	}
	return p
}

func TestChoicesAreWithinTheHoursOfTwoOpenDays(t *testing.T) {
	now := at(t, "America/New_York", "2026-11-27 16:10") // a Friday
	p := hours.Plan{Zone: now.Location()}
	for d := time.Monday; d <= time.Friday; d++ {
		p.Week[d] = []hours.Interval{{From: 9 * 60, To: 17 * 60}}
	}
	got := choices("en", now, p)
	if n := len(got); n != 1+16 || got[0].Label != "Today 16:30" || got[1].Label != "Monday 09:00" || got[n-1].Label != "Monday 16:30" {
		t.Errorf("got %+v", got)
	}
	if got := choices("en", now, hours.Plan{Zone: now.Location()}); len(got) != 0 {
		t.Errorf("a shop that never opens offers %+v", got)
	}
	p.PausedUntil = now.AddDate(0, 0, 10) // a Monday, 16:10
	if got := choices("en", now, p); len(got) == 0 || got[0].Label != "7 December 16:30" {
		t.Errorf("a shop that is away offers %+v", got[0])
	}
}

func TestWeekLine(t *testing.T) {
	day := []hours.Interval{{From: 9 * 60, To: 12*60 + 30}, {From: 13*60 + 30, To: 17 * 60}}
	late := []hours.Interval{{From: 18 * 60, To: 26 * 60}}
	for _, c := range []struct {
		name, language string
		week           [7][]hours.Interval // from Sunday
		want           string
	}{
		{"always", "en", alwaysOpen(time.UTC).Week, ""},
		{"never", "en", [7][]hours.Interval{}, ""},
		{"days alike are put together", "en", [7][]hours.Interval{nil, day, day, day, day, day, late}, "Mon–Fri 09:00–12:30, 13:30–17:00, Sat 18:00–02:00"},
		{"in Spanish", "es", [7][]hours.Interval{late, nil, nil, late, nil, nil, nil}, "Mié 18:00–02:00, Dom 18:00–02:00"},
		{"a whole day among others", "en", [7][]hours.Interval{nil, {{From: 0, To: hours.DayMinutes}}}, "Mon 00:00–24:00"},
	} {
		if got := weekLine(c.language, hours.Plan{Week: c.week}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCityOfAZone(t *testing.T) {
	for zone, want := range map[string]string{
		"America/New_York": "New York", "America/Argentina/Buenos_Aires": "Buenos Aires", "UTC": "", "Etc/GMT+5": "",
	} {
		if got := city(zone); got != want {
			t.Errorf("city of %s is %q, want %q", zone, got, want)
		}
	}
}

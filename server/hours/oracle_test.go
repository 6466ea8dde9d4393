package hours_test

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // not each computer has the zones

	"ringback/server/hours"
)

// A second opinion that knows nothing of offsets: it looks at every minute of three
// years on the wall of the place. An interval begins at the first minute that is as late
// as its beginning, and ends after the last that is earlier than its end.
func TestThreeYearsMinuteByMinute(t *testing.T) {
	for _, c := range []struct {
		zone string
		year int // the first of the three
	}{
		{"America/New_York", 2025}, {"Europe/Berlin", 2025}, {"America/Sao_Paulo", 2016}, // midnight
		{"Australia/Lord_Howe", 2025},  // half an hour
		{"America/Havana", 2024},       // midnight, back to 23:00
		{"Asia/Beirut", 2024},          // midnight, forward from 00:00
		{"Africa/Cairo", 2024},         // midnight
		{"Asia/Kathmandu", 2025},       // never
		{"Africa/Casablanca", 2025},    // around Ramadan
		{"America/Scoresbysund", 2023}, // changed its zone
		{"Antarctica/Troll", 2024},     // two hours
		{"Pacific/Apia", 2010},         // skipped a day
		{"Asia/Tehran", 2020},          // midnight
		{"Pacific/Kwajalein", 1992},    // skipped a day
	} {
		t.Run(c.zone, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(c.zone)
			if err != nil {
				t.Fatal(err)
			}
			o := newOracle(zone, c.year)
			chance := rand.New(rand.NewPCG(1, uint64(c.year)))
			for range 3 {
				o.compare(t, randomPlan(zone, c.year, chance))
			}
		})
	}
}

// randomPlan has up to three intervals a day, some past midnight, and some dates of its own.
func randomPlan(zone *time.Location, year int, chance *rand.Rand) hours.Plan {
	day := func() (all []hours.Interval) {
		at := chance.IntN(180)
		for range chance.IntN(4) {
			to := at + 1 + chance.IntN(600)
			if chance.IntN(3) == 0 {
				to = at + 1 + chance.IntN(60) // short ones fall into the hour that is skipped or repeated
			}
			all = append(all, hours.Interval{From: at, To: min(to, at+hours.DayMinutes)})
			if at = to + chance.IntN(200); at >= hours.DayMinutes {
				break
			}
		}
		if chance.IntN(5) == 0 {
			return []hours.Interval{{From: 0, To: hours.DayMinutes}}
		}
		return all
	}
	p := hours.Plan{Zone: zone, Dates: map[hours.Date][]hours.Interval{}}
	for i := range p.Week {
		p.Week[i] = day()
	}
	for range 60 {
		d := time.Date(year, 1, 1+chance.IntN(3*365), 0, 0, 0, 0, time.UTC)
		p.Dates[hours.DateOf(d)] = day()
	}
	return p
}

// oracle has the wall clock of each minute, and for each wall-clock minute since its
// beginning the first minute that is as late and the one after the last that is earlier.
type oracle struct {
	zone        *time.Location
	begin       time.Time
	day         hours.Date // of the first wall-clock minute
	first, last []int
	minutes     int
}

func newOracle(zone *time.Location, year int) *oracle {
	// Two days around, so that no interval begins before.
	o := &oracle{zone: zone, begin: time.Date(year, 1, 3, 0, 0, 0, 0, time.UTC), day: hours.Date{Year: year, Month: 1, Day: 1}}
	o.minutes = 3 * 365 * hours.DayMinutes
	walls := make([]int, o.minutes)
	zero := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range walls {
		t := o.begin.Add(time.Duration(i) * time.Minute).In(zone)
		y, m, d := t.Date()
		walls[i] = int(time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, time.UTC).Sub(zero) / time.Minute)
	}
	size := o.minutes + 6*hours.DayMinutes
	o.first, o.last = make([]int, size), make([]int, size)
	done := 0
	for i, w := range walls {
		for ; done <= w; done++ {
			o.first[done] = i
		}
	}
	for ; done < size; done++ {
		o.first[done] = o.minutes
	}
	undone := size - 1
	for i := len(walls) - 1; i >= 0; i-- {
		for ; undone > walls[i]; undone-- {
			o.last[undone] = i + 1
		}
	}
	return o
}

// open says for each minute whether the shop is open.
func (o *oracle) open(p hours.Plan) []bool {
	open := make([]bool, o.minutes)
	for n := 0; (n+2)*hours.DayMinutes < len(o.first)-3*hours.DayMinutes; n++ {
		noon := time.Date(o.day.Year, o.day.Month, o.day.Day+n, 12, 0, 0, 0, time.UTC)
		intervals := p.Week[noon.Weekday()]
		if own, is := p.Dates[hours.DateOf(noon)]; is {
			intervals = own
		}
		for _, i := range intervals {
			for t := o.first[n*hours.DayMinutes+i.From]; t < o.last[n*hours.DayMinutes+i.To]; t++ {
				open[t] = true
			}
		}
	}
	return open
}

// compare asks the plan at each minute at which the oracle opens or closes, just before,
// and in between.
func (o *oracle) compare(t *testing.T, p hours.Plan) {
	t.Helper()
	open := o.open(p)
	at := func(i int) time.Time { return o.begin.Add(time.Duration(i) * time.Minute) }
	changed := 0
	margin := 5 * hours.DayMinutes
	for i := 1; i < o.minutes-margin; i++ {
		if open[i] == open[i-1] {
			continue
		}
		for _, j := range []int{i - 1, i, (changed + i) / 2} {
			if got := p.Open(at(j)); got != open[j] {
				t.Fatalf("%s: open %v, want %v", at(j).In(o.zone), got, open[j])
			}
		}
		if next := p.NextOpening(at(changed)); open[i] && !open[changed] && !next.Equal(at(i)) {
			t.Fatalf("closed at %s: opens next at %s, want %s", at(changed).In(o.zone), next, at(i).In(o.zone))
		}
		if closes := p.ClosesAt(at(changed)); !open[i] && open[changed] && changed > 0 && !closes.Equal(at(i)) {
			t.Fatalf("open at %s: closes at %s, want %s", at(changed).In(o.zone), closes, at(i).In(o.zone))
		}
		changed = i
	}
}

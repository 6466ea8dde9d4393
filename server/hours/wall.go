package hours

import "time"

// A wall-clock time can come twice, when the clocks are put back, or never, when they are
// put forward. What opens then opens the first time that it is that late; what closes
// closes when it is that late for good. Both are instants, so that an interval is one
// stretch of time, and in a gap both are the moment of the leap.

// first is the first instant at which the wall clock has reached that minute of the day
// (or of a later day).
func (p Plan) first(d Date, minute int) time.Time {
	wanted := wall(d, minute)
	return p.cross(wanted, false)
}

// last is the end of the last instant at which it had not.
func (p Plan) last(d Date, minute int) time.Time {
	wanted := wall(d, minute)
	return p.cross(wanted, true)
}

// wall is a wall-clock time as if it were UTC, so that two can be compared.
func wall(d Date, minute int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, time.UTC)
}

// cross finds the instant at which the wall clock crosses the wanted time: the first
// crossing, or the last one. Between two changes of the zone's clocks the wall clock runs
// as true time does, so it is enough to look at each such stretch around.
func (p Plan) cross(wanted time.Time, last bool) (at time.Time) {
	const around = 50 * time.Hour // more than any two offsets differ, the date line included
	from, to := wanted.Add(-around), wanted.Add(around)
	for t := from; t.Before(to); {
		local := t.In(p.zone())
		_, end := local.ZoneBounds()
		if end.IsZero() || end.After(to) {
			end = to
		}
		_, offset := local.Zone()
		crossing := wanted.Add(-time.Duration(offset) * time.Second)
		switch {
		case !crossing.After(t): // reached before this stretch, or by its leap
			crossing = t
		case !crossing.Before(end): // not reached in it
			t = end
			continue
		}
		before := reached(t.Add(-1).In(p.zone()), wanted)
		if crossing.After(t) || !before {
			if at = crossing; !last {
				return at.In(p.zone())
			}
		}
		t = end
	}
	return at.In(p.zone())
}

// reached says whether the wall clock at t is as late as that, or later.
func reached(t, wanted time.Time) bool {
	y, m, d := t.Date()
	return !time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC).Before(wanted)
}

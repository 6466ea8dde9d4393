package view

import (
	"time"

	"ringback/server/callback"
)

// Row is a request in the list.
type Row struct {
	ID      int64
	Title   string    // the name, or else the number
	Now     string    // what happens now, in words
	Third   string    // the number, or that no name was given
	Age     string    // how long ago it was asked; while a call is on, its clock
	Running time.Time // since when the clock runs; zero: it is no clock
	Asked   time.Time
	Chip    Chip
}

// Row makes a row of a request. line is who is on the phone and who waits, as in
// desk.Shop.
func (w Words) Row(r callback.Request, line []callback.Request, now time.Time) Row {
	row := Row{
		ID: r.ID, Title: w.who(r), Now: w.now(r, line, now), Third: w.number(r.Number),
		Asked: r.AskedAt, Chip: w.chip(r),
	}
	if row.Title == row.Third {
		row.Third = w.Say("no_name")
	}
	if r.Status.UnderWay() {
		row.Running = runningSince(r)
	}
	row.Age = w.Age(row, now)
	return row
}

// Age is what a row's age has become by now, for a clock that runs.
func (w Words) Age(r Row, now time.Time) string {
	if !r.Running.IsZero() {
		return Clock(r.Running, now)
	}
	return w.age(r.Asked, now)
}

// runningSince is when what goes on now began: this phone's ringing, the whisper,
// the visitor's ringing, the talk.
func runningSince(r callback.Request) time.Time {
	var since time.Time
	switch r.Status {
	case callback.Calling:
		if leg, ok := newest(r, callback.ShopLeg); ok {
			since = leg.Started
			if leg.Status == callback.CallAnswered {
				since = leg.Answer
			}
		}
	case callback.Connecting:
		if leg, ok := newest(r, callback.VisitorLeg); ok {
			since = leg.Started
		}
	case callback.Connected:
		since = r.TalkFrom
	default: // no clock runs
	}
	if since.IsZero() {
		return r.UpdatedAt
	}
	return since
}

// newest is the last leg of that role.
func newest(r callback.Request, role callback.Role) (callback.Leg, bool) {
	for i := len(r.Legs) - 1; i >= 0; i-- {
		if r.Legs[i].Role == role {
			return r.Legs[i], true
		}
	}
	return callback.Leg{}, false
}

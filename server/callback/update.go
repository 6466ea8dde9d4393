package callback

import (
	"context"
	"time"
)

// update is one transaction of the engine's: what it changed is told after the commit.
type update struct {
	*Engine
	tx    Tx
	now   time.Time
	moved []Moved
	lines []line

	settled int // how many of moved the line has been moved for
}

// line is what the log will say of an event once it is committed. trace is the
// X-Request-ID of the post that asked, so that one grep finds a request's whole way.
type line struct {
	request int64
	event   Event
	from    Status
	to      Status
	trace   string
}

// update runs f in the writer, then lets the line move, and after the commit tells
// whoever watches.
func (e *Engine) update(ctx context.Context, f func(u *update) error) error {
	u := &update{Engine: e}
	err := e.Store.Update(ctx, func(tx Tx) error {
		u.tx, u.now = tx, e.now()
		e.notice(u.now)
		if err := f(u); err != nil {
			return err
		}
		if len(u.moved) == u.settled {
			return nil
		}
		return u.moveLine()
	})
	if err != nil {
		e.saving.failed(err, e.now())
		return err
	}
	if len(u.moved) > 0 {
		e.saving.worked()
	}
	for _, l := range u.lines {
		e.log().InfoContext(ctx, "event", "kind", l.event.Kind, "request", l.request, "leg", l.event.Leg+l.event.Text,
			"from", l.from, "to", l.to, "trace", l.trace)
	}
	for _, m := range u.moved {
		if e.Watch != nil && m.From != m.Request.Status {
			e.Watch(m)
		}
		e.hub.tell(m.Request.ID)
	}
	if len(u.moved) > 0 {
		e.nudge()
	}
	return nil
}

func (u *update) find(ev Event) (Request, error) {
	if ev.Text != "" {
		return u.tx.ByText(ev.Text)
	}
	return u.tx.ByLeg(ev.Leg)
}

// apply lets Next decide and stores what it decided.
func (u *update) apply(r Request, ev Event) (Decision, error) {
	if ev.At.IsZero() {
		ev.At = u.now
	}
	rules, err := u.rules(r, ev.At)
	if err != nil {
		return Decision{}, err
	}
	d := Next(r, ev, rules)
	switch {
	case d.Bug != nil:
		u.Engine.log().Error("a move that the status table does not know", "request", r.ID, "err", d.Bug)
		return d, d.Bug
	case d.Refused != nil:
		return d, d.Refused
	}
	if err := u.save(r, &d.Request); err != nil {
		return d, err
	}
	id := d.Request.ID
	u.lines = append(u.lines, line{id, ev, r.Status, d.Request.Status, r.Trace})
	for _, eff := range d.Effects {
		eff.Request = id
		if _, err := u.tx.Add(eff); err != nil {
			return d, err
		}
	}
	for _, n := range d.Notes {
		if err := u.tx.Log(ev.At, id, n); err != nil {
			return d, err
		}
	}
	return d, u.mirror(r, d.Request)
}

// save stores a request; a new one gets its id here.
func (u *update) save(was Request, r *Request) (err error) {
	if r.ID == 0 {
		r.ID, err = u.tx.Insert(*r)
	} else {
		err = u.tx.Save(*r)
	}
	if err != nil {
		return err
	}
	u.moved = append(u.moved, Moved{Request: *r, From: was.Status})
	return nil
}

// rules adds to the owner's rules what only this transaction can tell.
func (u *update) rules(r Request, at time.Time) (Rules, error) {
	rules := u.Rules(at)
	rules.AwakeSince = time.UnixMilli(u.awake.Load())
	under, err := u.tx.UnderWay()
	if err != nil {
		return rules, err
	}
	cameIn, err := u.tx.OnTheLine()
	if err != nil {
		return rules, err
	}
	if r.Status == Pending { // a round that begins now leaves out what it would find busy
		busy, _, err := u.engaged(under, cameIn)
		if err != nil {
			return rules, err
		}
		if left := free(rules.Phones, busy); len(left) > 0 {
			rules.Phones = left
		}
	}
	others, promised := len(cameIn), 0
	var reserved int64
	for _, id := range under {
		if id == r.ID {
			continue
		}
		if others++; rules.CallsDay == 0 && rules.SpendDay == 0 {
			continue // nothing is promised where there is no limit
		}
		o, err := u.tx.Request(id)
		if err != nil {
			return rules, err
		}
		n, cost := o.promised()
		promised, reserved = promised+n, reserved+cost
	}
	if rules.LineFull = others >= rules.Line; !rules.LineFull && r.Status == Pending {
		if rules.LineFull, err = u.lingers(rules); err != nil {
			return rules, err
		}
	}
	rules.CallsLeft = -1
	if rules.CallsDay > 0 {
		made, err := u.tx.LegsStarted(rules.dayStart(at))
		if err != nil {
			return rules, err
		}
		rules.CallsLeft = max(0, rules.CallsDay-made-promised)
	}
	rules.SpendLeft = -1
	if rules.SpendDay > 0 {
		spent, err := u.tx.Spent(rules.dayStart(at))
		if err != nil {
			return rules, err
		}
		rules.SpendLeft = max(0, rules.SpendDay-spent-reserved)
	}
	return rules, nil
}

// promised is how many legs a call under way may still need, and what they may come to:
// a round is begun only when its legs are in the budget, and they stay reserved for it.
func (r Request) promised() (legs int, cost int64) {
	if r.Status != Calling && (r.Status != Connecting || r.current(VisitorLeg) >= 0) {
		return 0, 0
	}
	for _, l := range r.Legs {
		if l.Status == CallWanted {
			legs, cost = legs+1, cost+r.reserve(l)
		}
	}
	return legs + 1, cost + r.reserve(Leg{Role: VisitorLeg, To: r.Number})
}

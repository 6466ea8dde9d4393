package callback

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Engine moves requests. Its fields are set before its first use and not changed
// after.
type Engine struct {
	Store    Store
	Carrier  Carrier  // nil: live, in trouble: requests are taken, nothing can be called
	Notifier Notifier // nil: nobody is told
	Rules    func(now time.Time) Rules
	Now      func() time.Time // time.Now when nil
	Log      *slog.Logger     // nil: slog.Default()
	Watch    func(Moved)      // told after each commit, for the metrics; nil: nobody

	hub     hub
	flights sync.Map     // ids of effects that are being performed
	slots   atomic.Int32 // how many
	wake    chan struct{}
	wakeBy  sync.Once
	beat    atomic.Int64 // Unix milliseconds of the last look at the clock; 0: not running yet
	awake   atomic.Int64 // Unix milliseconds of the start, or of the last leap of the clock
	leapt   atomic.Bool  // the runner has yet to see to a leap
}

// Moved is a request's change of status.
type Moved struct {
	Request Request
	From    Status
}

func (e *Engine) now() time.Time {
	if e.Now != nil {
		return e.Now().UTC().Truncate(time.Millisecond)
	}
	return time.Now().UTC().Truncate(time.Millisecond)
}

func (e *Engine) log() *slog.Logger {
	if e.Log != nil {
		return e.Log
	}
	return slog.Default()
}

// Handle takes an event of the carrier's and returns after the commit. An error that
// wraps ErrNotFound: no such leg or text. ErrForeign: it belongs to another call or
// account; nothing was changed. A webhook that was handled before gets the answer that
// it got then.
func (e *Engine) Handle(ctx context.Context, ev Event) (Step, error) {
	var step Step
	err := e.update(ctx, func(u *update) error {
		if len(ev.Once) > 0 {
			if known, err := u.tx.Webhook(ev.Once); !errors.Is(err, ErrNotFound) {
				if err != nil {
					return err
				}
				step, err = u.replay(known, ev)
				return err
			}
		}
		r, err := u.find(ev)
		if err != nil {
			return err
		}
		if foreign(r, ev) {
			return ErrForeign
		}
		d, err := u.apply(r, ev)
		if err != nil {
			return err
		}
		step = d.Step
		if len(ev.Once) == 0 {
			return nil
		}
		return u.tx.Record(ev.Once, r.ID, u.now, step.bare())
	})
	if err != nil {
		return Step{}, fmt.Errorf("handle %s for %s%s: %w", ev.Kind, ev.Leg, ev.Text, err)
	}
	return step, nil
}

// replay is the answer that a repeated webhook got when it first came.
func (u *update) replay(known Step, ev Event) (Step, error) {
	if known.Kind != StepWhisper && known.Kind != StepConnect {
		return known, nil
	}
	r, err := u.find(ev)
	return known.about(r), err
}

// foreign says that the event names a SID or an account that isn't the leg's.
func foreign(r Request, ev Event) bool {
	if r.Round != nil && ev.Leg != "" && ev.Account != "" && ev.Account != r.Round.Account {
		return true
	}
	if l, ok := r.Leg(ev.Leg); ok && l.SID != "" && ev.SID != "" && l.SID != ev.SID {
		return true
	}
	t, ok := r.Text(ev.Text)
	return ok && t.SID != "" && ev.SID != "" && t.SID != ev.SID
}

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
		return err
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

// mirror lets the requests that follow this one show what it shows. When its visitor
// withdraws it, the first of them takes its place: a cancel withdraws only itself.
func (u *update) mirror(was, r Request) error {
	if was.ID == 0 || was.UpdatedAt.Equal(r.UpdatedAt) {
		return nil // new, or nothing that a visitor sees
	}
	ids, err := u.tx.Followers(r.ID)
	if err != nil || len(ids) == 0 {
		return err
	}
	if r.Status == Cancelled && r.Reason == ByVisitor {
		return u.promote(was, ids)
	}
	return u.follow(ids, r)
}

// follow lets those requests follow that one.
func (u *update) follow(ids []int64, leader Request) error {
	for _, id := range ids {
		f, err := u.tx.Request(id)
		if err != nil {
			return err
		}
		old := f
		f.follow(leader, u.now)
		if err := u.save(old, &f); err != nil {
			return err
		}
	}
	return nil
}

// follow copies what the visitor sees of the request that r follows.
func (r *Request) follow(leader Request, now time.Time) {
	r.Follows = leader.ID
	r.Status, r.Reason, r.DueAt = leader.Status, leader.Reason, leader.DueAt
	r.Deadline, r.QueuedAt = time.Time{}, time.Time{}
	r.Touch(now)
}

// promote makes the first follower a request of its own, followed by the rest: one that
// asks anew, or, where the withdrawn one only stood on the owner's list, stands there
// in its place.
func (u *update) promote(gone Request, ids []int64) error {
	first, err := u.tx.Request(ids[0])
	if err != nil {
		return err
	}
	was := first
	first.Follows = 0
	if gone.Status.Open() {
		first.Status, first.Reason = "", ""
	} else {
		first.TickedOff, first.Code = gone.TickedOff, gone.Code
	}
	if err := u.save(was, &first); err != nil {
		return err
	}
	if gone.Status.Open() {
		d, err := u.apply(first, Event{Kind: Asked})
		if err != nil {
			return err
		}
		first = d.Request
	}
	return u.follow(ids[1:], first)
}

// rules adds to the owner's rules what only this transaction can tell.
func (u *update) rules(r Request, at time.Time) (Rules, error) {
	rules := u.Rules(at)
	rules.AwakeSince = time.UnixMilli(u.awake.Load())
	under, err := u.tx.UnderWay()
	if err != nil {
		return rules, err
	}
	others, promised := 0, 0
	for _, id := range under {
		if id == r.ID {
			continue
		}
		if others++; rules.CallsDay == 0 {
			continue // nothing is promised where there is no limit
		}
		o, err := u.tx.Request(id)
		if err != nil {
			return rules, err
		}
		promised += o.promised()
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
	return rules, nil
}

// promised is how many legs a call under way may still need: a round is begun only
// when its legs are in the budget, and they stay reserved for it.
func (r Request) promised() int {
	if r.Status != Calling {
		return 0
	}
	if i := r.current(ShopLeg); i >= 0 && r.Legs[i].Status == CallWanted {
		return legsOfACall
	}
	return 1
}

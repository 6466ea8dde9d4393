package callback

import (
	"context"
	"errors"
	"time"
)

// lookAfter is when a call or text without an answer is looked for at the carrier,
// before "not made" is believed: a list can lag behind.
var lookAfter = []time.Duration{2 * time.Second, 5 * time.Second, 10 * time.Second}

// textRetry is when a text that the carrier could not take just now is tried again.
var textRetry = []time.Duration{5 * time.Second, 20 * time.Second, time.Minute}

const (
	hangUpTries = 5
	hangUpWait  = 3 * time.Second
	textValid   = 15 * time.Minute // "somebody is waiting" is worth nothing later

	writtenValid = 4 * time.Hour // what the owner wrote: to a phone that is off for a while, too
)

func (j job) call() Call {
	l, _ := j.request.Leg(j.Leg)
	c := Call{Leg: l.ID, To: l.To, From: l.From, Parent: j.request.dialledBy(l.ID)}
	if round := j.request.Round; round != nil {
		c.Base, c.Talk = round.Base, round.Talk
		for _, p := range round.Phones {
			if p.Number == l.To {
				c.Ring = p.Ring
			}
		}
	}
	return c
}

func (j job) message() Message {
	t, _ := j.request.Text(j.Text)
	r := j.request
	m := Message{Text: t.ID, For: t.Role, To: t.To, From: t.From, Base: j.rules.Base, Business: j.rules.Business,
		Language: j.rules.Language, Name: r.Name, Number: r.Number, Said: r.Message, Missed: r.Rounds > 0, Valid: textValid}
	if t.Role == VisitorLeg {
		m.Language = r.Language
	}
	if t.Written() {
		m.Words, m.Valid = t.Said, writtenValid
	}
	for _, other := range r.Texts {
		if other.SID != "" && other.Ours() {
			m.Known = append(m.Known, other.SID)
		}
	}
	return m
}

func (e *Engine) performCall(work, ctx context.Context, j job) error {
	if j.look {
		return e.lookForCall(work, ctx, j)
	}
	sid, err := e.Carrier.Call(work, j.call())
	var known *CarrierError
	switch {
	case err == nil:
		return e.finish(ctx, j, &Event{Kind: Placed, Leg: j.Leg, SID: sid})
	case errors.As(err, &known):
		e.log().Warn("call refused", "request", j.Request, "refusal", known.Refusal, "code", known.Code)
		return e.finish(ctx, j, &Event{Kind: Refused, Leg: j.Leg, Effect: EffectCall, Refusal: known.Refusal, Code: known.Code})
	}
	e.log().Warn("no answer to a call; looking for it", "request", j.Request, "leg", j.Leg)
	j.Tries = 0
	return e.later(ctx, j, lookAfter[0], &Event{Kind: Lost, Leg: j.Leg})
}

// lookForCall asks the carrier whether the call of unknown outcome exists.
func (e *Engine) lookForCall(work, ctx context.Context, j job) error {
	c := j.call()
	var known []string
	err := e.Store.View(ctx, func(v Reader) (err error) {
		known, err = v.SIDs(c.To, j.Started.Add(-time.Hour))
		return err
	})
	if err != nil {
		return err
	}
	report, err := e.Carrier.Find(work, c, j.Started, known)
	switch {
	case err == nil:
		return e.found(ctx, j, report)
	case !errors.Is(err, ErrNotFound):
		if e.now().Sub(j.Started) > GiveUp {
			return e.finish(ctx, j, &Event{Kind: LegStatus, Leg: j.Leg, Status: CallCanceled, Seq: -1, Asked: true})
		}
		return e.later(ctx, j, lookAfter[2], nil)
	}
	return e.notSeen(ctx, j)
}

// found: the call was made after all.
func (e *Engine) found(ctx context.Context, j job, report Report) error {
	return e.update(ctx, func(u *update) error {
		if err := u.happened(j, &Event{Kind: Placed, Leg: j.Leg, SID: report.SID}); err != nil {
			return err
		}
		if err := u.happened(j, reported(j.Leg, report)); err != nil {
			return err
		}
		return u.done(&j.Effect)
	})
}

func reported(leg string, r Report) *Event {
	return &Event{Kind: LegStatus, Leg: leg, SID: r.SID, Status: r.Status, Seq: -1, Code: r.Code, Talked: r.Talked, Asked: true}
}

// notSeen looks again, and after the last look believes that it was not made: then it
// is made, if it is still wanted.
func (e *Engine) notSeen(ctx context.Context, j job) error {
	j.Tries++
	if j.Tries < len(lookAfter) {
		return e.later(ctx, j, lookAfter[j.Tries], nil)
	}
	j.Tries, j.Started = 0, time.Time{}
	return e.later(ctx, j, 0, &Event{Kind: NotMade, Leg: j.Leg, Text: j.Text})
}

func (e *Engine) performText(work, ctx context.Context, j job) error {
	m := j.message()
	var sid string
	var err error
	if j.look {
		sid, err = e.Carrier.FindText(work, m, j.Started)
	} else {
		sid, err = e.Carrier.Text(work, m)
	}
	var known *CarrierError
	switch {
	case err == nil:
		return e.finish(ctx, j, &Event{Kind: TextDone, Text: j.Text, SID: sid})
	case j.look && errors.Is(err, ErrNotFound):
		return e.notSeen(ctx, j)
	case errors.As(err, &known) && !j.look:
		return e.textRefused(ctx, j, known)
	case j.look && e.now().Sub(j.Started) > GiveUp:
		return e.finish(ctx, j, &Event{Kind: TextFail, Text: j.Text, Refusal: CarrierDown})
	case j.look:
		return e.later(ctx, j, lookAfter[2], nil)
	}
	j.Tries = 0
	return e.later(ctx, j, lookAfter[0], &Event{Kind: Lost, Text: j.Text})
}

// textRefused tries again where the carrier could not take it just now.
func (e *Engine) textRefused(ctx context.Context, j job, known *CarrierError) error {
	e.log().Warn("text refused", "request", j.Request, "refusal", known.Refusal, "code", known.Code)
	if known.Refusal == CarrierDown && j.Tries < len(textRetry) {
		wait := textRetry[j.Tries]
		j.Tries++
		j.Started = time.Time{}
		return e.later(ctx, j, wait, &Event{Kind: NotMade, Text: j.Text})
	}
	return e.finish(ctx, j, &Event{Kind: TextFail, Text: j.Text, Refusal: known.Refusal, Code: known.Code})
}

// performAsk asks how a leg stands; a visitor's leg whose SID no webhook told is looked
// for by its number.
func (e *Engine) performAsk(work, ctx context.Context, j job) error {
	l, _ := j.request.Leg(j.Leg)
	var report Report
	var err error
	if l.SID != "" {
		report, err = e.Carrier.Ask(work, l.SID)
	} else {
		report, err = e.Carrier.Find(work, j.call(), l.Started, nil)
	}
	switch {
	case err == nil:
		return e.finish(ctx, j, reported(j.Leg, report))
	case errors.Is(err, ErrNotFound):
		return e.finish(ctx, j, reported(j.Leg, Report{SID: l.SID, Status: CallCanceled}))
	}
	e.log().Warn("could not ask the carrier", "request", j.Request)
	return e.finish(ctx, j, &Event{Kind: AskFailed, Leg: j.Leg})
}

func (e *Engine) performHangUp(work, ctx context.Context, j job) error {
	l, _ := j.request.Leg(j.Leg)
	err := e.Carrier.HangUp(work, l.SID)
	if err == nil {
		return e.finish(ctx, j, &Event{Kind: HungUp, Leg: j.Leg})
	}
	e.log().Warn("could not hang up", "request", j.Request, "tries", j.Tries+1)
	if j.Tries++; j.Tries < hangUpTries {
		return e.later(ctx, j, hangUpWait, nil)
	}
	return e.finish(ctx, j, &Event{Kind: HungUp, Leg: j.Leg, Refusal: CarrierDown})
}

// performNotify tells the owner; what can't be told is logged and not repeated.
func (e *Engine) performNotify(work context.Context, j job) {
	if e.Notifier == nil {
		return
	}
	if err := e.Notifier.Notify(work, Notice{Kind: j.Notice, Request: j.Request, At: j.Due}); err != nil {
		e.log().Warn("could not notify", "request", j.Request, "err", err)
	}
}

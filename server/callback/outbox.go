package callback

import (
	"context"
	"errors"
	"time"
)

// job is an effect on its way: what it was and what it is about when it was begun.
type job struct {
	Effect
	request Request
	rules   Rules
	look    bool // it was started before, and nobody knows how it ended
}

// perform begins an effect, does it and stores its outcome.
func (e *Engine) perform(ctx context.Context, id int64) error {
	j, ready, err := e.begin(ctx, id)
	if err != nil || !ready {
		return err
	}
	work, stop := context.WithTimeout(ctx, carrierTakes)
	defer stop()
	switch j.Kind {
	case EffectCall:
		return e.performCall(work, ctx, j)
	case EffectText:
		return e.performText(work, ctx, j)
	case EffectAsk:
		return e.performAsk(work, ctx, j)
	case EffectHangUp:
		return e.performHangUp(work, ctx, j)
	case EffectNotify:
		e.performNotify(work, j)
	}
	return nil
}

// begin commits the effect as started before anything leaves this computer. Without
// that commit a crash after the carrier took the call would ring the shop twice.
func (e *Engine) begin(ctx context.Context, id int64) (j job, ready bool, err error) {
	err = e.update(ctx, func(u *update) error {
		eff, err := u.tx.Effect(id)
		if err != nil || !eff.Done.IsZero() {
			return err
		}
		if wait := eff.Due.Sub(u.now); wait > 0 && wait <= longestWait { // longer: the clock was put back since
			return nil // it was put off after the runner had read that it is due
		}
		r, err := u.tx.Request(eff.Request)
		if err != nil {
			return err
		}
		j = job{Effect: eff, request: r, look: !eff.Started.IsZero()}
		if eff.Kind == EffectNotify {
			ready = true
			return u.done(&j.Effect) // before it is told: the owner is never told twice
		}
		if j.rules, err = u.rules(r, u.now); err != nil {
			return err
		}
		if e.Carrier == nil || e.Carrier.Name() != eff.Carrier {
			return u.orphan(&j)
		}
		if j.look && eff.Kind.Paid() {
			ready, err = u.stillLost(&j)
			return err
		}
		ready, err = u.start(&j)
		return err
	})
	return j, ready && err == nil, err
}

// start asks the gate, and Next whether the effect is still wanted, and marks it.
func (u *update) start(j *job) (bool, error) {
	if refusal, wait, err := u.gate(*j); err != nil || wait {
		if wait {
			j.Due = u.now.Add(2 * time.Second)
			return false, u.tx.SaveEffect(j.Effect)
		}
		return false, err
	} else if refusal != "" {
		_, err := u.apply(j.request, Event{Kind: gateEvent[j.Kind], Leg: j.Leg, Text: j.Text, Effect: j.Kind, Refusal: refusal})
		return false, errors.Join(err, u.done(&j.Effect))
	}
	d, err := u.apply(j.request, Event{Kind: Started, Leg: j.Leg, Text: j.Text, Effect: j.Kind})
	if err != nil {
		return false, err
	}
	j.request = d.Request
	if d.Drop {
		return false, u.done(&j.Effect)
	}
	j.Started = u.now
	return true, u.tx.SaveEffect(j.Effect)
}

// stillLost says whether an effect of unknown outcome must still be looked for: a
// webhook may have told its SID by now.
func (u *update) stillLost(j *job) (bool, error) {
	if l, ok := j.request.Leg(j.Leg); ok && (l.SID != "" || l.Status.Ended()) {
		return false, u.done(&j.Effect)
	}
	if t, ok := j.request.Text(j.Text); ok && t.SID != "" {
		return false, u.done(&j.Effect)
	}
	return true, nil
}

// orphan is an effect of another carrier's: practice's in a live shop, or another
// account's. It is never run. One that had been started is over, as far as we can know;
// any other was never made.
func (u *update) orphan(j *job) error {
	var err error
	switch {
	case j.Kind == EffectAsk, j.Kind == EffectCall && j.look:
		_, err = u.apply(j.request, Event{Kind: LegStatus, Leg: j.Leg, Status: CallCanceled, Seq: -1, Asked: true})
	case j.Kind == EffectCall:
		_, err = u.apply(j.request, Event{Kind: Refused, Leg: j.Leg, Refusal: CarrierDown})
	case j.Kind == EffectText:
		_, err = u.apply(j.request, Event{Kind: TextFail, Text: j.Text, Refusal: CarrierDown})
	}
	return errors.Join(err, u.done(&j.Effect))
}

func (u *update) done(eff *Effect) error {
	eff.Done = u.now
	return u.tx.SaveEffect(*eff)
}

// finish stores the outcome of an effect together with what it means.
func (e *Engine) finish(ctx context.Context, j job, ev *Event) error {
	return e.update(ctx, func(u *update) error {
		if err := u.happened(j, ev); err != nil {
			return err
		}
		return u.done(&j.Effect)
	})
}

// later stores an outcome that leaves the effect to be taken up again.
func (e *Engine) later(ctx context.Context, j job, after time.Duration, ev *Event) error {
	return e.update(ctx, func(u *update) error {
		if err := u.happened(j, ev); err != nil {
			return err
		}
		j.Due = u.now.Add(after)
		return u.tx.SaveEffect(j.Effect)
	})
}

func (u *update) happened(j job, ev *Event) error {
	if ev == nil {
		return nil
	}
	r, err := u.tx.Request(j.Request)
	if err != nil {
		return err
	}
	_, err = u.apply(r, *ev)
	return err
}

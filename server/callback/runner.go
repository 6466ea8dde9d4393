package callback

import (
	"context"
	"errors"
	"slices"
	"time"
)

const (
	longestNap   = 15 * time.Second // no timer runs longer: Go's timers stand still while a computer sleeps
	leap         = 30 * time.Second // a clock this far from where it should be: the computer slept, or it was put right
	longestWait  = 2 * time.Minute  // no effect waits longer than this, nor does a request after trouble
	batch        = 64               // effects and deadlines looked at in one pass
	mostAtOnce   = 16               // effects performed side by side
	carrierTakes = 15 * time.Second // the longest that the carrier is waited for
)

// Run moves requests until the context ends: it performs due effects, looks at
// requests whose deadline has passed and lets the line move. An effect under way when
// the context ends is finished first. Run returns nil.
func (e *Engine) Run(ctx context.Context) error {
	now := e.now().UnixMilli()
	e.awake.Store(now)
	e.beat.Store(now)
	e.recheck(ctx)
	e.nudge() // makes the channel
	for ctx.Err() == nil {
		nap := e.pass(ctx)
		select {
		case <-ctx.Done():
		case <-e.wake:
		case <-time.After(nap):
		}
		e.notice(e.now())
		if e.leapt.Swap(false) {
			e.log().Info("the clock has leapt: this computer slept, or the clock was put right")
			e.recheck(ctx)
		}
	}
	for e.slots.Load() > 0 {
		<-e.wake
	}
	return nil
}

// notice looks at the clock at the runner's every pass, and in each transaction, because
// the first one after a sleep can be ahead of the runner, whose timer stood still.
func (e *Engine) notice(now time.Time) {
	last := e.beat.Load()
	if last == 0 {
		return
	}
	e.beat.Store(now.UnixMilli())
	if passed := now.Sub(time.UnixMilli(last)); passed > longestNap+leap || passed < -leap {
		e.awake.Store(now.UnixMilli())
		e.leapt.Store(true)
	}
}

// nudge wakes the runner; it never blocks.
func (e *Engine) nudge() {
	e.wakeBy.Do(func() { e.wake = make(chan struct{}, 1) })
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// recheck asks the carrier about each call that had not ended when the program went
// off or the computer fell asleep: nobody knows what became of it.
func (e *Engine) recheck(ctx context.Context) {
	var ids []int64
	err := e.Store.View(ctx, func(v Reader) (err error) {
		if ids, err = v.UnderWay(); err != nil {
			return err
		}
		loose, err := v.OnThePhone()
		ids = append(ids, loose...)
		return err
	})
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		err = errors.Join(err, e.happens(ctx, id, Event{Kind: Recheck}))
	}
	if err != nil && ctx.Err() == nil {
		e.log().Error("recheck", "err", err)
	}
}

// happens applies an event to a request that is known by its number.
func (e *Engine) happens(ctx context.Context, id int64, ev Event) error {
	return e.update(ctx, func(u *update) error {
		r, err := u.tx.Request(id)
		if err != nil {
			return err
		}
		_, err = u.apply(r, ev)
		return err
	})
}

// pass does what is due now and returns how long the runner may nap.
func (e *Engine) pass(ctx context.Context) time.Duration {
	now := e.now()
	var (
		overdue []int64
		due     []Effect
		next    time.Time
		move    bool
	)
	err := e.Store.View(ctx, func(v Reader) error {
		var t1, t2, t3 time.Time
		var err error
		if overdue, t1, err = v.Overdue(now, batch); err != nil {
			return err
		}
		if due, t2, err = v.Due(now, batch); err != nil {
			return err
		}
		if t2.After(now.Add(longestWait)) { // the clock was put back since
			if due, t2, err = v.Due(t2, batch); err != nil {
				return err
			}
		}
		if t3, err = v.NextTry(now); err != nil {
			return err
		}
		next = sooner(sooner(t1, t2), t3)
		move, err = e.mayMove(v, now)
		return err
	})
	for _, id := range overdue {
		err = errors.Join(err, e.deadline(ctx, id, now))
	}
	for _, eff := range due {
		e.launch(ctx, eff)
	}
	if move {
		err = errors.Join(err, e.update(ctx, func(u *update) error { return u.moveLine() }))
	}
	if err != nil {
		if ctx.Err() == nil {
			e.log().Error("pass", "err", err)
		}
		return time.Second // the disk may be back by then
	}
	return nap(now, next, len(overdue) == batch)
}

func nap(now, next time.Time, more bool) time.Duration {
	switch {
	case more:
		return 0
	case next.IsZero():
		return longestNap
	}
	return min(max(next.Sub(now), time.Millisecond), longestNap)
}

// deadline lets a request's deadline pass, unless something moved it meanwhile.
func (e *Engine) deadline(ctx context.Context, id int64, now time.Time) error {
	return e.update(ctx, func(u *update) error {
		r, err := u.tx.Request(id)
		if err != nil || r.Deadline.IsZero() || r.Deadline.After(now) {
			return err
		}
		_, err = u.apply(r, Event{Kind: Tick})
		return err
	})
}

// launch performs an effect beside the runner, once.
func (e *Engine) launch(ctx context.Context, eff Effect) {
	if e.slots.Load() >= mostAtOnce {
		return
	}
	if _, flying := e.flights.LoadOrStore(eff.ID, true); flying {
		return
	}
	e.slots.Add(1)
	go func() {
		// A REST call that has begun is finished and its result stored, even when the
		// program is told to stop.
		ctx := context.WithoutCancel(ctx)
		if err := e.perform(ctx, eff.ID); err != nil {
			e.log().Error("effect", "kind", eff.Kind, "request", eff.Request, "err", err)
			time.Sleep(time.Second) // the disk refused; it stands in the outbox
		}
		e.flights.Delete(eff.ID)
		e.slots.Add(-1)
		e.nudge()
	}()
}

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

var gateEvent = map[EffectKind]Kind{EffectCall: Held, EffectText: TextFail}

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

// gate stands before every paid effect: the day's budget, blocked and opted-out
// numbers, and that no other call of unknown outcome may be ringing there. wait: not
// now, but soon.
func (u *update) gate(j job) (refusal Refusal, wait bool, err error) {
	if !j.Kind.Paid() {
		return "", false, nil
	}
	blocked, optedOut, err := u.tx.Barred(j.request.Number)
	if err != nil {
		return "", false, err
	}
	t, isText := j.request.Text(j.Text)
	if blocked || optedOut && (!isText || t.Role == VisitorLeg) {
		return NumberBarred, false, nil
	}
	if isText {
		return u.textGate(j)
	}
	if j.rules.CallsLeft >= 0 && j.rules.CallsLeft < legsOfACall {
		return OverBudget, false, nil
	}
	l, _ := j.request.Leg(j.Leg)
	wait, err = u.tx.Unknown(l.To, l.ID)
	return "", wait, err
}

func (u *update) textGate(j job) (Refusal, bool, error) {
	if j.rules.TextsDay == 0 {
		return "", false, nil
	}
	sent, err := u.tx.TextsStarted(j.rules.dayStart(u.now))
	if err == nil && sent >= j.rules.TextsDay {
		return OverBudget, false, nil
	}
	return "", false, err
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

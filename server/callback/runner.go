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
// the context ends is finished first. Run returns nil, and may be called again after that:
// the program has been awake meanwhile.
func (e *Engine) Run(ctx context.Context) error {
	now := e.now().UnixMilli()
	e.awake.CompareAndSwap(0, now)
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

// Succeed says that this engine goes on with what another one did in this program. It is
// called between the two.
func (e *Engine) Succeed(other *Engine) { e.awake.Store(other.awake.Load()) }

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

// Wake lets the runner look at once, because the rules have changed. It never blocks.
func (e *Engine) Wake() { e.nudge() }

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
		looks   []Look
		move    bool
	)
	err := e.Store.View(ctx, func(v Reader) error {
		var t1, t2, t3, t4 time.Time
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
		if looks, t4, err = v.Looks(now, batch); err != nil {
			return err
		}
		next = sooner(sooner(t1, t2), sooner(t3, t4))
		move, err = e.mayMove(v, now)
		return err
	})
	for _, id := range overdue {
		err = errors.Join(err, e.deadline(ctx, id, now))
	}
	until := e.ask(ctx, due, looks, now)
	if move {
		err = errors.Join(err, e.update(ctx, func(u *update) error { return u.moveLine() }))
	}
	if ctx.Err() == nil {
		e.went("pass", err)
	}
	if err != nil {
		return time.Second // the disk may be back by then
	}
	return nap(now, sooner(next, until), len(overdue) == batch)
}

// ask hands over what is due. While nothing can be saved, what would ask the carrier
// before anything is committed waits until then, and one question is enough to try.
func (e *Engine) ask(ctx context.Context, due []Effect, looks []Look, now time.Time) (until time.Time) {
	fails, until := e.saving.fails(now)
	for _, eff := range due {
		if eff.Started.IsZero() || until.IsZero() {
			e.launch(ctx, eff)
		}
	}
	if fails {
		looks = looks[:min(len(looks), 1)]
	}
	for _, l := range looks {
		if until.IsZero() {
			e.launchLook(ctx, l)
		}
	}
	return until
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
	e.beside(ctx, eff.ID, func(ctx context.Context) {
		err := e.perform(ctx, eff.ID)
		if e.went("effect", err, "kind", eff.Kind, "request", eff.Request); err != nil {
			time.Sleep(time.Second) // the disk refused; it stands in the outbox
		}
	})
}

// launchLook asks the carrier beside the runner, once. Without a carrier it is asked
// when there is one.
func (e *Engine) launchLook(ctx context.Context, l Look) {
	if e.Carrier == nil {
		return
	}
	e.beside(ctx, l, func(ctx context.Context) {
		err := e.look(ctx, l)
		if err == nil {
			e.saving.worked() // its answer was kept
		}
		if e.went("look", err, "request", l.Request); err != nil {
			time.Sleep(time.Second)
		}
	})
}

// beside runs f in a goroutine of its own, unless what is meant by key runs already or
// too much does. What has begun is finished and its result stored, even when the program
// is told to stop.
func (e *Engine) beside(ctx context.Context, key any, f func(ctx context.Context)) {
	if e.slots.Load() >= mostAtOnce {
		return
	}
	if _, flying := e.flights.LoadOrStore(key, true); flying {
		return
	}
	e.slots.Add(1)
	go func() {
		f(context.WithoutCancel(ctx))
		e.flights.Delete(key)
		e.slots.Add(-1)
		e.nudge()
	}()
}

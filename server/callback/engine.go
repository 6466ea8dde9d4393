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
	saving  saving
	failing failing
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
	err := e.update(ctx, func(u *update) (err error) {
		if len(ev.Once) > 0 {
			if known, err := u.tx.Webhook(ev.Once); !errors.Is(err, ErrNotFound) {
				if err != nil {
					return err
				}
				step, err = u.replay(known, ev)
				return err
			}
		}
		if ev.Call != "" {
			if step, err = u.incoming(ev); err != nil || len(ev.Once) == 0 || step.Kind != StepSay {
				return err
			}
			return u.tx.Record(ev.Once, 0, u.now, step)
		}
		if ev.Kind == TextedIn {
			if err := u.texted(ev); err != nil {
				return err
			}
			return u.tx.Record(ev.Once, 0, u.now, step)
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

package shop

import (
	"context"
	"errors"
	"sync"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/twilio"
)

// watch is a carrier that remembers whether it can be used: the owner is told when it
// can't, and what to do.
type watch struct {
	callback.Carrier
	now func() time.Time

	mu      sync.Mutex
	trouble trouble
	changed func() // told when trouble comes or goes
}

// trouble is why nothing can be called or texted just now. The zero value: it can.
type trouble struct {
	refusal callback.Refusal
	code    int // the carrier's; 0: it could not be reached, or answered nothing that makes sense
	since   time.Time
}

// advice is what the owner is told of it.
func (t trouble) advice() desk.Advice {
	switch {
	case t.refusal == "":
		return desk.Advice{}
	case t.code == 0:
		return desk.Advice{Reason: "down"}
	}
	return desk.Advice{Reason: twilio.Reason(t.code), Code: t.code}
}

func (w *watch) Call(ctx context.Context, c callback.Call) (string, error) {
	sid, err := w.Carrier.Call(ctx, c)
	w.saw(err)
	return sid, err
}

func (w *watch) Ask(ctx context.Context, sid string) (callback.Report, error) {
	report, err := w.Carrier.Ask(ctx, sid)
	if !errors.Is(err, callback.ErrNotFound) {
		w.saw(err)
	}
	return report, err
}

func (w *watch) Text(ctx context.Context, m callback.Message) (string, error) {
	sid, err := w.Carrier.Text(ctx, m)
	var known *callback.CarrierError
	if !errors.As(err, &known) || known.Refusal == callback.CarrierDown {
		w.saw(err) // what the account may not text says nothing of its calls
	}
	return sid, err
}

// saw notes how the carrier answered. A number that it refuses is the number's trouble.
func (w *watch) saw(err error) {
	var now trouble
	var known *callback.CarrierError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
	case !errors.As(err, &known):
		now.refusal = callback.CarrierDown
	case known.Refusal == callback.AccountBad, known.Refusal == callback.CarrierDown:
		now.refusal, now.code = known.Refusal, known.Code
	}
	w.mu.Lock()
	was := w.trouble
	if was.refusal == now.refusal && was.code == now.code {
		w.mu.Unlock()
		return
	}
	if now.refusal != "" {
		now.since = w.now()
	}
	w.trouble = now
	changed := w.changed
	w.mu.Unlock()
	if changed != nil {
		changed()
	}
}

// onChange is told, from any goroutine, when trouble comes or goes.
func (w *watch) onChange(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changed = f
}

// is the trouble that there is.
func (w *watch) is() trouble {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trouble
}

package practice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ringback/server/callback"
	"ringback/server/twilio"
)

// Call makes a call and returns its SID at once; it rings beside. The error is a
// *callback.CarrierError unless the faults say otherwise.
func (n *Network) Call(ctx context.Context, w callback.Call) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", refuse(callback.CarrierDown, 0, err)
	}
	out := ask(n.Faults.Call, w)
	if out.Err != nil && !out.Done {
		return "", out.Err
	}
	sid, err := n.place(w)
	if err == nil && out.Err != nil {
		return "", out.Err
	}
	return sid, err
}

func (n *Network) place(w callback.Call) (string, error) {
	sid, err := n.Place(Order{
		To: w.To, From: w.From, Ring: w.Ring,
		URL:     twilio.WhisperURL(w.Base, w.Leg),
		Reports: twilio.StatusURL(w.Base, w.Leg),
		Events:  []string{"initiated", "ringing", "answered", "completed"},
	})
	if err == nil && n.Log != nil {
		n.Log.Info("practice rings", "leg", w.Leg)
	}
	return sid, err
}

// HangUp ends a call and the one that it has dialled. An unknown SID is a call
// that has ended.
func (n *Network) HangUp(_ context.Context, sid string) error {
	if err := ask(n.Faults.HangUp, sid); err != nil {
		return err
	}
	if c := n.call(sid); c != nil {
		c.hang(errAsked)
	}
	return nil
}

// Ask tells how a call stands. An unknown SID is a call of an earlier start, which
// has ended.
func (n *Network) Ask(_ context.Context, sid string) (callback.Report, error) {
	if err := ask(n.Faults.Ask, sid); err != nil {
		return callback.Report{}, err
	}
	if c := n.call(sid); c != nil {
		return n.stands(c), nil
	}
	return callback.Report{SID: sid, Status: callback.CallDone}, nil
}

// Find looks for a call by its numbers, as can be done with Twilio; one that was
// dialled is found too. One wanted
// before this start has ended, if it was ever made: a Report without a SID.
func (n *Network) Find(_ context.Context, w callback.Call, since time.Time, known []string) (callback.Report, error) {
	if err := ask(n.Faults.Find, w); err != nil {
		return callback.Report{}, err
	}
	if since.Before(n.born) {
		return callback.Report{Status: callback.CallDone}, nil
	}
	for _, c := range n.all() {
		if c.to == w.To && c.from == w.From && !c.created.Before(since) && !slices.Contains(known, c.sid) {
			return n.stands(c), nil
		}
	}
	return callback.Report{}, fmt.Errorf("call for leg %s: %w", w.Leg, callback.ErrNotFound)
}

func (n *Network) call(sid string) *call {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.calls[sid]
}

func (n *Network) all() []*call {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.order)
}

func (n *Network) stands(c *call) callback.Report {
	n.mu.Lock()
	defer n.mu.Unlock()
	return callback.Report{SID: c.sid, Status: c.status, Code: c.code, Talked: c.talked(n.now())}
}

func refuse(why callback.Refusal, code int, err error) error {
	return &callback.CarrierError{Refusal: why, Code: code, Err: err}
}

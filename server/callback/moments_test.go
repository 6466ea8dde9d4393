package callback_test

import (
	"context"
	"testing"
	"time"

	"ringback/server/callback"
)

// Both phones ring and both press 1; something happens at each moment of it, while the
// carrier misbehaves.
func TestAllAtOnceAtEachMoment(t *testing.T) {
	ctx := context.Background()
	acts := map[string]func(s *shop, r callback.Standing){
		"STOP":     func(s *shop, r callback.Standing) { s.textsIn(r.Number, "STOP", "SM1") },
		"a block":  func(s *shop, r callback.Standing) { _ = s.engine().Block(ctx, r.Number) },
		"a cancel": func(s *shop, r callback.Standing) { _, _ = s.engine().Withdraw(ctx, r.PublicID, "") },
		"a crash":  func(s *shop, _ callback.Standing) { s.crash(); s.start() },
		"Call now": func(s *shop, r callback.Standing) {
			_ = s.engine().Owner(ctx, r.ID, callback.Event{Kind: callback.CallNow})
		},
		"a 2nd ask": func(s *shop, r callback.Standing) { _, _ = s.ask(r.Number) },
		"a call in": func(s *shop, r callback.Standing) {
			under := s.request(r.ID).Status.UnderWay()
			if step := s.callsIn(callback.Event{Kind: callback.CalledIn, From: r.Number}); under && step.Phrase != callback.SayRinging {
				s.t.Errorf("while we call, the caller is answered %+v", step)
			}
			s.callsIn(callback.Event{Kind: callback.InEnded, Status: callback.CallNoAnswer})
		},
	}
	for _, fault := range []map[string]string{nil, {"callback": "lost"}, {"hang up": "down"}, {"call": "lost after"}} {
		for name, act := range acts {
			for at := time.Duration(0); at <= 12*time.Second; at += time.Second {
				bubble(t, func(s *shop) {
					s.rules.change(func(r *callback.Rules) { r.AtOnce = true })
					s.exchange.fault.set(goesWrong(fault))
					r := s.mustAsk("+12125550123")
					time.Sleep(at)
					act(s, r)
					time.Sleep(time.Hour)
					for _, got := range s.all() {
						if got.Status.Open() || len(got.Live()) > 0 {
							t.Errorf("%v, %s after %v: it is %s, with %d legs", fault, name, at, got.Status, len(got.Live()))
						}
					}
					for leg, n := range s.exchange.attempts() {
						if n > 1 {
							t.Errorf("%v, %s after %v: %s was rung %d times", fault, name, at, leg, n)
						}
					}
					if s.exchange.atOnce() > 1 {
						t.Errorf("%v, %s after %v: the visitor was rung twice at once", fault, name, at)
					}
				})
			}
		}
	}
}

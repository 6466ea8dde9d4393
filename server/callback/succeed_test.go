package callback_test

import (
	"context"
	"testing"
	"time"

	"ringback/server/callback"
)

// Settings changed while people waited in line: the engine stopped for a moment, or
// another one went on. Nobody slept.
func TestAnotherEngineIsNoReasonToGoStale(t *testing.T) {
	for name, successor := range map[string]func(e *callback.Engine) *callback.Engine{
		"the same one, run again": func(e *callback.Engine) *callback.Engine { return e },
		"one that takes its place": func(e *callback.Engine) *callback.Engine {
			next := &callback.Engine{Store: e.Store, Carrier: e.Carrier, Now: e.Now, Notifier: e.Notifier, Rules: e.Rules, Log: e.Log}
			next.Succeed(e)
			return next
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.person.set(func(x *exchange, c *phoneCall) {
					if x.answer(c) {
						x.press(c, "1", 40*time.Minute)
					}
				})
				s.mustAsk("+12125550199")
				b := s.mustAsk("+12125550123")
				time.Sleep(5 * time.Minute)
				s.stop()
				<-s.ended
				s.run(successor(s.engine()))
				time.Sleep(36 * time.Minute)
				s.wantStatus(b.ID, callback.Connected)
			})
		})
	}
}

// run lets an engine go on with the store that the one before had.
func (s *shop) run(e *callback.Engine) {
	s.running.Store(e)
	ctx, stop := context.WithCancel(context.Background())
	s.stop, s.ended = stop, make(chan struct{})
	go func(ended chan struct{}) {
		defer close(ended)
		if err := e.Run(ctx); err != nil {
			panic(err)
		}
	}(s.ended)
}

package shop_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

// longRing is liveWith with a phone that rings for a minute.
func longRing(phones ...string) string {
	return strings.ReplaceAll(liveWith(once, phones...), `"ring_seconds": 5`, `"ring_seconds": 60`)
}

func (r *running) cancel(id string) answer {
	r.t.Helper()
	return r.do(http.MethodPost, "/cancel_request", map[string]any{"request_id": id})
}

// stopped says that no phone rings or talks any more, and that none was rung for long.
func (e *exchange) stopped(t testing.TB, within time.Duration) {
	t.Helper()
	for _, c := range e.Network.Records() {
		if !c.Status.Ended() {
			t.Errorf("call %s is still %s", c.SID, c.Status)
		} else if c.Ended.Sub(c.Created) > within {
			t.Errorf("call %s went on for %v", c.SID, c.Ended.Sub(c.Created))
		}
	}
}

// The visitor withdraws while the answer to the call is not there yet.
func TestAVisitorWhoCancelsWhileTheAnswerToTheCallIs(t *testing.T) {
	for _, a := range badAnswers() {
		for _, c := range []struct {
			name string
			lost func(practice.Webhook) bool
		}{
			{"", noneLost},
			{", and no webhook comes", allLost},
		} {
			t.Run(a.name+c.name, func(t *testing.T) {
				inBubble(t, longRing(nobodyIn), func(e *exchange, r *running) {
					e.misbehave(twiliotest.Faults{REST: atFirst(twiliotest.CreateCall, a.fate), Webhook: e.lost(c.lost)})
					id := r.ask(jane).ID
					time.Sleep(time.Second)
					if got := r.cancel(id); got.Status != "cancelled" {
						t.Errorf("the cancel is answered %+v", got)
					}
					time.Sleep(40 * time.Second) // a minute would end the ringing by itself
					e.stopped(t, 30*time.Second)
					r.quiet()
					if got := r.do(http.MethodGet, "/status/"+id, nil).Status; got != "cancelled" {
						t.Errorf("afterwards it is %s", got)
					}
					if shop, visitor := e.calls(nobodyIn), e.calls(jane); shop > 1 || visitor != 0 {
						t.Errorf("the shop was rung %d times and the visitor %d times", shop, visitor)
					}
				})
			})
		}
	}
}

// The first hang-up that a cancel asks for fails in each way.
func TestAVisitorWhoCancelsWhileTheAnswerToTheHangUpIs(t *testing.T) {
	for _, a := range badAnswers() {
		t.Run(a.name, func(t *testing.T) {
			inBubble(t, longRing(nobodyIn), func(e *exchange, r *running) {
				e.misbehave(twiliotest.Faults{REST: atFirst(twiliotest.UpdateCall, a.fate)})
				id := r.ask(jane).ID
				time.Sleep(2 * time.Second)
				r.cancel(id)
				time.Sleep(20 * time.Second)
				e.stopped(t, 20*time.Second)
				if got := r.do(http.MethodGet, "/status/"+id, nil).Status; got != "cancelled" {
					t.Errorf("it is %s", got)
				}
			})
		})
	}
}

// The moments of a call, played by hand.
func TestAVisitorWhoCancels(t *testing.T) {
	rings := func(*practice.Hand) {}
	picksUp := func(h *practice.Hand) { _ = h.Answer(counter) }
	presses := func(h *practice.Hand) { _ = h.Answer(counter); time.Sleep(time.Second); _ = h.Press(counter, "1") }
	for _, c := range []struct {
		name string
		shop func(h *practice.Hand)
	}{
		{"while the shop's phone rings", rings},
		{"while the shop hears the whisper", picksUp},
		{"while the visitor's own phone rings", presses},
	} {
		for _, f := range []struct {
			name   string
			faults twiliotest.Faults
		}{
			{"", twiliotest.Faults{}},
			{", and no report comes", twiliotest.Faults{Webhook: func(w practice.Webhook) practice.Fate { return practice.Fate{Drop: !w.TwiML} }}},
			{", and each webhook comes twice", twiliotest.Faults{Webhook: func(practice.Webhook) practice.Fate { return practice.Fate{Repeat: 1} }}},
			{", and reports are late", twiliotest.Faults{Webhook: func(w practice.Webhook) practice.Fate {
				if w.TwiML {
					return practice.Fate{}
				}
				return practice.Fate{Delay: 8 * time.Second}
			}}},
			{", and hang-ups can't be asked for for a minute", twiliotest.Faults{REST: func(q twiliotest.Request) twiliotest.Fate {
				if q.Op == twiliotest.UpdateCall && time.Since(bubbleBegins) < time.Minute {
					return twiliotest.Broken(false, 503)
				}
				return twiliotest.Fate{}
			}}},
		} {
			t.Run(c.name+f.name, func(t *testing.T) {
				inBubble(t, longRing(counter), func(e *exchange, r *running) {
					hand := &practice.Hand{}
					e.Network.Person = func(string) practice.Person { return hand }
					e.misbehave(f.faults)
					id := r.ask(jane).ID
					time.Sleep(time.Second)
					c.shop(hand)
					time.Sleep(time.Second)
					if got := r.cancel(id); got.Status != "cancelled" {
						t.Errorf("the cancel is answered %+v", got)
					}
					time.Sleep(2 * time.Minute)
					e.stopped(t, 110*time.Second)
					r.quiet()
					if got := r.do(http.MethodGet, "/status/"+id, nil).Status; got != "cancelled" {
						t.Errorf("afterwards it is %s", got)
					}
				})
			})
		}
	}
}

func TestAVisitorWhoTalksCanNotCancel(t *testing.T) {
	inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
		id := r.ask(jane).ID
		r.until(id, "connected")
		if got := r.cancel(id); got.Code != "too_late" {
			t.Errorf("the cancel is answered %+v", got)
		}
		synctest.Wait()
		r.until(id, "completed")
	})
}

// bubbleBegins is the time at which each bubble begins.
var bubbleBegins = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

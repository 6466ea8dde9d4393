package shop_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

// during lets a fate befall each request of these operations for so long; none named
// means all.
func during(long time.Duration, fate twiliotest.Fate, ops ...twiliotest.Op) func(twiliotest.Request) twiliotest.Fate {
	end := time.Now().Add(long)
	return func(r twiliotest.Request) twiliotest.Fate {
		hit := len(ops) == 0
		for _, op := range ops {
			hit = hit || op == r.Op
		}
		if hit && time.Now().Before(end) {
			return fate
		}
		return twiliotest.Fate{}
	}
}

// together lets the first fate that is one befall a request.
func together(all ...func(twiliotest.Request) twiliotest.Fate) func(twiliotest.Request) twiliotest.Fate {
	return func(r twiliotest.Request) twiliotest.Fate {
		for _, fate := range all {
			if f := fate(r); f != (twiliotest.Fate{}) {
				return f
			}
		}
		return twiliotest.Fate{}
	}
}

// No webhook comes, so everything hangs on what Twilio answers when it is asked.
func TestTheFirstAnswerToAQuestionIs(t *testing.T) {
	for _, a := range badAnswers() {
		t.Run(a.name, func(t *testing.T) {
			inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
				e.misbehave(twiliotest.Faults{REST: atFirst(twiliotest.FetchCall, a.fate), Webhook: e.lost(allLost)})
				r.until(r.ask(jane).ID, "sms_sent")
				if n := e.calls(counter); n != 1 {
					t.Errorf("the shop was rung %d times", n)
				}
			})
		})
	}
}

// The call was made and its answer lost; the first search for it fails too.
func TestTheFirstAnswerToASearchIs(t *testing.T) {
	for _, a := range badAnswers() {
		t.Run(a.name, func(t *testing.T) {
			inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
				e.misbehave(twiliotest.Faults{Webhook: e.lost(allLost), REST: together(
					atFirst(twiliotest.CreateCall, twiliotest.LostAfter()), atFirst(twiliotest.ListCall, a.fate),
					atFirst(twiliotest.CreateMessage, twiliotest.LostAfter()), atFirst(twiliotest.ListMessage, a.fate))})
				r.until(r.ask(jane).ID, "sms_sent")
				r.quiet()
				if n := e.calls(counter); n != 1 {
					t.Errorf("the shop was rung %d times", n)
				}
				if n := len(e.Network.Sent()); n != 2 {
					t.Errorf("%d texts went, want the shop's and the visitor's", n)
				}
			})
		})
	}
}

func TestAListThatLagsRingsNobodyTwice(t *testing.T) {
	for _, lag := range []time.Duration{3 * time.Second, 6 * time.Second, 12 * time.Second, 16 * time.Second} {
		t.Run(lag.String(), func(t *testing.T) {
			inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
				listed := time.Now().Add(lag)
				e.misbehave(twiliotest.Faults{
					REST:     atFirst(twiliotest.CreateCall, twiliotest.LostAfter()),
					Unlisted: func(string) bool { return time.Now().Before(listed) },
					Webhook:  e.lost(allLost),
				})
				r.until(r.ask(jane).ID, "sms_sent")
				if n := e.calls(counter); n != 1 {
					t.Errorf("the shop was rung %d times", n)
				}
			})
		})
	}
}

// Twilio can't be used for a while, or for longer than anybody waits at the phone. What
// was refused was surely not made, so its wish gets stale and stays missed; what may have
// been made is an attempt, and a text that goes later tells the shop of it.
func TestTroubleThat(t *testing.T) {
	for _, c := range []struct {
		name string
		fate twiliotest.Fate
		want string // in the end, if it lasts too long
	}{
		{"refuses with 429", twiliotest.Refused(20429), "missed"},
		{"says that the token is wrong", twiliotest.Refused(20003), "missed"},
		{"says that the account is out of money", twiliotest.Refused(10001), "missed"},
		{"answers with Twilio's 503", twiliotest.Broken(false, 503), "sms_sent"},
		{"answers with Twilio's 500", twiliotest.Broken(false, 500), "sms_sent"},
		{"answers with a page", twiliotest.Page(false, 502), "sms_sent"},
		{"resets each connection", twiliotest.LostBefore(), "sms_sent"},
		{"answers nothing", twiliotest.Hangs(false), "sms_sent"},
	} {
		for _, long := range []struct {
			lasts       time.Duration
			first, last string
			rung        int
		}{
			{3 * time.Minute, "completed", "completed", 1},
			{20 * time.Minute, "missed", c.want, 0},
		} {
			t.Run(fmt.Sprintf("%s for %v", c.name, long.lasts), func(t *testing.T) {
				inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
					e.misbehave(twiliotest.Faults{REST: during(long.lasts, c.fate)})
					id := r.ask(jane).ID
					r.until(id, long.first)
					r.quiet()
					if got := r.do(http.MethodGet, "/status/"+id, nil).Status; got != long.last {
						t.Errorf("afterwards it is %s, want %s", got, long.last)
					}
					if shop, visitor := e.calls(counter), e.calls(jane); shop != long.rung || visitor != long.rung {
						t.Errorf("the shop was rung %d times and the visitor %d times, want %d", shop, visitor, long.rung)
					}
				})
			})
		}
	}
}

// Each number of a call may be one that can't be called.
func TestANumberThatCanNotBeCalled(t *testing.T) {
	for _, c := range []struct {
		name string
		bad  string
		code int
		lost func(practice.Webhook) bool
		want string
	}{
		{"the visitor's, which does not exist", jane, 13224, noneLost, "failed"},
		{"the visitor's, in a region that is not allowed", jane, 13227, noneLost, "failed"},
		{"the visitor's, and no report comes", jane, 13224, reportLost, "failed"},
		{"the visitor's, and the Dial action is lost", jane, 13224, func(w practice.Webhook) bool { return strings.Contains(w.URL, "/dialled") }, "failed"},
		{"the visitor's, for SIP's reasons", jane, 503, noneLost, "no_answer"},
		{"the shop's", counter, 13224, noneLost, "sms_sent"},
		{"the shop's, and no webhook comes", counter, 13224, allLost, "sms_sent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
				fails := func(to string) int {
					if to == c.bad {
						return c.code
					}
					return 0
				}
				e.misbehave(twiliotest.Faults{Fails: fails, Webhook: e.lost(c.lost)})
				r.until(r.ask(jane).ID, c.want)
			})
		})
	}
}

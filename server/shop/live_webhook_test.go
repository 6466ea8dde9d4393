package shop_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

// outcomes are ways in which a call ends.
var outcomes = []struct {
	name, phone, visitor, want string
}{
	{"both talk", counter, jane, "completed"},
	{"the visitor is busy", counter, "+12125550127", "no_answer"},
	{"the visitor does not answer", counter, "+12125550128", "no_answer"},
	{"the shop is busy", "+12125550106", jane, "sms_sent"},
	{"the shop does not answer", nobodyIn, jane, "sms_sent"},
	{"a voicemail answers", "+12125550108", jane, "sms_sent"},
}

// event is the place of a status callback in its call: 0 initiated to 3 completed.
func event(w practice.Webhook) int {
	switch w.Form.Get("CallStatus") {
	case "initiated":
		return 0
	case "ringing":
		return 1
	case "in-progress":
		return 2
	}
	return 3
}

// Whatever becomes of the webhooks, a call ends as it would have ended, but where the
// shop itself was not heard.
func TestWebhooksThatAre(t *testing.T) {
	report := func(f practice.Fate) func(practice.Webhook) practice.Fate {
		return func(w practice.Webhook) practice.Fate {
			if w.TwiML {
				return practice.Fate{}
			}
			return f
		}
	}
	for _, c := range []struct {
		name string
		fate func(w practice.Webhook) practice.Fate
	}{
		{"doubled", func(practice.Webhook) practice.Fate { return practice.Fate{Repeat: 1} }},
		{"repeated five times", func(practice.Webhook) practice.Fate { return practice.Fate{Repeat: 5} }},
		{"delayed by 3 s", func(practice.Webhook) practice.Fate { return practice.Fate{Delay: 3 * time.Second} }},
		{"delayed by a minute, if they are reports", report(practice.Fate{Delay: time.Minute})},
		{"delayed by 20 minutes and doubled, if they are reports", report(practice.Fate{Delay: 20 * time.Minute, Repeat: 1})},
		{"lost, if they are reports", report(practice.Fate{Drop: true})},
		{"in the opposite order, if they are reports", func(w practice.Webhook) practice.Fate {
			if w.TwiML {
				return practice.Fate{}
			}
			return practice.Fate{Delay: time.Duration(40-10*event(w)) * time.Second}
		}},
		{"in the opposite order at once, if they are reports", func(w practice.Webhook) practice.Fate {
			if w.TwiML {
				return practice.Fate{}
			}
			return practice.Fate{Delay: 20*time.Second - time.Duration(event(w))*time.Millisecond, Repeat: 1}
		}},
		{"delayed until the visitor would have hung up, if they tell of the answer", func(w practice.Webhook) practice.Fate {
			if w.TwiML || event(w) != 2 {
				return practice.Fate{}
			}
			return practice.Fate{Delay: 20 * time.Second}
		}},
		{"lost, if they tell of an end", func(w practice.Webhook) practice.Fate {
			return practice.Fate{Drop: !w.TwiML && event(w) == 3 && w.Form.Get("MessageStatus") == ""}
		}},
		{"lost, if they tell of anything but the end", func(w practice.Webhook) practice.Fate {
			return practice.Fate{Drop: !w.TwiML && event(w) != 3}
		}},
		{"lost, if they are the Dial's action", func(w practice.Webhook) practice.Fate {
			return practice.Fate{Drop: strings.Contains(w.URL, "/dialled")}
		}},
		{"lost, if they are the Dial's action or reports", func(w practice.Webhook) practice.Fate {
			return practice.Fate{Drop: !w.TwiML || strings.Contains(w.URL, "/dialled")}
		}},
	} {
		for _, o := range outcomes {
			t.Run(c.name+"/"+o.name, func(t *testing.T) {
				inBubble(t, liveWith(once, o.phone), func(e *exchange, r *running) {
					e.book.foresee("the webhook was lost")
					e.misbehave(twiliotest.Faults{Webhook: c.fate})
					id := r.ask(o.visitor).ID
					r.until(id, o.want)
					r.quiet()
					if got := r.do(http.MethodGet, "/status/"+id, nil).Status; got != o.want {
						t.Errorf("afterwards it is %s, want %s", got, o.want)
					}
					if n := e.calls(o.phone); n != 1 {
						t.Errorf("the shop was rung %d times", n)
					}
				})
			})
		}
	}
}

// A number without webhooks at all: nobody can press a 1 then, and the carrier is asked.
func TestWithoutAnyWebhookARequestEndsByAsking(t *testing.T) {
	for _, o := range outcomes {
		for _, c := range []struct {
			name string
			lost func(practice.Webhook) bool
		}{
			{"all are lost", allLost},
			{"the whisper's is lost", func(w practice.Webhook) bool { return strings.Contains(w.URL, "/whisper") }},
			{"the key's is lost", func(w practice.Webhook) bool { return strings.Contains(w.URL, "/key") }},
			{"the key's and all reports are lost", func(w practice.Webhook) bool { return !strings.Contains(w.URL, "/whisper") }},
		} {
			t.Run(c.name+"/"+o.name, func(t *testing.T) {
				inBubble(t, liveWith(once, o.phone), func(e *exchange, r *running) {
					e.misbehave(twiliotest.Faults{Webhook: e.lost(c.lost)})
					asked := time.Now()
					id := r.ask(o.visitor).ID
					r.until(id, "sms_sent")
					// Five seconds of ringing, three whispers, and 30 s until it is asked.
					if took := time.Since(asked); took > 2*time.Minute {
						t.Errorf("it took %v to end", took)
					}
					r.quiet()
					if got := r.do(http.MethodGet, "/status/"+id, nil).Status; got != "sms_sent" {
						t.Errorf("afterwards it is %s", got)
					}
					if shop, visitor := e.calls(o.phone), e.calls(o.visitor); shop != 1 || visitor != 0 {
						t.Errorf("the shop was rung %d times and the visitor %d times, want 1 and 0", shop, visitor)
					}
				})
			})
		}
	}
}

package shop_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

const (
	counter  = "+12125550101" // a shop's phone that answers and presses 1
	nobodyIn = "+12125550107" // one that nobody answers
	jane     = "+12125550123" // a visitor who answers and talks
	once     = `, "retry": {"attempts": 1}, "retry_visitor": {"attempts": 1}`
)

// atFirst lets a fate befall the first request of an operation.
func atFirst(op twiliotest.Op, fate twiliotest.Fate) func(twiliotest.Request) twiliotest.Fate {
	var met atomic.Bool
	return func(r twiliotest.Request) twiliotest.Fate {
		if r.Op == op && met.CompareAndSwap(false, true) {
			return fate
		}
		return twiliotest.Fate{}
	}
}

// lost loses the webhooks that it says, and foresees what Twilio says of it.
func (e *exchange) lost(which func(w practice.Webhook) bool) func(practice.Webhook) practice.Fate {
	e.book.foresee("the webhook was lost")
	return func(w practice.Webhook) practice.Fate { return practice.Fate{Drop: which(w)} }
}

func noneLost(practice.Webhook) bool     { return false }
func allLost(practice.Webhook) bool      { return true }
func reportLost(w practice.Webhook) bool { return !w.TwiML }

type badAnswer struct {
	name string
	fate twiliotest.Fate
}

// badAnswers are what a REST request can meet, but for plain refusals.
func badAnswers() []badAnswer {
	return []badAnswer{
		{"lost before it was done", twiliotest.LostBefore()},
		{"lost after it was done", twiliotest.LostAfter()},
		{"never, and it was not done", twiliotest.Hangs(false)},
		{"never, and it was done", twiliotest.Hangs(true)},
		{"cut", twiliotest.Cut()},
		{"slow", twiliotest.Slow(4 * time.Second)},
		{"slower than anybody waits", twiliotest.Slow(10 * time.Second)},
		{"a page, though it was done", twiliotest.Page(true, 200)},
		{"a page, and it was not done", twiliotest.Page(false, 200)},
		{"a proxy's 403, though it was done", twiliotest.Page(true, 403)},
		{"a proxy's 502, though it was done", twiliotest.Page(true, 502)},
		{"a proxy's 502, and it was not done", twiliotest.Page(false, 502)},
		{"Twilio's own 500, though it was done", twiliotest.Broken(true, 500)},
		{"Twilio's own 500, and it was not done", twiliotest.Broken(false, 500)},
		{"Twilio's own 503, though it was done", twiliotest.Broken(true, 503)},
		{"Twilio's own 503, and it was not done", twiliotest.Broken(false, 503)},
		{"429", twiliotest.Refused(20429)},
		{"no JSON", twiliotest.Says(true, 201, "application/json", "{")},
		{"JSON of something else", twiliotest.Says(true, 201, "application/json", `{"ok": true}`)},
		{"empty", twiliotest.Says(true, 204, "", "")},
		{"a redirect", twiliotest.Elsewhere(307, "https://elsewhere.example/")},
	}
}

func TestTheAnswerToACallIs(t *testing.T) {
	answers := append(badAnswers(), badAnswer{"429, at the limit of calls", twiliotest.Refused(10004)},
		badAnswer{"401, as if the token were wrong", twiliotest.Refused(20003)}, badAnswer{"403, as if the account were suspended", twiliotest.Refused(10001)})
	for _, a := range answers {
		for _, c := range []struct {
			name string
			lost func(practice.Webhook) bool
			want string
			rung int // the visitor
		}{
			{"", noneLost, "completed", 1},
			{", and no report comes", reportLost, "completed", 1},
			{", and no webhook comes", allLost, "sms_sent", 0},
		} {
			t.Run(a.name+c.name, func(t *testing.T) {
				inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
					e.misbehave(twiliotest.Faults{REST: atFirst(twiliotest.CreateCall, a.fate), Webhook: e.lost(c.lost)})
					r.until(r.ask(jane).ID, c.want)
					if shop, visitor := e.calls(counter), e.calls(jane); shop != 1 || visitor != c.rung {
						t.Errorf("the shop was rung %d times and the visitor %d times, want 1 and %d", shop, visitor, c.rung)
					}
				})
			})
		}
	}
}

func TestTheAnswerToATextIs(t *testing.T) {
	for _, a := range badAnswers() {
		for _, c := range []struct {
			name string
			lost func(practice.Webhook) bool
		}{
			{"", noneLost},
			{", and no report comes", func(w practice.Webhook) bool { return strings.Contains(w.URL, "text=") }},
		} {
			t.Run(a.name+c.name, func(t *testing.T) {
				inBubble(t, liveWith(once, nobodyIn), func(e *exchange, r *running) {
					e.misbehave(twiliotest.Faults{REST: atFirst(twiliotest.CreateMessage, a.fate), Webhook: e.lost(c.lost)})
					r.until(r.ask(jane).ID, "sms_sent")
					r.quiet()
					sent := map[string]int{}
					for _, s := range e.Network.Sent() {
						sent[s.To]++
					}
					if sent[nobodyIn] != 1 || sent[jane] != 1 {
						t.Errorf("the shop was texted %d times and the visitor %d times, want once each", sent[nobodyIn], sent[jane])
					}
				})
			})
		}
	}
}

// quiet lets everything come to rest that is still to happen.
func (r *running) quiet() { time.Sleep(30 * time.Minute) }

package callback_test

import (
	"testing"
	"time"

	"ringback/server/callback"
)

// The line waits only for the phone that is rung first. The second one, on which the
// last call's goodbye was still heard, was rung, found busy, and the request missed.
func TestAPhoneThatIsAboutToBePutDownIsNotRungYet(t *testing.T) {
	bubble(t, func(s *shop) {
		const mobile = "+12125550102"
		s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
		s.exchange.beforeEnd.set(func() { time.Sleep(40 * time.Second) })
		s.exchange.person.set(func(x *exchange, c *phoneCall) {
			if c.to != mobile {
				x.end(c, callback.CallBusy)
				return
			}
			for _, o := range x.all() {
				if o.to == mobile && o.sid != c.sid && !o.status.Ended() {
					x.end(c, callback.CallBusy)
					return
				}
			}
			digits := "3"
			if x.request(c.leg) == "+12125550124" {
				digits = "1"
			}
			if x.answer(c) {
				x.press(c, digits, 5*time.Second)
			}
		})
		s.mustAsk("+12125550123")
		r := s.mustAsk("+12125550124")
		time.Sleep(3 * time.Minute)
		s.wantStatus(r.ID, callback.Completed)
	})
}

// request is the number of the visitor whom a leg is for.
func (x *exchange) request(leg string) string {
	for _, r := range x.shop.all() {
		if _, ok := r.Leg(leg); ok {
			return r.Number
		}
	}
	return ""
}

package callback_test

import (
	"testing"
	"time"

	"ringback/server/callback"
)

const dollar = 1_000_000

// spending gives the shop so much money a day, in US dollars.
func (s *shop) spending(usd float64) {
	s.rules.change(func(r *callback.Rules) { r.SpendDay = int64(usd * dollar) })
}

// cost is what the request's calls and texts come to by now.
func cost(r callback.Request) (calls, texts int64) {
	for _, l := range r.Legs {
		calls += l.Cost
	}
	for _, x := range r.Texts {
		texts += x.Cost
	}
	return calls, texts
}

func TestACallIsReservedAtItsLongestAndBookedAtWhatItWas(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		// An hour's talk and five minutes around it, at two cents a minute.
		if calls, _ := cost(s.request(r.ID)); calls != 65*20_000 {
			t.Errorf("while it rings %d are reserved", calls)
		}
		time.Sleep(time.Minute)
		got := s.wantStatus(r.ID, callback.Completed)
		if calls, _ := cost(got); calls != 2*20_000 { // each a minute begun
			t.Errorf("after the talk it is booked at %d", calls)
		}
		s.exchange.bill(14_000, "USD")
		time.Sleep(5 * time.Minute)
		for _, l := range s.request(r.ID).Legs {
			if !l.Priced || l.Cost != 14_000 || !l.LookAt.IsZero() {
				t.Errorf("%s after the carrier was asked: %+v", l.Role, l.Bill)
			}
		}
	})
}

func TestACallThatWasNotAnsweredCostsNothing(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(2 * time.Minute)
		if calls, texts := cost(s.request(r.ID)); calls != 0 || texts != 30_000 {
			t.Errorf("calls %d, texts %d", calls, texts)
		}
	})
}

func TestAPriceThatNeverComesIsAskedForThreeTimes(t *testing.T) {
	for name, set := range map[string]func(x *exchange){
		"the carrier does not know it yet": func(x *exchange) { x.bill(0, "") },
		"it is in another currency":        func(x *exchange) { x.bill(9_000, "EUR") },
		"the carrier can't be asked":       func(x *exchange) { x.fault.set(goesWrong(map[string]string{"ask": "down"})) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				r := s.mustAsk("+12125550123")
				time.Sleep(time.Minute)
				s.wantStatus(r.ID, callback.Completed)
				set(s.exchange)
				time.Sleep(8 * time.Hour)
				for _, l := range s.request(r.ID).Legs {
					if l.Priced || l.Cost != 20_000 || l.Looks != 3 || !l.LookAt.IsZero() {
						t.Errorf("%s: %+v; the estimate must stay", l.Role, l.Bill)
					}
				}
			})
		})
	}
}

func TestTheDaysMoney(t *testing.T) {
	t.Run("is kept for the visitor's leg too, and a call is not begun without it", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.spending(0.29) // five minutes around and five of talk, on both legs: 0.30
			r := s.mustAsk("+12125550123")
			time.Sleep(time.Minute)
			if got := s.wantStatus(r.ID, callback.SMSSent); got.Reason != callback.Budget || len(got.Legs) > 0 {
				t.Errorf("reason %s, %d legs", got.Reason, len(got.Legs))
			}
		})
	})
	t.Run("shortens the talk before it forbids the call", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.spending(0.50) // 0.10 around, and ten minutes on both legs
			r := s.mustAsk("+12125550123")
			time.Sleep(time.Minute)
			if got := s.wantStatus(r.ID, callback.Completed); got.Round.Talk != 10*time.Minute {
				t.Errorf("the talk may last %v", got.Round.Talk)
			}
		})
	})
	t.Run("is reckoned by the dearest phone that may talk", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.spending(2) // 0.10 and two cents a minute here, 0.40 and eight cents there
			s.rules.change(func(r *callback.Rules) { r.Phones[1].Number = "+4930123456" })
			s.exchange.person.set(func(x *exchange, c *phoneCall) {
				if c.to == "+12125550101" {
					x.end(c, callback.CallBusy)
					return
				}
				pressOne(x, c)
			})
			r := s.mustAsk("+12125550123")
			time.Sleep(time.Minute)
			if got := s.wantStatus(r.ID, callback.Completed); got.Round.Talk != 16*time.Minute {
				t.Errorf("the talk may last %v", got.Round.Talk)
			}
		})
	})
	t.Run("is back when a call was shorter than reserved", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.spending(3)
			for _, number := range []string{"+12125550123", "+12125550124", "+12125550125"} {
				r := s.mustAsk(number)
				time.Sleep(time.Minute)
				s.wantStatus(r.ID, callback.Completed)
			}
		})
	})
	t.Run("refuses a text that it has not", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.spending(0.02)
			r := s.mustAsk("+12125550123")
			time.Sleep(time.Minute)
			s.wantStatus(r.ID, callback.Missed)
		})
	})
	t.Run("is new the next day", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.spending(0.40)
			s.exchange.bill(400_000, "USD")
			first := s.mustAsk("+12125550123")
			time.Sleep(10 * time.Minute) // the dear price is known
			s.wantStatus(first.ID, callback.Completed)
			second := s.mustAsk("+12125550124")
			time.Sleep(time.Minute)
			if got := s.request(second.ID); got.Reason != callback.Budget {
				t.Errorf("the same day: %s (%s)", got.Status, got.Reason)
			}
			time.Sleep(24 * time.Hour)
			third := s.mustAsk("+12125550125")
			time.Sleep(time.Minute)
			s.wantStatus(third.ID, callback.Completed)
		})
	})
}

// No report on a text ever comes: it is asked for.
func TestATextIsWatchedUntilItIsDeliveredOrNot(t *testing.T) {
	for fault, want := range map[string]callback.Status{"": callback.SMSSent, "undelivered": callback.Missed, "down": callback.SMSSent} {
		t.Run(fault, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.rules.change(func(r *callback.Rules) { r.Retry.Attempts = 1 })
				s.exchange.person.set(nobody)
				s.exchange.fault.set(goesWrong(map[string]string{"ask text": fault}))
				r := s.mustAsk("+12125550123")
				time.Sleep(50 * time.Second)
				s.wantStatus(r.ID, callback.SMSSent)
				time.Sleep(8 * time.Hour)
				got := s.wantStatus(r.ID, want)
				for _, x := range got.Texts {
					if !x.LookAt.IsZero() {
						t.Errorf("it is asked for ever: %+v", x)
					}
				}
			})
		})
	}
}

// bill is what each call and text costs from now on.
func (x *exchange) bill(price int64, currency string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.price, x.currency = price, currency
}

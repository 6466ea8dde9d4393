package callback_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
)

const atFive = "We call you back at five."

func (s *shop) write(id int64, key, words string) error {
	return s.engine().Write(context.Background(), id, key, words)
}

// missed is a request that nobody took, whose own texts are all sent.
func (s *shop) missedOne() callback.Standing {
	s.t.Helper()
	s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
	s.exchange.person.set(nobody)
	r := s.mustAsk("+12125550123")
	time.Sleep(2 * time.Minute)
	s.wantStatus(r.ID, callback.SMSSent)
	return r
}

// written is how the owner's texts of a request stand.
func (s *shop) written(id int64) (all []callback.TextStatus) {
	synctest.Wait()
	for _, t := range s.request(id).Texts {
		if t.Written() {
			all = append(all, t.Status)
		}
	}
	return all
}

func (s *shop) wantSent(want ...string) {
	s.t.Helper()
	s.exchange.mu.Lock()
	defer s.exchange.mu.Unlock()
	if !slices.Equal(s.exchange.words, want) {
		s.t.Errorf("sent was %q, want %q", s.exchange.words, want)
	}
}

func TestTheOwnerTextsTheVisitorInOwnWords(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.missedOne()
		before := s.request(r.ID)
		if err := s.write(r.ID, "k", " We call you\nback at five. "); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		s.wantSent("+12125550123 " + atFive)
		after := s.request(r.ID)
		if after.Status != before.Status || after.Reason != before.Reason || !after.UpdatedAt.Equal(before.UpdatedAt) || after.TickedOff != nil {
			t.Errorf("it became %s (%s) at %v, want nothing to change", after.Status, after.Reason, after.UpdatedAt)
		}
	})
}

// A double click, or a window that asks again because it heard no answer.
func TestTheSameTextIsSentOnce(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.missedOne()
		for range 3 {
			if err := s.write(r.ID, "k", atFive); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Minute)
		}
		s.crash()
		s.start()
		if err := s.write(r.ID, "k", atFive); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		s.wantSent("+12125550123 " + atFive)
		if err := s.write(r.ID, "another key", atFive); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		s.wantSent("+12125550123 "+atFive, "+12125550123 "+atFive)
	})
}

func TestATextWaitsForTheOneBefore(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.missedOne()
		s.exchange.fault.set(goesWrong(map[string]string{"text": "down"}))
		if err := s.write(r.ID, "k", atFive); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		wantCode(t, s.write(r.ID, "l", "And bring the cake."), callback.TextUnderWay)
		s.exchange.fault.set(nil)
		time.Sleep(time.Minute)
		s.wantSent("+12125550123 " + atFive)
		if err := s.write(r.ID, "l", "And bring the cake."); err != nil {
			t.Errorf("when it was taken: %v", err)
		}
	})
}

func TestAnOwnersTextWhoseAnswerWasLostIsLookedForFirst(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.missedOne()
		s.exchange.fault.set(goesWrong(map[string]string{"text": "lost after"}))
		if err := s.write(r.ID, "k", atFive); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		s.wantSent("+12125550123 " + atFive)
		if got := s.written(r.ID); !slices.Equal(got, []callback.TextStatus{callback.TextDelivered}) {
			t.Errorf("it is %v, want delivered", got)
		}
	})
}

func TestATextOfTheOwnersThatIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		before func(s *shop, number string)
		words  string
		want   callback.Code
	}{
		"without words":                        {nil, " \n", callback.TextEmpty},
		"of too many letters":                  {nil, strings.Repeat("a", 460), callback.TextTooLong},
		"of too many letters, for one of them": {nil, strings.Repeat("a", 201) + "ć", callback.TextTooLong},
		"to a number that opted out":           {func(s *shop, n string) { s.bars(n, callback.BarOptOut) }, atFive, callback.NumberBlocked},
		"to a number that is blocked":          {func(s *shop, n string) { s.bars(n, callback.BarBlock) }, atFive, callback.NumberBlocked},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				r := s.missedOne()
				if c.before != nil {
					c.before(s, r.Number)
				}
				wantCode(t, s.write(r.ID, "k", c.words), c.want)
				time.Sleep(time.Minute)
				s.wantSent()
				if got := s.written(r.ID); got != nil {
					t.Errorf("it is kept as %v", got)
				}
			})
		})
	}
	t.Run("while a call is on", func(t *testing.T) {
		bubble(t, func(s *shop) {
			r := s.mustAsk("+12125550123")
			s.wantStatus(r.ID, callback.Calling)
			wantCode(t, s.write(r.ID, "k", atFive), callback.CallIsOn)
		})
	})
	t.Run("of a request that is not there", func(t *testing.T) {
		bubble(t, func(s *shop) { wantCode(t, s.write(7, "k", atFive), callback.NotFound) })
	})
	t.Run("without a key", func(t *testing.T) {
		bubble(t, func(s *shop) {
			if err := s.write(s.missedOne().ID, "", atFive); err == nil {
				t.Error("it is taken, and a repeat would be sent again")
			}
		})
	})
}

// What is in the outbox passes the gate like any text, whatever changed meanwhile.
func TestTheGateStandsBeforeTheOwnersTextsToo(t *testing.T) {
	for name, c := range map[string]struct {
		rules func(r *callback.Rules)
		bar   callback.Bar
	}{
		"the day's texts are spent":     {func(r *callback.Rules) { r.TextsDay = 2 }, ""},
		"the day's money is spent":      {func(r *callback.Rules) { r.SpendDay = 1 }, ""},
		"the number opts out meanwhile": {nil, callback.BarOptOut},
		"it is blocked meanwhile":       {nil, callback.BarBlock},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				r := s.missedOne() // two texts of its own
				if c.rules != nil {
					s.rules.change(c.rules)
				}
				if c.bar != "" { // it waits in the outbox meanwhile
					s.exchange.fault.set(goesWrong(map[string]string{"text": "down"}))
				}
				if err := s.write(r.ID, "k", atFive); err != nil {
					t.Fatal(err)
				}
				if c.bar != "" {
					time.Sleep(time.Second)
					s.bars(r.Number, c.bar)
					s.exchange.fault.set(nil)
				}
				time.Sleep(time.Minute)
				s.wantSent()
				if got := s.written(r.ID); !slices.Equal(got, []callback.TextStatus{callback.TextRefused}) {
					t.Errorf("it is %v, want refused", got)
				}
				s.wantStatus(r.ID, callback.SMSSent)
			})
		})
	}
}

// An effect of a mode that was left, or of another account, never runs.
func TestATextOfAnotherCarriersIsNotSent(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.missedOne()
		s.rules.change(func(r *callback.Rules) { r.Carrier = "of before" })
		if err := s.write(r.ID, "k", atFive); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		s.wantSent()
		if got := s.written(r.ID); !slices.Equal(got, []callback.TextStatus{callback.TextRefused}) {
			t.Errorf("it is %v, want refused", got)
		}
	})
}

// What the owner wrote is not the one text that the visitor gets by itself.
func TestTheVisitorIsTextedByItselfAllTheSame(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
		s.exchange.person.set(nobody)
		first := s.mustAsk("+12125550124")
		r := s.mustAsk("+12125550123") // in line behind it
		if err := s.write(r.ID, "k", atFive); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Minute)
		s.wantStatus(first.ID, callback.SMSSent)
		got := s.wantStatus(r.ID, callback.SMSSent)
		roles := map[callback.Role]int{}
		for _, x := range got.Texts {
			roles[x.Role]++
		}
		if roles[callback.VisitorLeg] != 2 || roles[callback.ShopLeg] != 1 {
			t.Errorf("%v texts, want the owner's and the one by itself, and one to the shop", roles)
		}
	})
}

func TestALongTextIsReckonedByItsSegments(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.missedOne()
		if err := s.write(r.ID, "k", strings.Repeat("a", 400)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		texts := s.request(r.ID).Texts
		if own, one := texts[len(texts)-1].Cost, texts[0].Cost; own != 3*one {
			t.Errorf("it is reckoned at %d, want three times %d", own, one)
		}
	})
}

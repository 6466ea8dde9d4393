package callback_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
)

// closes lets the shop close until then, or pause.
func (s *shop) closes(until time.Time, change ...func(r *callback.Rules)) {
	s.rules.change(func(r *callback.Rules) {
		r.Open, r.OpensAt = false, until
		for _, c := range change {
			c(r)
		}
	})
}

func (s *shop) opens() { s.rules.change(func(r *callback.Rules) { r.Open, r.Paused = true, false }) }

func TestAtClosingWhoeverWaitsInLineFollowsTheAfterHours(t *testing.T) {
	for _, c := range []struct {
		after  callback.AfterHours
		paused bool
		want   callback.Status
	}{
		{callback.TextAndSchedule, false, callback.Scheduled},
		{callback.TextOnly, false, callback.SMSSent},
		{callback.CallAnyway, false, callback.Pending},
		{callback.CallAnyway, true, callback.Scheduled},
	} {
		t.Run(fmt.Sprintf("%s, paused %t", c.after, c.paused), func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.person.set(func(x *exchange, call *phoneCall) { // they talk for an hour
					if x.answer(call) {
						x.press(call, "1", time.Hour)
					}
				})
				talks, waits := s.mustAsk("+12125550199"), s.mustAsk("+12125550123")
				time.Sleep(time.Minute)
				s.closes(s.now().Add(10*time.Hour), func(r *callback.Rules) { r.AfterHours, r.Paused = c.after, c.paused })
				time.Sleep(20 * time.Second)
				s.wantStatus(waits.ID, c.want)
				s.wantStatus(talks.ID, callback.Connected) // a round begun before closing is finished
			})
		})
	}
}

// The history tells the new time; a look that finds nothing new is told apart from it.
func TestTheLogTellsThatAnOpeningWasMoved(t *testing.T) {
	bubble(t, func(s *shop) {
		first, later := s.now().Add(8*time.Hour).UTC(), s.now().Add(9*time.Hour).UTC()
		s.closes(first, func(r *callback.Rules) { r.AfterHours = callback.TextAndSchedule })
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Minute)
		s.closes(later)
		time.Sleep(time.Minute)
		if got := s.wantStatus(r.ID, callback.Scheduled); !got.DueAt.Equal(later) {
			t.Fatalf("due at %v, want %v", got.DueAt, later)
		}
		var moved []string
		err := s.store.View(context.Background(), func(v callback.Reader) error {
			log, err := v.Events(r.ID, 100)
			for _, e := range log {
				if strings.Contains(e.Body, "was_due") {
					moved = append(moved, e.Body)
				}
			}
			return err
		})
		want := fmt.Sprintf(`"was_due":%d`, first.UnixMilli())
		if err != nil || len(moved) != 1 || !strings.Contains(moved[0], want) || !strings.Contains(moved[0], fmt.Sprintf(`"due_at":%d`, later.UnixMilli())) {
			t.Errorf("the log says %q, %v, want it once, with %s", moved, err, want)
		}
	})
}

func TestAtOpeningTheNightsRequestsAreCalledOneAfterTheOtherAsTheyAsked(t *testing.T) {
	bubble(t, func(s *shop) {
		opening := s.now().Add(8 * time.Hour)
		s.closes(opening, func(r *callback.Rules) { r.AfterHours = callback.TextAndSchedule })
		var asked []int64
		for n := range 5 {
			asked = append(asked, s.mustAsk(fmt.Sprintf("+1212555018%d", n)).ID)
			time.Sleep(time.Hour)
		}
		for _, id := range asked {
			if got := s.wantStatus(id, callback.Scheduled); got.Reason != callback.Opening || !got.DueAt.Equal(opening.UTC()) {
				t.Errorf("it is %s for %v", got.Reason, got.DueAt)
			}
		}
		time.Sleep(opening.Sub(s.now()) - time.Millisecond)
		s.opens()
		time.Sleep(20 * time.Second)
		under := 0
		for _, id := range asked {
			if s.request(id).Status.UnderWay() {
				under++
			}
		}
		if under > 1 {
			t.Errorf("%d are called at once", under)
		}
		time.Sleep(10 * time.Minute)
		var last time.Time
		for _, id := range asked {
			got := s.wantStatus(id, callback.Completed)
			if !got.TalkFrom.After(last) {
				t.Errorf("request %d was called before one that had asked earlier", id)
			}
			last = got.TalkFrom
		}
	})
}

// A pause that is lifted, hours that are changed: who was promised the opening follows it.
func TestWhoWaitsForTheOpeningFollowsIt(t *testing.T) {
	opening := func(s *shop) (time.Time, []int64) {
		at := s.now().Add(8 * time.Hour)
		s.closes(at, func(r *callback.Rules) { r.AfterHours = callback.TextAndSchedule })
		asked := make([]int64, 3)
		for n := range asked {
			asked[n] = s.mustAsk(fmt.Sprintf("+1212555018%d", n)).ID
			time.Sleep(time.Minute)
		}
		return at, asked
	}
	t.Run("opened early, they are called one after the other as they asked", func(t *testing.T) {
		bubble(t, func(s *shop) {
			_, asked := opening(s)
			s.opens()
			s.engine().Wake()
			time.Sleep(10 * time.Minute)
			var last time.Time
			for _, id := range asked {
				got := s.wantStatus(id, callback.Completed)
				if !got.TalkFrom.After(last) {
					t.Errorf("request %d was called before one that had asked earlier", id)
				}
				last = got.TalkFrom
			}
		})
	})
	t.Run("opened early, who asks then comes after them", func(t *testing.T) {
		bubble(t, func(s *shop) {
			_, asked := opening(s)
			s.opens() // and nobody has told the runner
			if late := s.mustAsk("+12125550123"); late.Place != len(asked) {
				t.Errorf("place %d, want %d: one is called, the others wait before it", late.Place, len(asked))
			}
		})
	})
	t.Run("nobody says so, and it is seen within 15 seconds", func(t *testing.T) {
		bubble(t, func(s *shop) {
			_, asked := opening(s)
			s.opens()
			time.Sleep(20 * time.Second)
			if got := s.request(asked[0]); got.Status == callback.Scheduled {
				t.Errorf("it waits until %v", got.DueAt)
			}
		})
	})
	for name, by := range map[string]time.Duration{"earlier": -2 * time.Hour, "later": 30 * time.Hour} {
		t.Run("it opens "+name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				at, asked := opening(s)
				follows := s.mustAsk("+12125550180").ID
				time.Sleep(time.Second)
				before := s.now()
				s.closes(at.Add(by))
				s.engine().Wake()
				for _, id := range append(asked, follows) {
					got := s.wantStatus(id, callback.Scheduled)
					if got.Reason != callback.Opening || !got.DueAt.Equal(at.Add(by)) || got.UpdatedAt.Before(before.UTC()) {
						t.Errorf("request %d: %s for %v, want %v; changed %v", id, got.Reason, got.DueAt, at.Add(by), got.UpdatedAt)
					}
				}
				if n := s.exchange.shopTexts(); n != len(asked) {
					t.Errorf("the shop has %d texts, want each wish told once", n)
				}
				after := s.request(asked[0]).UpdatedAt
				time.Sleep(time.Hour)
				if got := s.request(asked[0]); !got.UpdatedAt.Equal(after) {
					t.Error("it changes although the opening does not")
				}
			})
		})
	}
	t.Run("a time that the visitor chose stays", func(t *testing.T) {
		bubble(t, func(s *shop) {
			chosen := s.now().Add(5 * time.Hour)
			r, err := s.engine().Submit(context.Background(), callback.Ask{Number: "+12125550123", PreferredAt: chosen})
			if err != nil {
				t.Fatal(err)
			}
			s.closes(s.now().Add(time.Hour))
			s.engine().Wake()
			if got := s.wantStatus(r.ID, callback.Scheduled); got.Reason != callback.Chosen || !got.DueAt.Equal(chosen.UTC()) {
				t.Errorf("%s for %v", got.Reason, got.DueAt)
			}
		})
	})
}

func TestALineOfTwoRingsTwoPhones(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Line = 2 })
		s.exchange.person.set(nobody)
		a, b, c := s.mustAsk("+12125550123"), s.mustAsk("+12125550124"), s.mustAsk("+12125550125")
		time.Sleep(5 * time.Second)
		s.wantStatus(a.ID, callback.Calling)
		s.wantStatus(b.ID, callback.Calling)
		if got := s.wantStatus(c.ID, callback.Pending); got.Rounds > 0 {
			t.Error("a third is called")
		}
		if x, y := s.exchange.to("+12125550101"), s.exchange.to(mobile); x != 1 || y != 1 {
			t.Errorf("the counter was rung %d times, the mobile %d times; want each once", x, y)
		}
	})
}

func TestALineOfTwoWithOnePhoneCallsOneAfterTheOther(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Line, r.Phones = 2, r.Phones[:1] })
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550124")
		time.Sleep(5 * time.Second)
		s.wantStatus(b.ID, callback.Pending)
		time.Sleep(2 * time.Minute)
		s.wantStatus(a.ID, callback.Completed)
		if got := s.wantStatus(b.ID, callback.Completed); got.Rounds != 1 {
			t.Errorf("it took %d rounds", got.Rounds)
		}
	})
}

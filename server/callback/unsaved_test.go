package callback_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
)

// An hour with a full disk: the carrier is not asked each second what can't be kept, the
// log is not filled, and all is made good afterwards.
func TestWhileNothingCanBeSaved(t *testing.T) {
	bubble(t, func(s *shop) {
		var log bytes.Buffer
		s.crash()
		s.log = &log
		s.start()
		said := func(words string) int {
			synctest.Wait()
			return strings.Count(log.String(), words)
		}
		s.exchange.bill(14_000, "USD")
		talked := s.mustAsk("+12125550123")
		time.Sleep(time.Minute)
		s.wantStatus(talked.ID, callback.Completed) // what it cost is asked in five minutes
		chosen, err := s.engine().Submit(context.Background(), callback.Ask{Number: "+12125550124", PreferredAt: s.now().Add(57 * time.Minute)})
		if err != nil {
			t.Fatal(err)
		}

		asked := s.exchange.questions()
		s.store.full.Store(true)
		time.Sleep(time.Hour)
		if n := s.exchange.questions() - asked; n < 2 || n > 50 {
			t.Errorf("the carrier was asked %d times in the hour, want a few times and ever more rarely", n)
		}
		if n := said("level=ERROR"); n != 3 || said("msg=look") != 1 || said("msg=pass") != 1 || said("msg=effect") != 1 {
			t.Errorf("%d errors are in the log, want one for each thing that fails:\n%.2000s", n, log.String())
		}

		s.store.full.Store(false)
		time.Sleep(3 * time.Minute)
		for _, l := range s.request(talked.ID).Legs {
			if !l.Priced {
				t.Errorf("%s: what it cost was never kept: %+v", l.Role, l.Bill)
			}
		}
		s.wantStatus(chosen.ID, callback.Completed)
		if n := said("level=ERROR"); n != 3 || said("well again") != 3 {
			t.Errorf("%d errors, %d ends of them are in the log", n, said("well again"))
		}
	})
}

// One of those that could not be kept is tried; the others go on as soon as it could.
func TestOneQuestionFindsOutWhetherAnswersCanBeSavedAgain(t *testing.T) {
	bubble(t, func(s *shop) {
		for _, number := range []string{"+12125550123", "+12125550124", "+12125550125"} {
			s.mustAsk(number)
			time.Sleep(time.Minute)
		}
		s.store.full.Store(true)
		time.Sleep(10 * time.Minute) // the first waits are over, the longest has come
		asked := s.exchange.questions()
		time.Sleep(10 * time.Minute)
		if n := s.exchange.questions() - asked; n == 0 || n > 8 {
			t.Errorf("in ten minutes the carrier was asked %d times about six calls", n)
		}
		s.store.full.Store(false)
		time.Sleep(2 * time.Minute)
		for _, r := range s.all() {
			for _, l := range r.Legs {
				if l.Looks == 0 {
					t.Errorf("request %d: nobody asked about the %s leg", r.ID, l.Role)
				}
			}
		}
	})
}

// A call of unknown outcome is looked for before anything is committed.
func TestACallIsRarelyLookedForWhileNothingCanBeSaved(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(goesWrong(map[string]string{"call": "lost after", "callback": "lost"}))
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(11 * time.Second) // its answer is given up
		s.store.full.Store(true)
		asked := s.exchange.questions()
		time.Sleep(10 * time.Minute)
		if n := s.exchange.questions() - asked; n == 0 || n > 13 {
			t.Errorf("the carrier was searched %d times in ten minutes", n)
		}
		s.store.full.Store(false)
		time.Sleep(time.Hour)
		if got := s.request(r.ID); got.Status.Open() {
			t.Errorf("it is still %s", got.Status)
		}
	})
}

package callback_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // not each computer has the zones

	"ringback/server/callback"
)

// goesWrong is a fault at some points, and none at others.
func goesWrong(at map[string]string) func(point, number string) string {
	return func(point, _ string) string { return at[point] }
}

func (s *shop) owner(id int64, k callback.Kind) error {
	return s.engine().Owner(context.Background(), id, callback.Event{Kind: k})
}

func wantCode(t *testing.T, err error, want callback.Code) {
	t.Helper()
	var refused *callback.Error
	if !errors.As(err, &refused) || refused.Code != want {
		t.Errorf("it says %v, want %s", err, want)
	}
}

// A text has no key by which a repeat would be known: it is looked for first.
func TestATextWhoseAnswerWasLostIsNotSentTwice(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
		s.exchange.person.set(nobody)
		s.exchange.fault.set(goesWrong(map[string]string{"text": "lost after"}))
		r := s.mustAsk("+12125550123")
		time.Sleep(2 * time.Minute)
		s.wantStatus(r.ID, callback.SMSSent)
		if n := s.exchange.shopTexts(); n != 2 { // the shop's and the visitor's
			t.Errorf("%d texts, want 2", n)
		}
	})
}

const mobile = "+12125550102"

// counterDeclines: the counter is busy, and nobody takes the mobile.
func (s *shop) counterDeclines() {
	s.exchange.person.set(func(x *exchange, c *phoneCall) {
		if c.to != mobile {
			x.end(c, callback.CallBusy)
			return
		}
		nobody(x, c)
	})
}

// mobileGoesWrong loses the answers to calls of the mobile, and all callbacks.
func mobileGoesWrong(point, number string) string {
	switch {
	case point == "callback" && strings.HasPrefix(number, mobile):
		return "lost"
	case point == "call" && number == mobile:
		return "lost after"
	}
	return ""
}

// to counts the calls that were made to a phone.
func (x *exchange) to(number string) (n int) {
	for _, c := range x.all() {
		if c.to == number {
			n++
		}
	}
	return n
}

// first is the SID of the first call to a phone.
func (x *exchange) first(number string) string {
	for _, c := range x.all() {
		if c.to == number {
			return c.sid
		}
	}
	return ""
}

// The gate stands before each paid effect.
func TestTheGate(t *testing.T) {
	t.Run("of a visitor who opted out in the middle the shop is told, and the visitor is not texted", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
			s.exchange.person.set(nobody)
			r := s.mustAsk("+12125550123")
			time.Sleep(30 * time.Second)
			s.bars(r.Number, callback.BarOptOut)
			time.Sleep(time.Minute)
			s.wantStatus(r.ID, callback.SMSSent)
			if n := s.exchange.shopTexts(); n != 1 {
				t.Errorf("%d texts, want the shop's alone", n)
			}
		})
	})
	t.Run("the second phone of a round needs both legs in the budget too", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.rules.change(func(r *callback.Rules) { r.CallsDay = 2 })
			s.exchange.person.set(nobody)
			r := s.mustAsk("+12125550123")
			time.Sleep(time.Minute)
			if got := s.wantStatus(r.ID, callback.SMSSent); got.Reason != callback.Budget || len(s.exchange.all()) != 1 {
				t.Errorf("reason %s, %d calls, want budget after one", got.Reason, len(s.exchange.all()))
			}
		})
	})
	t.Run("what the carrier refused is none of the day's calls", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.rules.change(func(r *callback.Rules) { r.CallsDay = 2 })
			s.exchange.fault.set(goesWrong(map[string]string{"call": "down"}))
			r := s.mustAsk("+12125550123")
			time.Sleep(5 * time.Minute)
			s.exchange.fault.set(nil)
			time.Sleep(3 * time.Minute)
			s.wantStatus(r.ID, callback.Completed)
		})
	})
	t.Run("only one call of unknown outcome to one phone", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.rules.change(func(r *callback.Rules) { r.Line = 2 })
			s.counterDeclines()
			s.exchange.fault.set(mobileGoesWrong)
			s.mustAsk("+12125550123")    // rings the counter, and would go on to the mobile
			s.mustAsk("+12125550124")    // rings the mobile
			time.Sleep(11 * time.Second) // its answer is lost, its call not yet looked for
			if n := s.exchange.to(mobile); n != 1 {
				t.Errorf("%d calls to one phone, of which none is known to be made", n)
			}
			time.Sleep(4 * time.Second)
			if n := s.exchange.to(mobile); n != 2 {
				t.Errorf("%d calls, want the second when the first is found", n)
			}
			time.Sleep(13 * time.Second) // and in the search for the second, the first is left out
			if !slices.Contains(s.exchange.leftOut(), s.exchange.first(mobile)) {
				t.Errorf("the search leaves out %v, want the first call too", s.exchange.leftOut())
			}
		})
	})
}

// What is wrong with a post is said in the transaction that would have taken it.
func TestWhoMayAsk(t *testing.T) {
	ctx := context.Background()
	bubble(t, func(s *shop) {
		ask := callback.Ask{Number: "+12125550123", Key: "k", PerNumberDay: 2, RequestsDay: 3}
		first, err := s.engine().Submit(ctx, ask)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := s.engine().Submit(ctx, ask); err != nil || again.ID != first.ID {
			t.Errorf("the same key and number give request %d, %v, want %d", again.ID, err, first.ID)
		}
		other := ask
		other.Number = "+12125550124"
		_, err = s.engine().Submit(ctx, other)
		wantCode(t, err, callback.KeyReused)
		ask.Key = ""
		if _, err := s.engine().Submit(ctx, ask); err != nil {
			t.Fatal(err)
		}
		_, err = s.engine().Submit(ctx, ask)
		wantCode(t, err, callback.NumberLimit)
		ask.Number = "+12125550125"
		if _, err := s.engine().Submit(ctx, ask); err != nil {
			t.Fatal(err)
		}
		ask.Number = "+12125550126"
		_, err = s.engine().Submit(ctx, ask)
		wantCode(t, err, callback.DailyLimit)
		time.Sleep(24 * time.Hour)
		if _, err := s.engine().Submit(ctx, ask); err != nil {
			t.Errorf("the next day: %v", err)
		}
	})
}

// One person is never rung twice at once, not even by what looks like spam.
func TestThePersonWhoIsBeingCalledIsNotCalledByTheOwnerToo(t *testing.T) {
	bubble(t, func(s *shop) {
		spam, err := s.engine().Submit(context.Background(), callback.Ask{Number: "+12125550123", Spam: true})
		if err != nil {
			t.Fatal(err)
		}
		s.mustAsk("+12125550123")
		_ = s.owner(spam.ID, callback.CallNow)
		time.Sleep(8 * time.Second)
		if got := s.request(spam.ID); got.Status.UnderWay() {
			t.Errorf("the second call is %s", got.Status)
		}
	})
}

// What the owner wishes of a request that follows another is wished of that one; a
// visitor takes back only the own one, and not while they talk.
func TestOneThatFollowsStandsForTheOther(t *testing.T) {
	bubble(t, func(s *shop) {
		s.mustAsk("+12125550199")
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550123")
		if err := s.owner(b.ID, callback.CallNow); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(a.ID, callback.Calling)
		time.Sleep(10 * time.Second)
		s.wantStatus(b.ID, callback.Connected)
		_, err := s.engine().Withdraw(context.Background(), b.PublicID, "")
		wantCode(t, err, callback.TooLate)
		time.Sleep(time.Minute)
		_, err = s.engine().Withdraw(context.Background(), b.PublicID, "")
		wantCode(t, err, callback.TooLate)
	})
}

// Whoever waits is told that the place has changed.
func TestAPlaceThatChangesIsAChange(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550124")
		c := s.mustAsk("+12125550125")
		if c.Place != 2 || b.Place != 1 {
			t.Fatalf("places %d and %d", b.Place, c.Place)
		}
		before := s.request(c.ID).UpdatedAt
		changed, leave := s.engine().Changed(c.ID)
		defer leave()
		time.Sleep(time.Second)
		if _, err := s.engine().Withdraw(context.Background(), a.PublicID, ""); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		select {
		case <-changed:
		default:
			t.Error("nobody was told")
		}
		got, err := s.engine().Standing(context.Background(), c.PublicID)
		if err != nil || got.Place != 1 || !got.UpdatedAt.After(before) {
			t.Errorf("place %d, changed %v after %v, %v", got.Place, got.UpdatedAt, before, err)
		}
	})
}

// The recorded answer to a webhook holds nothing of the visitor's: erasing a person in
// the request erases them everywhere.
func TestTheRecordOfAWebhookHoldsNoVisitor(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		leg := s.request(r.ID).Legs[0].ID
		ev := callback.Event{Kind: callback.Answered, Leg: leg, SID: "CA1", Try: 1, Once: []string{"w"}}
		for range 2 {
			step, err := s.engine().Handle(context.Background(), ev)
			if err != nil || step.Kind != callback.StepWhisper || step.Name != "Jane Doe" || step.Number != r.Number {
				t.Errorf("the whisper says %+v, %v", step, err)
			}
		}
		err := s.store.View(context.Background(), func(v callback.Reader) error {
			step, err := v.Webhook([]string{"w"})
			if step.Name+step.Number+step.Message+step.To != "" {
				t.Errorf("the record holds %+v", step)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// After a start the carrier is asked at once what became of each call that had not
// ended: of those under way, and of a phone that is about to be put down.
func TestAStartAsksWhatBecameOfTheCalls(t *testing.T) {
	for name, key := range map[string]string{"under way": "1", "about to be put down": "3"} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.fault.set(goesWrong(map[string]string{"callback": "lost"}))
				slow := make(chan struct{})
				defer close(slow)
				s.exchange.beforeEnd.set(func() { <-slow })
				s.exchange.person.set(func(x *exchange, c *phoneCall) {
					if x.answer(c) {
						x.press(c, key, time.Hour)
					}
				})
				s.mustAsk("+12125550123")
				time.Sleep(10 * time.Second)
				s.crash()
				before := s.exchange.questions()
				s.start()
				time.Sleep(time.Second)
				if s.exchange.questions() == before {
					t.Error("nobody asked")
				}
			})
		})
	}
}

func TestAWakeAsksWhatBecameOfTheCalls(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(func(x *exchange, c *phoneCall) {
			if x.answer(c) {
				x.press(c, "1", 3*time.Hour)
			}
		})
		s.mustAsk("+12125550123")
		time.Sleep(10 * time.Second)
		before := s.exchange.questions()
		s.skew.Add(int64(50 * time.Second)) // less than a talk is looked at by itself
		time.Sleep(16 * time.Second)
		if s.exchange.questions() == before {
			t.Error("nobody asked")
		}
	})
}

// The program ends: a call that is being made is finished, and its answer stored.
func TestAnEndFinishesWhatWasBegun(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Open, r.AfterHours = false, callback.TextOnly })
		s.exchange.fault.set(goesWrong(map[string]string{"text": "slow"}))
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		s.stop()
		time.Sleep(time.Second)
		select {
		case <-s.ended:
			t.Fatal("it ended while a text was being sent")
		default:
		}
		time.Sleep(10 * time.Second)
		<-s.ended
		if got := s.request(r.ID); got.Status != callback.SMSSent {
			t.Errorf("it is %s, want sms_sent", got.Status)
		}
	})
}

// More is due than one pass looks at, and each takes long: none is begun twice, not too
// many at once, and none is left behind.
func TestManySlowEffects(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Open, r.AfterHours = false, callback.TextOnly })
		var mu sync.Mutex
		now, most := 0, 0
		count := func(n int) {
			mu.Lock()
			defer mu.Unlock()
			now += n
			most = max(most, now)
		}
		s.exchange.fault.set(func(point, _ string) string {
			if point != "text" {
				return ""
			}
			count(1)
			time.AfterFunc(9*time.Second, func() { count(-1) }) // it takes ten
			return "slow"
		})
		const many = 80
		for i := range many {
			s.mustAsk(fmt.Sprintf("+121255601%02d", i))
		}
		time.Sleep(51 * time.Second)
		synctest.Wait()
		sent := map[string]bool{}
		for _, id := range s.exchange.sentTexts() {
			sent[id] = true
		}
		if len(sent) != many || len(s.exchange.sentTexts()) != many || most > 16 || s.exchange.questions() > 0 {
			t.Errorf("%d of %d texts sent, %d in all, %d at once, %d looked for", len(sent), many, len(s.exchange.sentTexts()), most, s.exchange.questions())
		}
	})
}

// After trouble nothing but the time that passes brings the next try.
func TestTroubleIsTriedAgainInTime(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(goesWrong(map[string]string{"call": "down"}))
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		s.wantStatus(r.ID, callback.Pending)
		s.exchange.fault.set(nil)
		time.Sleep(5 * time.Second)
		s.wantStatus(r.ID, callback.Calling)
	})
}

// An effect that was made for one carrier never runs under another.
func TestNothingRunsUnderAnotherCarrier(t *testing.T) {
	change := func(s *shop) {
		s.crash()
		s.carrier = otherCarrier{s.exchange}
		s.rules.change(func(r *callback.Rules) { r.Carrier = "other" })
		s.start()
	}
	t.Run("a call that did not leave yet", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.stop() // nothing leaves any more
			<-s.ended
			r := s.mustAsk("+12125550123")
			change(s)
			synctest.Wait()
			if got := s.request(r.ID); got.Legs[0].Status != callback.CallFailed {
				t.Errorf("the old carrier's leg is %s, want %s", got.Legs[0].Status, callback.CallFailed)
			}
			time.Sleep(time.Minute)
			if got := s.wantStatus(r.ID, callback.Completed); got.Round.Carrier != "other" {
				t.Errorf("it was called by %s", got.Round.Carrier)
			}
		})
	})
	t.Run("a call of unknown outcome", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.exchange.fault.set(goesWrong(map[string]string{"call": "lost before"}))
			r := s.mustAsk("+12125550123")
			time.Sleep(time.Second)
			change(s)
			s.exchange.fault.set(nil)
			synctest.Wait()
			if got := s.request(r.ID); got.Legs[0].Status != callback.CallCanceled {
				t.Errorf("the old carrier's leg is %s, want %s", got.Legs[0].Status, callback.CallCanceled)
			}
		})
	})
	t.Run("a text", func(t *testing.T) {
		bubble(t, func(s *shop) {
			s.stop()
			<-s.ended
			s.rules.change(func(r *callback.Rules) { r.Open, r.AfterHours = false, callback.TextOnly })
			r := s.mustAsk("+12125550123")
			change(s)
			s.wantStatus(r.ID, callback.Missed)
			if n := s.exchange.shopTexts(); n != 0 {
				t.Errorf("%d texts", n)
			}
		})
	})
	t.Run("a talk that nobody can be asked about", func(t *testing.T) {
		bubble(t, func(s *shop) {
			r := s.mustAsk("+12125550123")
			time.Sleep(10 * time.Second)
			s.wantStatus(r.ID, callback.Connected)
			change(s)
			time.Sleep(time.Second)
			s.wantStatus(r.ID, callback.Completed)
		})
	})
}

// A call whose answer was lost is found as it stands then.
func TestACallThatIsFoundEndedIsOver(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(goesWrong(map[string]string{"call": "lost after", "callback": "lost"}))
		s.exchange.person.set(func(x *exchange, c *phoneCall) { x.end(c, callback.CallBusy) })
		r := s.mustAsk("+12125550123")
		time.Sleep(13 * time.Second)
		if got := s.request(r.ID); got.Legs[0].Status != callback.CallBusy || len(got.Legs) != 2 {
			t.Errorf("the first phone is %s, %d legs, want busy and the next", got.Legs[0].Status, len(got.Legs))
		}
	})
}

// A carrier that is gone for good holds nobody up for ever.
func TestWhatCantBeLookedForIsGivenUp(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
		s.exchange.fault.set(goesWrong(map[string]string{"call": "lost before", "find": "down", "text": "lost before", "find text": "down"}))
		r := s.mustAsk("+12125550123")
		time.Sleep(9 * time.Minute)
		s.wantStatus(r.ID, callback.Calling)
		time.Sleep(25 * time.Minute)
		if got := s.wantStatus(r.ID, callback.Missed); got.Texts[0].Status != callback.TextRefused {
			t.Errorf("the text is %s, want %s", got.Texts[0].Status, callback.TextRefused)
		}
	})
}

// No report tells the visitor's leg: it is found by its number, and the request says the
// truth.
func TestAVisitorsLegIsFoundByItsNumber(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(goesWrong(map[string]string{"callback": "lost"}))
		s.exchange.person.set(func(x *exchange, c *phoneCall) {
			if x.answer(c) {
				x.press(c, "1", time.Hour)
			}
		})
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Minute)
		s.wantStatus(r.ID, callback.Connected)
	})
}

func TestAReportOfAnotherTextChangesNothing(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Open, r.AfterHours = false, callback.TextOnly })
		r := s.mustAsk("+12125550123")
		text := s.wantStatus(r.ID, callback.SMSSent).Texts[0].ID
		ev := callback.Event{Kind: callback.TextInfo, Text: text, SID: "SM999", TextNow: callback.TextLost}
		if _, err := s.engine().Handle(context.Background(), ev); !errors.Is(err, callback.ErrForeign) {
			t.Errorf("it says %v, want ErrForeign", err)
		}
		s.wantStatus(r.ID, callback.SMSSent)
	})
}

// A clock that was put back makes nobody who asks later one who slept.
func TestAClockThatWasPutBackMakesNobodyStale(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(func(x *exchange, c *phoneCall) {
			if x.answer(c) {
				x.press(c, "1", 40*time.Minute)
			}
		})
		synctest.Wait() // it has started
		s.skew.Add(-int64(5 * time.Hour))
		s.mustAsk("+12125550199")
		b := s.mustAsk("+12125550123")
		time.Sleep(20 * time.Minute)
		s.wantStatus(b.ID, callback.Pending)
	})
}

func TestAPageIsToldOfTrouble(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(goesWrong(map[string]string{"call": "down"}))
		r := s.mustAsk("+12125550123")
		synctest.Wait()
		if got, err := s.engine().Standing(context.Background(), r.PublicID); err != nil || !got.Trouble || got.Place != 1 {
			t.Errorf("trouble %v, place %d, %v", got.Trouble, got.Place, err)
		}
	})
}

// Where the clocks skip midnight, the day begins at one.
func TestADayWithoutMidnight(t *testing.T) {
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	today, _ := callback.Day(time.Date(2018, 11, 4, 12, 0, 0, 0, zone), zone)
	_, next := callback.Day(time.Date(2018, 11, 3, 12, 0, 0, 0, zone), zone)
	want := time.Date(2018, 11, 4, 3, 0, 0, 0, time.UTC)
	if !today.Equal(want) || !next.Equal(want) {
		t.Errorf("it begins at %v and follows at %v, want %v", today.UTC(), next.UTC(), want)
	}
}

func TestAChosenTimeThatHasPassedMeansNow(t *testing.T) {
	bubble(t, func(s *shop) {
		r, err := s.engine().Submit(context.Background(), callback.Ask{Number: "+12125550123", PreferredAt: s.now().Add(-time.Hour)})
		if err != nil || r.Status != callback.Calling || !r.PreferredAt.IsZero() {
			t.Errorf("it is %s, for %v, %v", r.Status, r.PreferredAt, err)
		}
	})
}

// The owner's wish ignores the line. But where the only phone is on a call of ours it
// would be found busy, and cost the request its attempt and its text.
func TestCallNowWaitsForThePhoneThatIsOnACall(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Phones = r.Phones[:1] })
		a, b := s.mustAsk("+12125550199"), s.mustAsk("+12125550123")
		time.Sleep(5 * time.Second) // a is being called
		if err := s.owner(b.ID, callback.CallNow); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := s.request(b.ID); got.Status != callback.Pending || len(got.Legs) > 0 {
			t.Errorf("while the phone is taken it is %s, with %d legs", got.Status, len(got.Legs))
		}
		time.Sleep(2 * time.Minute)
		s.wantStatus(a.ID, callback.Completed)
		if got := s.wantStatus(b.ID, callback.Completed); got.Rounds != 1 || len(got.Texts) > 0 {
			t.Errorf("it took %d rounds, %d texts", got.Rounds, len(got.Texts))
		}
	})
}

func TestTheOwnerCallsANumber(t *testing.T) {
	bubble(t, func(s *shop) {
		s.closes(s.now().Add(10 * time.Hour)) // which the owner's own calls ignore
		id, err := s.engine().NewCall(context.Background(), "+12125550123", "Jane Doe")
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		got := s.wantStatus(id, callback.Completed)
		if got.Name != "Jane Doe" || got.Consent.TextsVisitor() {
			t.Errorf("it is %+v", got)
		}
		s.bars("+12125550124", callback.BarOptOut)
		var refused *callback.Error
		if _, err := s.engine().NewCall(context.Background(), "+12125550124", ""); !errors.As(err, &refused) || refused.Code != callback.NumberBlocked {
			t.Errorf("a number that opted out: %v", err)
		}
	})
}

func TestANumberThatWaitsIsCalledInsteadOfASecondRequest(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		waits := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		if _, err := s.engine().NewCall(context.Background(), "+12125550123", ""); err == nil {
			t.Error("while it is called, it is called again")
		}
		time.Sleep(2 * time.Minute)
		s.exchange.person.set(pressOne)
		id, err := s.engine().NewCall(context.Background(), "+12125550123", "")
		if err != nil || id != waits.ID {
			t.Errorf("request %d is called (%v), want %d", id, err, waits.ID)
		}
		time.Sleep(time.Minute)
		s.wantStatus(waits.ID, callback.Completed)
	})
}

func TestNobodyIsCalledForAPersonWhoWasErased(t *testing.T) {
	bubble(t, func(s *shop) {
		for _, status := range []callback.Status{callback.Completed, callback.Missed, callback.Cancelled} {
			var id int64
			err := s.store.Update(context.Background(), func(tx callback.Tx) (err error) {
				id, err = tx.Insert(callback.Request{PublicID: string(status), Salt: string(status), Status: status, Before: &callback.Past{Status: callback.Scheduled, DueAt: time.Now().Add(time.Hour)}})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, kind := range []callback.Kind{callback.CallNow, callback.Undo, callback.Voicemail} {
				wantCode(t, s.owner(id, kind), callback.NotFound)
			}
			_, err = s.engine().Reschedule(context.Background(), string(status), time.Time{}, 0, "t2")
			wantCode(t, err, callback.TooLate)
		}
	})
}

// The runner reads that a call is due while its answer is still waited for, and begins it
// only when the answer was found to be lost: by then the call is to be looked for later.
func TestACallIsNotLookedForBeforeItsTime(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		s.exchange.fault.set(goesWrong(map[string]string{"call": "lost after", "callback": "lost"}))
		s.mustAsk("+12125550123") // its answer is given up after ten seconds
		time.Sleep(9950 * time.Millisecond)
		s.store.slow.Store(int64(100 * time.Millisecond))
		if _, err := s.engine().Submit(context.Background(), callback.Ask{Number: "+12125550124"}); err != nil { // wakes the runner
			t.Fatal(err)
		}
		synctest.Wait()
		s.store.slow.Store(0)
		time.Sleep(time.Second)
		if n := s.exchange.questions(); n != 0 {
			t.Errorf("it was looked for %d times within a second, want none before two", n)
		}
		time.Sleep(2 * time.Second)
		if n := s.exchange.questions(); n == 0 {
			t.Error("it was not looked for")
		}
	})
}

package callback_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
)

const callIn = "CA00000000000000000000000000000099"

// calls lets a webhook of a call that came in arrive.
func (s *shop) callsIn(ev callback.Event) callback.Step {
	s.t.Helper()
	ev.Call = callIn
	if now, moves := map[callback.Kind]callback.CallStatus{callback.CalledIn: callback.CallAnswered, callback.InEnded: callback.CallDone}[ev.Kind]; moves {
		s.exchange.comesIn(now)
	}
	step, err := s.engine().Handle(context.Background(), ev)
	if err != nil {
		s.t.Fatalf("%s: %v", ev.Kind, err)
	}
	return step
}

// comesIn is how the call that came in stands at the exchange.
func (x *exchange) comesIn(now callback.CallStatus) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.calls[callIn] = &phoneCall{sid: callIn, status: now, ended: make(chan struct{})}
}

// putThrough: somebody calls in, and the shop's phone picks up and presses 1.
func (s *shop) putThrough(from string) {
	s.t.Helper()
	if step := s.callsIn(callback.Event{Kind: callback.CalledIn, From: from}); step.Kind != callback.StepThrough || step.To != "+12125550101" {
		s.t.Fatalf("the caller is answered %+v", step)
	}
	if step := s.callsIn(callback.Event{Kind: callback.InAnswered}); step.Kind != callback.StepWhisper || step.Call != callIn {
		s.t.Fatalf("the shop hears %+v", step)
	}
	if step := s.callsIn(callback.Event{Kind: callback.InKey, Digits: "1", Try: 1}); step.Kind != callback.StepNone {
		s.t.Fatalf("the 1 is answered %+v; an empty answer joins them", step)
	}
}

// waits brings a request into a state in which it waits for its next round.
func (s *shop) waits(number string) callback.Request {
	s.t.Helper()
	s.exchange.person.set(nobody)
	r := s.mustAsk(number)
	time.Sleep(2 * time.Minute)
	return s.wantStatus(r.ID, callback.Scheduled)
}

func TestAVisitorWhoCallsBackIsPutThroughAndServed(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.waits("+12125550123")
		step := s.callsIn(callback.Event{Kind: callback.CalledIn, From: r.Number})
		if step.Kind != callback.StepThrough {
			t.Fatalf("the caller is answered %+v", step)
		}
		if step = s.callsIn(callback.Event{Kind: callback.InAnswered}); step.Name != "Jane Doe" || step.Message != "rye bread?" {
			t.Errorf("the whisper does not know the request: %+v", step)
		}
		for try := 1; try < callback.Whispers; try++ {
			if step = s.callsIn(callback.Event{Kind: callback.InKey, Digits: "7", Try: try}); step.Kind != callback.StepWhisper || step.Try != try+1 {
				t.Errorf("a wrong key is answered %+v", step)
			}
		}
		s.callsIn(callback.Event{Kind: callback.InKey, Digits: "1", Try: 3})
		time.Sleep(10 * time.Minute) // the next round is due meanwhile
		if got := s.wantStatus(r.ID, callback.Pending); got.Rounds != 1 {
			t.Errorf("while they talk round %d was begun", got.Rounds)
		}
		if step = s.callsIn(callback.Event{Kind: callback.InEnded, Bridged: true}); step.Kind != callback.StepHangUp {
			t.Errorf("the end is answered %+v", step)
		}
		got := s.wantStatus(r.ID, callback.Completed)
		if got.Reason != callback.ByCallingIn || got.TalkTo.Sub(got.TalkFrom) != 10*time.Minute {
			t.Errorf("reason %s, talked %v", got.Reason, got.TalkTo.Sub(got.TalkFrom))
		}
		if s.callsIn(callback.Event{Kind: callback.InEnded, Bridged: true}); s.request(r.ID).UpdatedAt != got.UpdatedAt {
			t.Error("the end reported twice changed something")
		}
	})
}

func TestACallThatNobodyAcceptsLeavesTheRequestWhereItWas(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(s *shop)
		says callback.Phrase
	}{
		"nobody picks up": {func(*shop) {}, callback.SayOnList},
		"a voicemail, which presses nothing": {func(s *shop) {
			s.callsIn(callback.Event{Kind: callback.InAnswered})
			if step := s.callsIn(callback.Event{Kind: callback.InKey, Try: callback.Whispers}); step.Kind != callback.StepHangUp {
				s.t.Errorf("after the last whisper: %+v", step)
			}
		}, callback.SayOnList},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				r := s.waits("+12125550123")
				s.callsIn(callback.Event{Kind: callback.CalledIn, From: r.Number})
				c.end(s)
				if step := s.callsIn(callback.Event{Kind: callback.InEnded}); step.Phrase != c.says {
					t.Errorf("the caller hears %+v", step)
				}
				s.wantStatus(r.ID, callback.Scheduled)
				s.exchange.person.set(pressOne)
				time.Sleep(10 * time.Minute)
				s.wantStatus(r.ID, callback.Completed)
			})
		})
	}
}

func TestWhoeverCallsIn(t *testing.T) {
	for name, c := range map[string]struct {
		from string
		set  func(s *shop)
		kind callback.StepKind
		says callback.Phrase
	}{
		"without a request is put through too":        {"+12125550188", func(*shop) {}, callback.StepThrough, ""},
		"with a withheld number too":                  {"", func(*shop) {}, callback.StepThrough, ""},
		"from one of the shop's own phones is not":    {"+12125550102", func(*shop) {}, callback.StepSay, callback.SayIncoming},
		"while we call hears that we call":            {"+12125550123", func(s *shop) { s.mustAsk("+12125550123"); time.Sleep(time.Second) }, callback.StepSay, callback.SayRinging},
		"while another talks hears that it is busy":   {"+12125550188", func(s *shop) { s.mustAsk("+12125550123"); time.Sleep(time.Second) }, callback.StepSay, callback.SayBusy},
		"to a closed shop hears that it is closed":    {"+12125550188", func(s *shop) { s.rules.change(func(r *callback.Rules) { r.Open = false }) }, callback.StepSay, callback.SayClosed},
		"when the day's calls are spent hears nobody": {"+12125550188", func(s *shop) { s.spends(1) }, callback.StepSay, callback.SayNobody},
		"and is blocked hears nothing":                {"+12125550188", func(s *shop) { s.bars("+12125550188", callback.BarBlock) }, callback.StepHangUp, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.person.set(nobody)
				c.set(s)
				step := s.callsIn(callback.Event{Kind: callback.CalledIn, From: c.from})
				if step.Kind != c.kind || step.Phrase != c.says {
					t.Errorf("answered %+v", step)
				}
			})
		})
	}
}

// spends uses up the day's calls.
func (s *shop) spends(n int) {
	s.mustAsk("+12125550177")
	time.Sleep(3 * time.Minute)
	s.rules.change(func(r *callback.Rules) { r.CallsDay = n })
}

func TestACallerIsToldWhenTheShopOpens(t *testing.T) {
	bubble(t, func(s *shop) {
		opens := s.now().Add(10 * time.Hour)
		s.rules.change(func(r *callback.Rules) { r.Open, r.OpensAt = false, opens })
		if step := s.callsIn(callback.Event{Kind: callback.CalledIn, From: "+12125550188"}); !step.When.Equal(opens) {
			t.Errorf("told %v, want %v", step.When, opens)
		}
	})
}

func TestWhileSomebodyCallsInTheLineIsTaken(t *testing.T) {
	bubble(t, func(s *shop) {
		s.putThrough("+12125550188")
		r := s.mustAsk("+12125550123")
		if r.Place != 1 || r.Ahead != 1 {
			t.Errorf("place %d, %d ahead", r.Place, r.Ahead)
		}
		time.Sleep(time.Minute)
		s.wantStatus(r.ID, callback.Pending)
		s.callsIn(callback.Event{Kind: callback.InEnded, Bridged: true})
		time.Sleep(time.Minute)
		s.wantStatus(r.ID, callback.Completed)
	})
}

// Every word of the end is lost: the Dial action, and there is no status callback.
func TestACallInWhoseEndWasLostIsAskedFor(t *testing.T) {
	for name, fault := range map[string]func(point, number string) string{
		"it has ended":               nil,
		"the carrier can't be asked": goesWrong(map[string]string{"ask": "down"}),
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.putThrough("+12125550188")
				s.exchange.fault.set(fault)
				s.exchange.comesIn(callback.CallDone)
				r := s.mustAsk("+12125550123")
				time.Sleep(2 * time.Hour)
				if got := s.request(r.ID); got.Status == callback.Pending {
					t.Errorf("the line is held for ever: %s", got.Status)
				}
			})
		})
	}
}

func TestACallInThatWasTakenBeforeACrashGoesOn(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.waits("+12125550123")
		s.putThrough(r.Number)
		s.crash()
		s.start()
		s.callsIn(callback.Event{Kind: callback.InEnded, Bridged: true})
		s.wantStatus(r.ID, callback.Completed)
	})
}

func TestAnUnknownCallInIsNotFound(t *testing.T) {
	bubble(t, func(s *shop) {
		_, err := s.engine().Handle(context.Background(), callback.Event{Kind: callback.InKey, Call: callIn, Digits: "1", Try: 1})
		if !errors.Is(err, callback.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// textsIn lets a text of the visitor's arrive.
func (s *shop) textsIn(from, said, sid string) {
	s.t.Helper()
	ev := callback.Event{Kind: callback.TextedIn, From: from, Said: said, SID: sid, Seq: -1, Once: []string{sid}}
	if _, err := s.engine().Handle(context.Background(), ev); err != nil {
		s.t.Fatal(err)
	}
}

func TestATextIsKeptInTheHistoryOfItsRequest(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.waits("+12125550123")
		before := len(r.Texts)
		for range 2 { // a repeated webhook
			s.textsIn(r.Number, "After five, please", "SM1")
		}
		got := s.wantStatus(r.ID, callback.Scheduled)
		if len(got.Texts) != before+1 || got.Texts[before].Said != "After five, please" || got.Texts[before].Came.IsZero() {
			t.Errorf("texts: %+v", got.Texts)
		}
		told := s.told.get()
		if n := len(told); n == 0 || told[n-1].Kind != callback.NoticeTexted {
			t.Errorf("the owner is told %v", told)
		}
		s.textsIn("+12125550188", "Hello?", "SM2") // nobody's: counted, not kept
		time.Sleep(10 * time.Minute)
		s.wantStatus(r.ID, callback.SMSSent) // the text to the visitor still goes, and so on
	})
}

func TestStopEndsAllCallsAndTextsUntilStart(t *testing.T) {
	for _, word := range []string{"STOP", "stop", " Stop. ", "STOPALL", "Unsubscribe", "cancel", "End", "QUIT", "revoke", "Opt out", "opt-out", "alto"} {
		t.Run(word, func(t *testing.T) {
			bubble(t, func(s *shop) {
				r := s.waits("+12125550123")
				s.textsIn(r.Number, word, "SM1")
				if got := s.wantStatus(r.ID, callback.Cancelled); got.Reason != callback.ByOptOut {
					t.Errorf("reason %s", got.Reason)
				}
				var refused *callback.Error
				if _, err := s.ask(r.Number); !errors.As(err, &refused) || refused.Code != callback.NumberBlocked {
					t.Errorf("a new wish is answered %v", err)
				}
				s.textsIn(r.Number, "START", "SM2")
				s.exchange.person.set(pressOne)
				again := s.mustAsk(r.Number)
				time.Sleep(time.Minute)
				s.wantStatus(again.ID, callback.Completed)
			})
		})
	}
}

func TestAWordAmongOthersIsNoCommand(t *testing.T) {
	for _, said := range []string{"please stop by at five", "I will end early", "HELP", "info", "", "YES"} {
		bubble(t, func(s *shop) {
			r := s.waits("+12125550123")
			s.textsIn(r.Number, said, "SM1")
			s.wantStatus(r.ID, callback.Scheduled)
		})
	}
}

func TestStopAtEachMomentOfACall(t *testing.T) {
	for at := time.Duration(0); at <= 12*time.Second; at += time.Second {
		bubble(t, func(s *shop) {
			r := s.mustAsk("+12125550123")
			time.Sleep(at)
			synctest.Wait()
			before := s.request(r.ID).Status
			s.textsIn(r.Number, "STOP", "SM1")
			time.Sleep(time.Hour)
			got := s.request(r.ID)
			switch want := map[bool]callback.Status{true: callback.Completed, false: callback.Cancelled}[before == callback.Connected || before == callback.Completed]; {
			case got.Status != want:
				t.Errorf("after %v, when it was %s, it ends as %s", at, before, got.Status)
			case len(got.Live()) > 0:
				t.Errorf("after %v a leg lives on", at)
			}
			for _, x := range got.Texts {
				if x.Role == callback.VisitorLeg && x.Came.IsZero() {
					t.Errorf("after %v the visitor is texted", at)
				}
			}
		})
	}
}

func TestBlockingANumberCancelsAllOfIt(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.waits("+12125550123")
		if err := s.engine().Block(context.Background(), r.Number); err != nil {
			t.Fatal(err)
		}
		if got := s.wantStatus(r.ID, callback.Cancelled); got.Reason != callback.ByBlock {
			t.Errorf("reason %s", got.Reason)
		}
		if err := s.engine().Unblock(context.Background(), r.Number); err != nil {
			t.Fatal(err)
		}
		s.exchange.person.set(pressOne)
		again := s.mustAsk(r.Number)
		time.Sleep(time.Minute)
		s.wantStatus(again.ID, callback.Completed)
	})
}

func TestBlockingIsInTheLogOnceAndWithoutTheNumber(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.waits("+12125550123")
		ctx := context.Background()
		for _, number := range []string{r.Number, "+12125550177"} { // nobody asked with the second one
			for _, change := range []func(context.Context, string) error{s.engine().Unblock, s.engine().Block, s.engine().Block, s.engine().Unblock} {
				if err := change(ctx, number); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, id := range []int64{r.ID, 0} {
			var got []string
			err := s.store.View(ctx, func(v callback.Reader) error {
				entries, err := v.Events(id, 100)
				for _, e := range entries {
					if strings.HasSuffix(e.Kind, "blocked") {
						got = append(got, e.Kind)
					}
					if strings.Contains(e.Body, "1255501") {
						t.Errorf("a number is in the log: %s", e.Body)
					}
				}
				return err
			})
			if want := []string{"blocked", "unblocked"}; err != nil || !slices.Equal(got, want) {
				t.Errorf("request %d: got %q, %v, want %q", id, got, err, want)
			}
		}
	})
}

// onList brings a number's request onto the owner's list.
func (s *shop) onList(number string) callback.Request {
	s.t.Helper()
	s.rules.change(func(r *callback.Rules) { r.Retry.Attempts = 1 })
	s.exchange.person.set(nobody)
	r := s.mustAsk(number)
	time.Sleep(2 * time.Minute)
	return s.wantStatus(r.ID, callback.SMSSent)
}

// cameIn is what is kept of the call that came in.
func (s *shop) cameIn() (in callback.Incoming) {
	s.t.Helper()
	err := s.store.View(context.Background(), func(v callback.Reader) (err error) {
		in, err = v.Incoming(callIn)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return in
}

// The owner's Call now brings back an older request than the newest on the list.
func TestWhoeverCallsInIsAnsweredByTheRequestThatIsOpen(t *testing.T) {
	bubble(t, func(s *shop) {
		older, newer := s.onList("+12125550123"), s.onList("+12125550123")
		s.rules.change(func(r *callback.Rules) { r.Line = 2 })
		if err := s.engine().Owner(context.Background(), older.ID, callback.Event{Kind: callback.CallNow}); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(older.ID, callback.Calling)
		if step := s.callsIn(callback.Event{Kind: callback.CalledIn, From: older.Number}); step.Phrase != callback.SayRinging {
			t.Errorf("while we call, the caller is answered %+v", step)
		}
		s.textsIn(older.Number, "I am here", "SM1")
		if was, got := len(newer.Texts), len(s.request(newer.ID).Texts); got != was {
			t.Error("the text is kept with a request that is over")
		}
	})
}

func TestACallInThatAVoicemailTookIsBooked(t *testing.T) {
	bubble(t, func(s *shop) {
		s.callsIn(callback.Event{Kind: callback.CalledIn, From: "+12125550188"})
		s.callsIn(callback.Event{Kind: callback.InAnswered})
		time.Sleep(40 * time.Second)
		s.callsIn(callback.Event{Kind: callback.InEnded, Status: callback.CallDone})
		if in := s.cameIn(); in.Cost != 2*20_000 {
			t.Errorf("it is booked at %d", in.Cost)
		}
	})
}

func TestACallInThatNobodyTookIsBookedForTheCallersLegAlone(t *testing.T) {
	bubble(t, func(s *shop) {
		s.callsIn(callback.Event{Kind: callback.CalledIn, From: "+12125550188"})
		time.Sleep(20 * time.Second)
		s.callsIn(callback.Event{Kind: callback.InEnded, Status: callback.CallNoAnswer})
		if in := s.cameIn(); in.Cost != 20_000 {
			t.Errorf("it is booked at %d", in.Cost)
		}
	})
}

func TestACallInIsOneOfTheDaysCalls(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.CallsDay = 1 })
		s.putThrough("+12125550188")
		s.callsIn(callback.Event{Kind: callback.InEnded, Bridged: true})
		step, err := s.engine().Handle(context.Background(), callback.Event{Kind: callback.CalledIn, Call: callIn + "b", From: "+12125550187"})
		if err != nil || step.Phrase != callback.SayNobody {
			t.Errorf("the second of one call a day is answered %+v, %v", step, err)
		}
	})
}

func TestTheDaysMoneyShortensACallInBeforeItForbidsIt(t *testing.T) {
	bubble(t, func(s *shop) {
		s.spending(0.50) // an hour would be 2.40, on both legs
		for range 2 {    // a repeated webhook
			step := s.callsIn(callback.Event{Kind: callback.CalledIn, From: "+12125550188"})
			if step.Kind != callback.StepThrough || step.Talk != 12*time.Minute {
				t.Fatalf("the caller is answered %+v", step)
			}
		}
		s.callsIn(callback.Event{Kind: callback.InEnded, Status: callback.CallNoAnswer})
		s.spending(0.19)
		step, err := s.engine().Handle(context.Background(), callback.Event{Kind: callback.CalledIn, Call: callIn + "b", From: "+12125550187"})
		if err != nil || step.Phrase != callback.SayNobody {
			t.Errorf("without money for a short talk the caller is answered %+v, %v", step, err)
		}
	})
}

// The Dial action was lost, as in a crash, but the carrier was seen to go on with the
// call after the shop had accepted.
func TestATalkOfACallerWhoseEndWasLostIsATalk(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.waits("+12125550123")
		s.putThrough(r.Number)
		time.Sleep(20 * time.Minute)
		s.exchange.comesIn(callback.CallDone)
		time.Sleep(10 * time.Minute)
		if got := s.wantStatus(r.ID, callback.Completed); got.Reason != callback.ByCallingIn {
			t.Errorf("reason %s", got.Reason)
		}
	})
}

func TestARepeatedWebhookOfACallInGetsTheAnswerItGot(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Open = false })
		closed := callback.Event{Kind: callback.CalledIn, From: "+12125550188", Once: []string{"1"}}
		if first, again := s.callsIn(closed), s.callsIn(closed); first != again {
			t.Errorf("first %+v, then %+v", first, again)
		}
	})
	bubble(t, func(s *shop) {
		s.callsIn(callback.Event{Kind: callback.CalledIn, From: "+12125550188", Once: []string{"1"}})
		ended := callback.Event{Kind: callback.InEnded, Status: callback.CallNoAnswer, Once: []string{"2"}}
		if first, again := s.callsIn(ended), s.callsIn(ended); first != again {
			t.Errorf("first %+v, then %+v", first, again)
		}
	})
}

func TestOnlySoManyTextsOfAVisitorAreKept(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.waits("+12125550123")
		for n := range 60 {
			s.textsIn(r.Number, "Hello?", fmt.Sprintf("SM%d", n))
		}
		came := 0
		for _, x := range s.request(r.ID).Texts {
			if !x.Came.IsZero() {
				came++
			}
		}
		if came != 50 {
			t.Errorf("%d are kept", came)
		}
		s.textsIn(r.Number, "STOP", "SM99") // obeyed all the same
		s.wantStatus(r.ID, callback.Cancelled)
	})
}

package callback

import (
	"testing"
	"time"
)

// asking is a request that is about to be asked for.
func asking(t *testing.T, change func(s *told)) *told {
	t.Helper()
	s := &told{t: t, rules: walkRules(Plan{Attempts: 2, After: []time.Duration{5 * time.Minute}}),
		now: noon}
	s.r = Request{ID: 1, Salt: "s", Number: "+12125550123", AskedAt: s.now, Consent: Consent{Kind: "notice"}}
	change(s)
	return s.that(Event{Kind: Asked})
}

func press(leg, digits string, try int) Event {
	return Event{Kind: Key, Leg: leg, SID: "CA" + leg, Digits: digits, Try: try}
}

func ended(leg string, how CallStatus) Event {
	return Event{Kind: LegStatus, Leg: leg, SID: "CA" + leg, Status: how, Seq: 3}
}

func dialEnds(how CallStatus, bridged, shopGone bool) Event {
	return Event{Kind: Dialled, Leg: "s-1", SID: "CAs-1", Visitor: "s-2", Status: how, Bridged: bridged, ShopGone: shopGone}
}

func textTaken(id string) Event { return Event{Kind: TextDone, Text: id, SID: "SM" + id} }

// The rules of the product, a sentence each, that one request is enough for.
func TestTheRulesOfTheProduct(t *testing.T) {
	for name, c := range map[string]struct {
		play   func(s *told)
		status Status
		why    Reason
	}{
		// The whisper.
		"hanging up in the whisper is no accept: the next phone": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}).that(ended("s-1", CallDone))
			s.wantsCallOf("Mobile")
		}, Calling, ""},
		"a shop phone that does not exist costs its attempt: the next phone": {func(s *told) {
			s.that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"}).that(Event{Kind: Refused, Leg: "s-1", Refusal: NumberBad})
			s.wantsCallOf("Mobile")
		}, Calling, ""},
		"a wrong key repeats the whisper, and after the third it hangs up": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1", Try: 1})
			for try := 1; try < Whispers; try++ {
				if s.that(press("s-1", "9", try)); s.last.Step.Kind != StepWhisper || s.last.Step.Try != try+1 {
					s.t.Errorf("after whisper %d: %s %d", try, s.last.Step.Kind, s.last.Step.Try)
				}
			}
			if s.that(press("s-1", "9", Whispers)); s.last.Step.Kind != StepHangUp {
				s.t.Errorf("after the last whisper: %s", s.last.Step.Kind)
			}
		}, Calling, ""},
		"a key of a phone that has hung up joins nobody": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}).that(ended("s-1", CallDone)).that(press("s-1", "1", 1))
			if s.last.Step.Kind != StepHangUp {
				s.t.Errorf("it hears %s", s.last.Step.Kind)
			}
		}, Calling, ""},
		"key 2: again in 15 minutes, and no text": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}).that(press("s-1", "2", 1))
			if len(s.r.Texts) > 0 || !s.r.DueAt.Equal(s.now.Add(15*time.Minute)) {
				s.t.Errorf("%d texts, due %v", len(s.r.Texts), s.r.DueAt)
			}
		}, Scheduled, ByKey2},
		"key 3: the text, and no sms_sent before the carrier has it": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}).that(press("s-1", "3", 1))
		}, Missed, ByKey3},
		"key 3 after a text was taken: sms_sent at once, no second text": {func(s *told) {
			s.unanswered("s-1", "s-2").that(textTaken("s-t1")).after(5 * time.Minute).that(Event{Kind: Tick}).that(Event{Kind: Turn})
			s.rung("s-3").that(Event{Kind: Answered, Leg: "s-3"}).that(press("s-3", "3", 1))
			s.wantTexts(1, 1)
		}, SMSSent, ByKey3},
		"the day's calls are spent when 1 is pressed": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1"})
			s.rules.CallsLeft = 0
			if s.that(press("s-1", "1", 1)); s.last.Step.Phrase != SaySpent {
				s.t.Errorf("the shop hears %q", s.last.Step.Phrase)
			}
		}, Missed, Budget},

		// The visit.
		"the shop hangs up before the visitor picks up": {func(s *told) {
			s.accepted().that(dialEnds(CallCanceled, false, true))
			s.wantTexts(1, 0)
		}, Missed, ShopHungUp},
		"the shop hangs up as the visitor picks up: never bridged is no talk": {func(s *told) {
			s.accepted().that(dialEnds(CallDone, false, true))
		}, Missed, ShopHungUp},
		"the shop hangs up before the bridge, and no further round": {func(s *told) {
			s.accepted().that(dialEnds(CallCanceled, false, true)).that(textTaken("s-t1"))
		}, SMSSent, ShopHungUp},
		"the visitor is busy": {func(s *told) { s.accepted().that(dialEnds(CallBusy, false, false)) }, NoAnswer, Visitor},
		"the visitor's plan": {func(s *told) {
			s.rules.RetryVisitor = Plan{Attempts: 2, After: []time.Duration{15 * time.Minute}}
			s.accepted().that(dialEnds(CallBusy, false, false))
		}, Scheduled, Visitor},
		"a report of another visit decides nothing": {func(s *told) {
			ev := dialEnds(CallBusy, false, false)
			ev.Visitor = "s-9"
			s.accepted().that(ev)
		}, Connecting, ""},
		"a number that is bad for good": {func(s *told) {
			ev := dialEnds(CallFailed, false, false)
			ev.Refusal, ev.Code = NumberBad, 13224
			s.accepted().that(ev)
		}, Failed, ""},
		"they talk, so that no bad number can follow": {func(s *told) {
			ev := dialEnds(CallFailed, false, false)
			ev.Refusal = NumberBad
			s.accepted().that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallAnswered}).is(Connected, "").that(ev)
		}, NoAnswer, Visitor},
		"the Dial action is lost, and the visitor talked": {func(s *told) {
			s.accepted().that(ended("s-1", CallDone)).after(ActionTakes).that(Event{Kind: Tick})
			s.that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallDone, Talked: time.Second, Seq: -1, Asked: true})
		}, Completed, ""},
		"the Dial action is lost, and the visitor never picked up": {func(s *told) {
			s.accepted().that(ended("s-1", CallDone)).after(ActionTakes).that(Event{Kind: Tick})
			s.that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallDone, Seq: -1, Asked: true})
		}, Missed, ShopHungUp},
		"the Dial action of a talk is lost": {func(s *told) {
			s.accepted().that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallAnswered}).is(Connected, "")
			s.that(ended("s-1", CallDone)).that(Event{Kind: LegStatus, Leg: "s-2", Status: CallCanceled, Seq: -1, Asked: true})
		}, Completed, ""},

		// Texts.
		"a text that was not delivered": {func(s *told) {
			s.rules.Retry.Attempts = 1
			s.unanswered("s-1", "s-2").that(textTaken("s-t1")).is(SMSSent, Unanswered)
			s.that(Event{Kind: TextInfo, Text: "s-t1", TextNow: TextLost})
		}, Missed, Unanswered},
		"of two texts to the shop one arrives": {func(s *told) {
			s.rules.Retry.Attempts, s.rules.TextTo = 1, []string{"+12125550101", "+12125550102"}
			s.unanswered("s-1", "s-2").that(textTaken("s-t1")).that(textTaken("s-t2"))
			s.that(Event{Kind: TextInfo, Text: "s-t1", TextNow: TextLost})
		}, SMSSent, Unanswered},
		"a report that was overtaken": {func(s *told) {
			s.rules.Retry.Attempts = 1
			s.unanswered("s-1", "s-2").that(textTaken("s-t1")).that(Event{Kind: TextInfo, Text: "s-t1", TextNow: TextLost})
			s.that(Event{Kind: TextInfo, Text: "s-t1", TextNow: TextTaken})
		}, Missed, Unanswered},
		"the answer to a text was overtaken by its report": {func(s *told) {
			s.rules.Retry.Attempts = 1
			s.unanswered("s-1", "s-2").that(Event{Kind: TextInfo, Text: "s-t1", SID: "SM1", TextNow: TextLost}).that(textTaken("s-t1"))
		}, Missed, Unanswered},
		"a visitor who did not tick is not texted": {func(s *told) {
			s.rules.Retry.Attempts, s.r.Consent = 1, Consent{Kind: "tick"}
			s.unanswered("s-1", "s-2").wantTexts(1, 0)
		}, Missed, Unanswered},
		"the visitor is texted once": {func(s *told) {
			s.rules.Retry.Attempts = 1
			s.unanswered("s-1", "s-2").that(Event{Kind: CallNow}).that(Event{Kind: Turn}).unanswered("s-3", "s-4").wantTexts(1, 1)
		}, Missed, Unanswered},

		// The owner.
		"Call now while a call is on is refused":    {func(s *told) { s.wantRefused(CallNow, CallIsOn) }, Calling, ""},
		"ticking off while a call is on is refused": {func(s *told) { s.wantRefused(TickOff, CallIsOn) }, Calling, ""},
		"the owner's call is rung in a closed shop, and the rounds after it are not": {func(s *told) {
			s.unanswered("s-1", "s-2").that(Event{Kind: CallNow})
			s.rules.Open, s.rules.OpensAt, s.rules.Retry.Attempts = false, s.now.Add(12*time.Hour), 3
			s.that(Event{Kind: Turn}).is(Calling, "").unanswered("s-3", "s-4").is(Scheduled, NextRound)
			s.after(5 * time.Minute).that(Event{Kind: Tick}).that(Event{Kind: Turn})
		}, Scheduled, Opening},
		"that was only their voicemail": {func(s *told) {
			s.accepted().that(dialEnds(CallDone, true, false)).is(Completed, "").that(Event{Kind: Voicemail})
		}, NoAnswer, Visitor},
		"the visitor called in": {func(s *told) { s.unanswered("s-1", "s-2").that(Event{Kind: Bridge}) }, Completed, ByCallingIn},
		"the undo of a tick-off whose time has passed": {func(s *told) {
			s.unanswered("s-1", "s-2").is(Scheduled, NextRound).that(Event{Kind: TickOff}).is(Cancelled, ByOwner)
			s.after(time.Hour).that(Event{Kind: Undo})
		}, Missed, Stale},
		"a call that was ended can't be brought back": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Cancel, By: ByOwner}).that(Event{Kind: Undo})
		}, Cancelled, ByOwner},
		"a number that was blocked meanwhile": {func(s *told) {
			s.that(Event{Kind: Held, Leg: "s-1", Effect: EffectCall, Refusal: NumberBarred})
			if l := s.r.Legs[0]; l.Status != CallNotMade {
				s.t.Errorf("its call is %s", l.Status)
			}
		}, Cancelled, ByOptOut},

		// What the carrier does not tell.
		"a shop leg that can't be asked about for long is given up": {func(s *told) {
			s.rung("s-1").after(GiveUp-time.Second).that(Event{Kind: AskFailed, Leg: "s-1"}).is(Calling, "")
			s.after(time.Second).that(Event{Kind: AskFailed, Leg: "s-1"}).wantsCallOf("Mobile")
		}, Calling, ""},
		"a call of unknown outcome is looked for by its effect alone: one question would take it for not made": {func(s *told) {
			s.that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"}).that(Event{Kind: Lost, Leg: "s-1"}).after(time.Minute)
			if s.that(Event{Kind: Tick}); len(s.last.Effects) > 0 {
				s.t.Errorf("it asks: %+v", s.last.Effects)
			}
		}, Calling, ""},
		"a text that was reported, and whose search is given up later": {func(s *told) {
			s.rules.Retry.Attempts = 1
			s.unanswered("s-1", "s-2").that(Event{Kind: TextInfo, Text: "s-t1", SID: "SM1", TextNow: TextDelivered})
			s.that(Event{Kind: TextFail, Text: "s-t1", Refusal: CarrierDown})
			if got := s.r.Texts[0].Status; got != TextDelivered {
				s.t.Errorf("the text is %s", got)
			}
		}, SMSSent, Unanswered},
		"what the owner calls now is not ticked off any more": {func(s *told) {
			s.rules.Retry.Attempts = 1
			s.unanswered("s-1", "s-2").that(Event{Kind: TickOff}).is(Missed, Unanswered).that(Event{Kind: CallNow})
			if s.r.TickedOff != nil {
				s.t.Error("it would be missing on the list when nobody picks up again")
			}
		}, Pending, ""},
		"trouble ends when the carrier takes a call": {func(s *told) {
			s.that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"}).that(Event{Kind: Refused, Leg: "s-1", Refusal: CarrierDown})
			s.after(time.Minute).that(Event{Kind: Turn}).rung("s-2")
			if s.r.Troubles != 0 {
				s.t.Errorf("%d troubles in a row", s.r.Troubles)
			}
		}, Calling, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := tell(t).that(Event{Kind: Turn})
			c.play(s)
			s.is(c.status, c.why)
		})
	}
}

// Where a new request goes, and what waiting does to it.
func TestTheRulesOfWaiting(t *testing.T) {
	closed := func(a AfterHours) func(s *told) {
		return func(s *told) {
			s.rules.Open, s.rules.AfterHours, s.rules.OpensAt = false, a, s.now.Add(12*time.Hour)
		}
	}
	for name, c := range map[string]struct {
		asked  func(s *told)
		play   func(s *told)
		status Status
		why    Reason
	}{
		"a chosen time":                           {func(s *told) { s.r.PreferredAt = s.now.Add(time.Hour) }, nil, Scheduled, Chosen},
		"closed, text and schedule":               {closed(TextAndSchedule), nil, Scheduled, Opening},
		"closed, call anyway":                     {closed(CallAnyway), nil, Pending, ""},
		"closed, text only: no place, not a text": {closed(TextOnly), nil, Pending, Closed},
		"a pause is closed, whatever the owner chose for the night": {func(s *told) {
			closed(CallAnyway)(s)
			s.rules.Paused = true
		}, nil, Scheduled, Opening},
		"closed, text only, and the text goes": {closed(TextOnly), func(s *told) { s.that(textTaken("s-t1")) }, SMSSent, Closed},
		"closed, text only, and the text does not go": {closed(TextOnly), func(s *told) {
			s.that(Event{Kind: TextFail, Text: "s-t1", Refusal: Unreachable})
		}, Missed, Closed},
		"closed, text only, and one of two texts goes": {func(s *told) {
			closed(TextOnly)(s)
			s.rules.TextTo = []string{"+12125550101", "+12125550102"}
		}, func(s *told) {
			s.that(Event{Kind: TextFail, Text: "s-t1", Refusal: Unreachable}).is(Pending, Closed).that(textTaken("s-t2"))
		}, SMSSent, Closed},
		"closed, text only, in a later round": {func(*told) {}, func(s *told) {
			s.that(Event{Kind: Turn}).unanswered("s-1", "s-2").after(5 * time.Minute).that(Event{Kind: Tick})
			closed(TextOnly)(s)
			s.that(Event{Kind: Turn})
		}, Missed, Closed},
		"the honeypot was filled: nobody is rung": {func(s *told) { s.r.Spam = true }, func(s *told) {
			if len(s.last.Effects) > 0 || !s.r.QueuedAt.IsZero() {
				s.t.Errorf("%d effects, place %v", len(s.last.Effects), s.r.QueuedAt)
			}
			s.after(StaleAfter).that(Event{Kind: Tick})
		}, Missed, LooksSpam},
		"a shop without a phone": {func(s *told) { s.rules.Phones = nil }, func(s *told) { s.that(Event{Kind: Turn}) }, Missed, Trouble},
		"fifteen minutes behind other calls": {func(s *told) { s.rules.LineFull = true }, func(s *told) {
			s.after(StaleAfter).that(Event{Kind: Tick})
		}, Pending, ""},
		"fifteen minutes of trouble behind other calls": {func(*told) {}, func(s *told) {
			s.that(Event{Kind: Turn}).that(Event{Kind: Refused, Leg: "s-1", Refusal: CarrierDown})
			s.rules.LineFull = true
			s.after(StaleAfter).that(Event{Kind: Tick})
		}, Missed, Stale},
		"a turn that comes too late, after a sleep": {func(*told) {}, func(s *told) {
			s.after(StaleAfter)
			s.rules.AwakeSince = s.now
			s.that(Event{Kind: Turn})
		}, Missed, Stale},
		"a turn just in time, after a sleep": {func(*told) {}, func(s *told) {
			s.after(StaleAfter - time.Second)
			s.rules.AwakeSince = s.now
			s.that(Event{Kind: Turn})
		}, Calling, ""},
		"the owner's call never goes stale": {func(*told) {}, func(s *told) {
			s.that(Event{Kind: CallNow}).after(StaleAfter)
			s.rules.AwakeSince = s.now
			s.that(Event{Kind: Turn})
		}, Calling, ""},
		"nor is its wait over where the computer slept": {func(*told) {}, func(s *told) {
			s.that(Event{Kind: CallNow}).after(StaleAfter)
			s.rules.AwakeSince = s.now
			s.that(Event{Kind: Tick}).after(StaleAfter - time.Second).that(Event{Kind: Tick})
		}, Pending, ""},
		"but for a carrier it waits no longer": {func(*told) {}, func(s *told) {
			s.that(Event{Kind: CallNow}).after(StaleAfter).that(Event{Kind: Tick})
		}, Missed, Trouble},
		"ticked off while it waits, and brought back into its place": {func(*told) {}, func(s *told) {
			place := s.r.QueuedAt
			s.after(time.Minute).that(Event{Kind: TickOff}).is(Cancelled, ByOwner).after(time.Minute).that(Event{Kind: Undo})
			if !s.r.QueuedAt.Equal(place) || s.r.TickedOff != nil {
				s.t.Errorf("place %v, mark %v, want %v and none", s.r.QueuedAt, s.r.TickedOff, place)
			}
		}, Pending, ""},
		"ticked off while it waits, and brought back too late": {func(*told) {}, func(s *told) {
			s.that(Event{Kind: TickOff}).after(StaleAfter).that(Event{Kind: Undo})
		}, Missed, Stale},
		"a code that was never typed": {func(*told) {}, func(s *told) {
			s.r.Status = Unverified
			s.after(StaleAfter).that(Event{Kind: Tick})
		}, Expired, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := asking(t, c.asked)
			if c.play != nil {
				c.play(s)
			}
			s.is(c.status, c.why)
		})
	}
}

func (s *told) wantsCallOf(phone string) {
	s.t.Helper()
	if l := s.r.Legs[len(s.r.Legs)-1]; l.Phone != phone || l.Status != CallWanted || len(s.wanted(EffectCall)) != 1 {
		s.t.Errorf("the newest leg is of the %s, %s, want the %s's, wanted", l.Phone, l.Status, phone)
	}
}

func (s *told) wantTexts(shop, visitor int) {
	s.t.Helper()
	n := map[Role]int{}
	for _, t := range s.r.Texts {
		n[t.Role]++
	}
	if n[ShopLeg] != shop || n[VisitorLeg] != visitor {
		s.t.Errorf("%d texts to the shop, %d to the visitor, want %d and %d", n[ShopLeg], n[VisitorLeg], shop, visitor)
	}
}

func (s *told) wantRefused(k Kind, c Code) {
	s.t.Helper()
	if d := Next(s.r, Event{Kind: k, At: s.now}, s.rules); d.Refused == nil || d.Refused.Code != c {
		s.t.Errorf("%s: %v, want %s", k, d.Refused, c)
	}
}

func TestReportsThatWereOvertakenChangeNothing(t *testing.T) {
	told := func(status CallStatus, seq int) Event {
		return Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: status, Seq: seq}
	}
	for name, c := range map[string]struct {
		events []Event
		want   CallStatus
	}{
		"ringing after answered, by its number":         {[]Event{told(CallAnswered, 2), told(CallRinging, 1)}, CallAnswered},
		"ringing after answered, without one":           {[]Event{told(CallAnswered, -1), told(CallRinging, -1)}, CallAnswered},
		"queued after ringing":                          {[]Event{told(CallRinging, 1), told(CallQueued, 0)}, CallRinging},
		"answered after the end":                        {[]Event{told(CallNoAnswer, 3), told(CallAnswered, 4)}, CallNoAnswer},
		"an end counts, whatever its number":            {[]Event{told(CallRinging, 5), told(CallBusy, 1)}, CallBusy},
		"the carrier's late answer that it took a call": {[]Event{told(CallRinging, 1), {Kind: Placed, Leg: "s-1", SID: "CAs-1"}}, CallRinging},
	} {
		t.Run(name, func(t *testing.T) {
			s := tell(t).that(Event{Kind: Turn}).that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"})
			for _, ev := range c.events {
				s.that(ev)
			}
			if got := s.r.Legs[0].Status; got != c.want {
				t.Errorf("it is %s, want %s", got, c.want)
			}
		})
	}
}

// A request that is withdrawn while nobody knows yet whether its call was made: the call
// is ended as soon as it is known.
func TestACallThatIsLearnedOfTooLateIsHungUp(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"}).that(Event{Kind: Cancel, By: ByVisitor})
	if s.hangsUp("s-1") {
		t.Error("a hang-up without a SID waits for it")
	}
	if s.that(Event{Kind: Placed, Leg: "s-1", SID: "CAs-1"}); !s.hangsUp("s-1") {
		t.Error("the phone is left ringing")
	}
	if s.that(Event{Kind: Answered, Leg: "s-1", SID: "CAs-1"}); s.last.Step.Phrase != SayCancelled {
		t.Errorf("who picks up hears %q, want %q", s.last.Step.Phrase, SayCancelled)
	}
}

// Both phones, or the one that is still to ring, are let go.
func TestAWithdrawalEndsBothLegs(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).that(Event{Kind: Cancel, By: ByVisitor})
	if s.that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"}); !s.last.Drop || s.r.Legs[0].Status != CallNotMade {
		t.Errorf("the call that was not made yet: dropped %v, %s", s.last.Drop, s.r.Legs[0].Status)
	}
	s = tell(t).that(Event{Kind: Turn}).accepted().that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallRinging, Seq: 1})
	s.that(Event{Kind: Cancel, By: ByVisitor}).is(Cancelled, ByVisitor)
	if !s.hangsUp("s-1") || !s.hangsUp("s-2") || !s.r.Round.Over {
		t.Errorf("it hangs up %+v", s.last.Effects)
	}
	s = tell(t).that(Event{Kind: Turn}).accepted().that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallRinging, Seq: 1})
	if s.after(GiveUp).that(Event{Kind: AskFailed, Leg: "s-1"}).is(Missed, ShopHungUp); !s.hangsUp("s-2") {
		t.Error("the shop is given up, and the visitor is left ringing")
	}
}

func TestATextOfAWithdrawnRequestIsDropped(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).unanswered("s-1", "s-2").that(Event{Kind: Cancel, By: ByVisitor})
	if s.that(Event{Kind: Started, Effect: EffectText, Text: "s-t1"}); !s.last.Drop || s.r.Texts[0].Status != TextWanted {
		t.Errorf("dropped %v, the text is %s", s.last.Drop, s.r.Texts[0].Status)
	}
}

// Settings may change while a call is on: what ends it goes by the round's carrier.
func TestARoundIsEndedOverItsOwnCarrier(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).rung("s-1")
	s.rules.Carrier = "another"
	s.that(Event{Kind: Cancel, By: ByVisitor})
	if e := s.wanted(EffectHangUp); len(e) != 1 || e[0].Carrier != "test" {
		t.Errorf("it hangs up by %+v, want by the carrier that rings", e)
	}
}

// By when a status must have moved, from the event that put it there.
func TestDeadlines(t *testing.T) {
	for name, c := range map[string]struct {
		play func(s *told)
		want time.Duration
	}{
		"a phone rings 20 s":       {func(s *told) { s.rung("s-1") }, 20*time.Second + AskAgain},
		"the whisper":              {func(s *told) { s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}) }, WhisperTakes + AskAgain/2},
		"the visitor rings 30 s":   {func(s *told) { s.accepted() }, 30*time.Second + AskAgain/2},
		"a leg has ended":          {func(s *told) { s.accepted().that(ended("s-2", CallBusy)) }, ActionTakes},
		"trouble with the carrier": {func(s *told) { s.that(Event{Kind: Refused, Leg: "s-1", Refusal: CarrierDown}) }, StaleAfter},
		"a phone that is being put down": {func(s *told) {
			s.rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}).that(press("s-1", "3", 1))
		}, AskAgain},
		"a talk": {func(s *told) {
			s.accepted().that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallAnswered})
		}, TalkCheck},
		"a talk that was looked at": {func(s *told) {
			s.accepted().that(Event{Kind: LegStatus, Leg: "s-2", SID: "CA2", Status: CallAnswered}).that(Event{Kind: Tick})
			s.that(Event{Kind: LegStatus, Leg: "s-2", Status: CallAnswered, Seq: -1, Asked: true})
		}, TalkCheck},
	} {
		t.Run(name, func(t *testing.T) {
			s := tell(t).that(Event{Kind: Turn})
			if c.play(s); s.r.Deadline.Sub(s.now) != c.want {
				t.Errorf("within %v, want %v", s.r.Deadline.Sub(s.now), c.want)
			}
		})
	}
}

// A phone that lingers, about which nobody can be asked, does not hold up the line for
// ever.
func TestAPhoneThatLingersIsGivenUp(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}).that(press("s-1", "3", 1)).after(AskAgain)
	if s.that(Event{Kind: Tick}); len(s.wanted(EffectAsk)) != 1 {
		t.Fatalf("it asks %+v", s.last.Effects)
	}
	if s.that(Event{Kind: AskFailed, Leg: "s-1"}); len(s.r.Live()) != 1 {
		t.Error("given up after one question")
	}
	if s.after(GiveUp).that(Event{Kind: AskFailed, Leg: "s-1"}); len(s.r.Live()) != 0 || !s.r.Deadline.IsZero() {
		t.Errorf("never given up: %+v until %v", s.r.Live(), s.r.Deadline)
	}
}

// A page that waits for a change names the last one that it saw.
func TestEachChangeThatAVisitorSeesIsLater(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn})
	before := s.r.UpdatedAt
	s.unanswered("s-1", "s-2") // in the same millisecond
	if !s.r.UpdatedAt.After(before) {
		t.Errorf("changed at %v after %v", s.r.UpdatedAt, before)
	}
	before = s.r.UpdatedAt
	s.r.DueAt = s.r.DueAt.Add(-time.Hour)
	s.that(Event{Kind: Tick})
	if s.after(-time.Hour).that(Event{Kind: Tick}); !s.r.UpdatedAt.After(before) {
		t.Errorf("changed at %v after %v", s.r.UpdatedAt, before)
	}
}

package callback

import (
	"slices"
	"testing"
	"time"
)

func atOnce(r *Rules) { r.AtOnce = true }

// bothRing brings a request to both shop phones ringing.
func bothRing(t *testing.T, change ...func(*Rules)) *told {
	t.Helper()
	d := tell(t, append(change, atOnce)...).that(Event{Kind: Turn}).is(Calling, "").does(EffectCall, EffectCall)
	return d.rung("s-1").rung("s-2")
}

// answers lets a shop phone be picked up and a key be pressed.
func (d *told) answers(leg, digits string) *told {
	d.t.Helper()
	d.that(Event{Kind: Answered, Leg: leg, SID: "CA" + leg})
	if d.step.Kind != StepWhisper {
		d.t.Fatalf("%s hears %v, want the whisper", leg, d.step)
	}
	return d.that(Event{Kind: Key, Leg: leg, SID: "CA" + leg, Digits: digits, Try: Whispers})
}

func (d *told) ends(leg string, how CallStatus) *told {
	d.t.Helper()
	return d.that(Event{Kind: LegStatus, Leg: leg, Status: how, Seq: 3})
}

func (d *told) joins(try int) *told {
	d.t.Helper()
	return d.that(Event{Kind: Join, Leg: "s-1", SID: "CAs-1", Try: try})
}

func TestAllAtOnceTheFirstOneWins(t *testing.T) {
	d := bothRing(t).answers("s-1", "1").is(Connecting, "").does(EffectHangUp)
	if !d.hangsUp("s-2") {
		t.Errorf("the other phone is not quiet: %v", d.effects)
	}
	if d.step.Kind != StepHold || d.r.Visits != 0 {
		t.Fatalf("the accept is answered %v; want a pause before the visitor is dialled", d.step)
	}
	if d.joins(1); d.step.Kind != StepHold || d.step.Try != 2 {
		t.Errorf("while the other phone rings the pause is answered %v", d.step)
	}
	d.ends("s-2", CallCanceled).joins(1)
	if d.step.Kind != StepConnect || d.step.To != "+12125550123" {
		t.Errorf("when it is quiet the pause is answered %v", d.step)
	}
	d.that(Event{Kind: Dialled, Leg: "s-1", SID: "CAs-1", Visitor: "s-3", Status: CallDone, Bridged: true}).is(Completed, "")
}

func TestAllAtOnceTheVisitorIsDialledAtLatestAfterTwoSeconds(t *testing.T) {
	for name, ask := range map[string]func(d *told){
		"by the clock":            func(d *told) { d.after(QuietTakes).joins(1) },
		"by the number of pauses": func(d *told) { d.joins(2) },
	} {
		t.Run(name, func(t *testing.T) {
			d := bothRing(t).answers("s-1", "1")
			if ask(d); d.step.Kind != StepConnect {
				t.Errorf("the pause is answered %v", d.step)
			}
			if d.joins(2); d.step.Kind == StepConnect {
				t.Error("the visitor is dialled twice")
			}
		})
	}
}

func TestAllAtOnceNobodyWaitsForAPhoneThatHasEnded(t *testing.T) {
	d := bothRing(t).ends("s-2", CallBusy).is(Calling, "").does().answers("s-1", "1")
	if d.step.Kind != StepConnect {
		t.Errorf("the accept is answered %v", d.step)
	}
}

func TestAllAtOnceTheLoserHearsThatItIsTaken(t *testing.T) {
	d := bothRing(t).that(Event{Kind: Answered, Leg: "s-2", SID: "CAs-2"}).answers("s-1", "1")
	if d.that(Event{Kind: Key, Leg: "s-2", SID: "CAs-2", Digits: "1", Try: 1}); d.step.Phrase != SayTaken {
		t.Errorf("the second 1 is answered %v", d.step)
	}
	if d.is(Connecting, "").r.Round.Took != "s-1" {
		t.Errorf("%s has it", d.r.Round.Took)
	}
}

func TestAllAtOnceAPhoneThatIsLearnedOfAfterTheAcceptIsHungUp(t *testing.T) {
	d := tell(t, atOnce).that(Event{Kind: Turn}).rung("s-1").that(Event{Kind: Started, Effect: EffectCall, Leg: "s-2"})
	d.answers("s-1", "1").does()
	if d.that(Event{Kind: LegStatus, Leg: "s-2", SID: "CAs-2", Status: CallRinging, Seq: 1}); !d.hangsUp("s-2") {
		t.Errorf("it rings on: %v", d.effects)
	}
}

func TestAllAtOnceACallThatHasNotLeftDoesNotLeaveAfterTheAccept(t *testing.T) {
	d := tell(t, atOnce).that(Event{Kind: Turn}).rung("s-1").answers("s-1", "1")
	if d.step.Kind != StepConnect {
		t.Errorf("the accept waits for a phone that was never rung: %v", d.step)
	}
	if d.that(Event{Kind: Started, Effect: EffectCall, Leg: "s-2"}); !d.drop {
		t.Error("the other phone is rung although somebody has accepted")
	}
}

func TestAllAtOnceOneKeyDecidesForAll(t *testing.T) {
	for digits, want := range map[string]Status{"2": Scheduled, "3": Missed} {
		if d := bothRing(t).answers("s-1", digits); d.r.Status != want || !d.hangsUp("s-2") {
			t.Errorf("%s: it is %s, and wants %v", digits, d.r.Status, d.effects)
		}
	}
}

func TestAllAtOnceTheRoundIsOverWhenTheLastPhoneHasEnded(t *testing.T) {
	bothRing(t).ends("s-1", CallNoAnswer).is(Calling, "").ends("s-2", CallBusy).is(Scheduled, NextRound)
}

func TestAllAtOnceAShopThatHangsUpInThePauseIsMissed(t *testing.T) {
	bothRing(t).answers("s-1", "1").ends("s-1", CallDone).is(Missed, ShopHungUp)
}

func TestAllAtOnceTroubleCountsOnlyWhereNoPhoneRang(t *testing.T) {
	down := func(leg string) Event {
		return Event{Kind: Refused, Effect: EffectCall, Leg: leg, Refusal: CarrierDown}
	}
	// Nothing rang: the request keeps its place, and the round is begun anew.
	d := tell(t, atOnce).that(Event{Kind: Turn}).that(down("s-1")).is(Calling, "").that(down("s-2")).is(Pending, Trouble)
	if d.r.Rounds != 0 || d.r.Round != nil {
		t.Errorf("%d rounds are counted", d.r.Rounds)
	}
	// One rang in vain: that was a round.
	tell(t, atOnce).that(Event{Kind: Turn}).rung("s-1").that(down("s-2")).is(Calling, "").ends("s-1", CallNoAnswer).is(Scheduled, NextRound)
	tell(t, atOnce).that(Event{Kind: Turn}).rung("s-1").ends("s-1", CallNoAnswer).that(down("s-2")).is(Scheduled, NextRound)
}

func TestAllAtOnceNoMorePhonesRingThanTheBudgetHas(t *testing.T) {
	tell(t, atOnce, func(r *Rules) { r.CallsLeft = 2 }).that(Event{Kind: Turn}).is(Calling, "").does(EffectCall)
	tell(t, atOnce, func(r *Rules) { r.CallsLeft = 3 }).that(Event{Kind: Turn}).is(Calling, "").does(EffectCall, EffectCall)
}

func TestAllAtOnceEachPhoneIsAskedAboutInItsTime(t *testing.T) {
	d := tell(t, atOnce, func(r *Rules) {
		r.Phones = slices.Clone(r.Phones)
		r.Phones[1].Ring = 10 * time.Second
	}).that(Event{Kind: Turn}).rung("s-1").after(time.Second).rung("s-2")
	if got := d.r.Deadline.Sub(noon); got != time.Second+10*time.Second+AskAgain {
		t.Errorf("the carrier is asked after %v", got)
	}
	d.after(41*time.Second).that(Event{Kind: Tick}).does(EffectAsk, EffectAsk)
}

func TestAllAtOnceALoserWhoseHangUpWasLostIsHungUpAgain(t *testing.T) {
	d := bothRing(t).answers("s-1", "1").is(Connecting, "").that(Event{Kind: HungUp, Leg: "s-2", Refusal: CarrierDown})
	d.joins(2).after(time.Minute).that(Event{Kind: Tick})
	d.that(Event{Kind: LegStatus, Leg: "s-2", SID: "CAs-2", Status: CallRinging, Seq: -1, Asked: true})
	if !d.hangsUp("s-2") {
		t.Errorf("it rings on: %v", d.effects)
	}
}

package callback

import (
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// told is a request to which a test tells events.
type told struct {
	t       *testing.T
	r       Request
	rules   Rules
	now     time.Time
	effects []Effect // of the last event
	step    Step     // of the last event
	refused *Error
	drop    bool
	last    Decision
}

func tell(t *testing.T, change ...func(*Rules)) *told {
	rules := walkRules(Plan{Attempts: 2, After: []time.Duration{5 * time.Minute}})
	for _, c := range change {
		c(&rules)
	}
	r := Request{ID: 1, Salt: "s", Number: "+12125550123", Consent: Consent{Kind: "notice"}}
	return (&told{t: t, r: r, rules: rules, now: noon}).that(Event{Kind: Asked})
}

// that tells an event.
func (d *told) that(ev Event) *told {
	d.t.Helper()
	ev.At = d.now
	out := Next(d.r, ev, d.rules)
	if out.Bug != nil {
		d.t.Fatal(out.Bug)
	}
	d.last = out
	d.r, d.effects, d.step, d.refused, d.drop = out.Request, out.Effects, out.Step, out.Refused, out.Drop
	return d
}

func (d *told) after(wait time.Duration) *told {
	d.now = d.now.Add(wait)
	return d
}

func (d *told) is(s Status, why Reason) *told {
	d.t.Helper()
	if d.r.Status != s || d.r.Reason != why {
		d.t.Fatalf("it is %s (%s), want %s (%s)", d.r.Status, d.r.Reason, s, why)
	}
	return d
}

// does says that the last event wanted just these kinds of effects, notices left out.
func (d *told) does(want ...EffectKind) *told {
	d.t.Helper()
	var got []EffectKind
	for _, e := range d.effects {
		if e.Kind != EffectNotify {
			got = append(got, e.Kind)
		}
	}
	if !slices.Equal(got, want) {
		d.t.Fatalf("it wants %v, want %v", got, want)
	}
	return d
}

// rings brings the request to its first shop phone ringing.
func (d *told) rings() *told {
	d.t.Helper()
	return d.that(Event{Kind: Turn}).rung("s-1")
}

// rung: the call leaves and the carrier takes it.
func (d *told) rung(leg string) *told {
	d.t.Helper()
	return d.that(Event{Kind: Started, Effect: EffectCall, Leg: leg}).that(Event{Kind: Placed, Leg: leg, SID: "CA" + leg})
}

// unanswered lets these legs ring in vain, one after the other.
func (d *told) unanswered(legs ...string) *told {
	d.t.Helper()
	for _, leg := range legs {
		d.rung(leg).that(Event{Kind: LegStatus, Leg: leg, Status: CallNoAnswer, Seq: 3})
	}
	return d
}

func (d *told) picksUp(leg string) *told {
	d.t.Helper()
	return d.rung(leg).that(Event{Kind: Answered, Leg: leg, SID: "CA" + leg})
}

// wanted are the last event's effects of that kind.
func (d *told) wanted(k EffectKind) (found []Effect) {
	for _, e := range d.effects {
		if e.Kind == k {
			found = append(found, e)
		}
	}
	return found
}

func (d *told) hangsUp(leg string) bool {
	return slices.ContainsFunc(d.effects, func(e Effect) bool { return e.Kind == EffectHangUp && e.Leg == leg })
}

func (d *told) whispers() *told {
	d.t.Helper()
	return d.that(Event{Kind: Turn}).picksUp("s-1")
}

func (d *told) presses(digits string) *told {
	d.t.Helper()
	return d.that(Event{Kind: Key, Leg: "s-1", SID: "CAs-1", Digits: digits, Try: Whispers})
}

// accepts brings it to the visitor's phone ringing.
func (d *told) accepts() *told {
	d.t.Helper()
	return d.whispers().presses("1").is(Connecting, "")
}

func (d *told) dialled(ev Event) *told {
	d.t.Helper()
	ev.Kind, ev.Leg, ev.SID, ev.Visitor = Dialled, "s-1", "CAs-1", "s-2"
	return d.that(ev)
}

// accepted: the phone that rings is answered and 1 is pressed.
func (d *told) accepted() *told {
	d.t.Helper()
	return d.picksUp("s-1").presses("1").is(Connecting, "")
}

func oneRound(r *Rules) { r.Retry = Plan{Attempts: 1} }
func onePhone(r *Rules) { r.Phones = r.Phones[:1] }

// The product's table, copied by hand, so that a slip in one of the two is seen.
func TestTheStatusTableIsTheProducts(t *testing.T) {
	want := map[Status][]Status{
		"":         {Unverified, Pending, Scheduled},
		Unverified: {Pending, Scheduled, Cancelled, Expired},
		Pending:    {Calling, Scheduled, SMSSent, Missed, Failed, Cancelled, Completed},
		Scheduled:  {Pending, SMSSent, Missed, Cancelled, Completed},
		Calling:    {Connecting, Scheduled, SMSSent, Missed, Failed, Cancelled, Pending},
		Connecting: {Connected, Completed, NoAnswer, Missed, Failed, Cancelled},
		Connected:  {Completed, NoAnswer, Missed},
		Completed:  {NoAnswer},
		NoAnswer:   {Scheduled, Pending, Cancelled, Completed},
		Missed:     {SMSSent, Scheduled, Pending, Cancelled, Completed},
		SMSSent:    {Missed, Scheduled, Pending, Cancelled, Completed},
		Failed:     {Pending, Cancelled},
	}
	for _, from := range append([]Status{""}, Statuses...) {
		for _, to := range Statuses {
			if got := from.CanBecome(to); got != (from == to || slices.Contains(want[from], to)) {
				t.Errorf("%q to %q: %v", from, to, got)
			}
		}
	}
}

func TestAMoveOutsideTheTableChangesNothing(t *testing.T) {
	r := Request{ID: 1, Status: Completed}
	d := &decision{was: r, r: r, ev: Event{Kind: Tick}}
	d.become(Calling, "")
	if out := d.done(); out.Bug == nil || out.Request.Status != Completed {
		t.Errorf("bug %v, status %s; want a bug and completed", out.Bug, out.Request.Status)
	}
}

func TestTheShopIsTextedOnceAfterTheFirstRound(t *testing.T) {
	d := tell(t, onePhone).rings().that(Event{Kind: LegStatus, Leg: "s-1", Status: CallNoAnswer, Seq: 3})
	d.is(Scheduled, NextRound).does(EffectText)
	d.that(Event{Kind: Started, Effect: EffectText, Text: "s-t1"}).that(Event{Kind: TextDone, Text: "s-t1", SID: "SM1"}).is(Scheduled, NextRound)
	d.after(5*time.Minute).that(Event{Kind: Tick}).is(Pending, "").that(Event{Kind: Turn})
	d.that(Event{Kind: LegStatus, Leg: "s-2", Status: CallBusy, Seq: 3})
	d.is(SMSSent, Unanswered).does(EffectText) // the visitor's, after the last round
	if got := d.r.Texts[1].Role; got != VisitorLeg {
		t.Errorf("the second text is for %s, want the visitor", got)
	}
}

func TestSMSSentIsNeverSaidTooEarly(t *testing.T) {
	d := tell(t, onePhone, oneRound).rings().that(Event{Kind: LegStatus, Leg: "s-1", Status: CallNoAnswer, Seq: 3})
	d.is(Missed, Unanswered)
	d.that(Event{Kind: TextDone, Text: "s-t1", SID: "SM1"}).is(SMSSent, Unanswered)
	d.that(Event{Kind: TextInfo, Text: "s-t1", TextNow: TextDelivered}).is(SMSSent, Unanswered)
	d.that(Event{Kind: TextInfo, Text: "s-t1", TextNow: TextLost}).is(SMSSent, Unanswered) // delivered is delivered
}

func TestATextThatDidNotArriveLeavesTheRequestMissed(t *testing.T) {
	two := func(r *Rules) { r.TextTo = append(r.TextTo, "+12125550109") }
	d := tell(t, onePhone, oneRound, two).rings().that(Event{Kind: LegStatus, Leg: "s-1", Status: CallNoAnswer, Seq: 3})
	d.that(Event{Kind: TextDone, Text: "s-t1", SID: "SM1"}).that(Event{Kind: TextDone, Text: "s-t2", SID: "SM2"}).is(SMSSent, Unanswered)
	d.that(Event{Kind: TextInfo, Text: "s-t1", TextNow: TextLost}).is(SMSSent, Unanswered) // the other number has it
	d.that(Event{Kind: TextInfo, Text: "s-t2", TextNow: TextLost}).is(Missed, Unanswered)
}

func TestAStaleWishStaysMissedWhateverBecomesOfItsText(t *testing.T) {
	d := tell(t)
	d.r.Troubles = 1
	d.after(StaleAfter).that(Event{Kind: Tick}).is(Missed, Stale).does(EffectText)
	d.that(Event{Kind: TextDone, Text: "s-t1", SID: "SM1"}).is(Missed, Stale)
}

func TestHangingUpInTheWhisperIsNoAccept(t *testing.T) {
	tell(t).whispers().that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallDone, Seq: 3}).
		is(Calling, "").does(EffectCall)
}

func TestHangingUpAfterTheOneIsMissedAndNeverNoAnswer(t *testing.T) {
	for name, ev := range map[string]Event{
		"before the visitor picked up":                 {Status: CallCanceled, ShopGone: true},
		"while it was picked up, and never bridged":    {Status: CallDone, ShopGone: true},
		"and the carrier says that it was not reached": {Status: CallNoAnswer, ShopGone: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := tell(t).accepts().dialled(ev).is(Missed, ShopHungUp)
			d.that(Event{Kind: TextDone, Text: "s-t1", SID: "SM1"}).is(SMSSent, ShopHungUp)
		})
	}
}

func TestTheVisitorIsNotReached(t *testing.T) {
	for _, c := range []struct {
		name string
		ev   Event
		want Status
	}{
		{"busy", Event{Status: CallBusy}, NoAnswer},
		{"no answer", Event{Status: CallNoAnswer}, NoAnswer},
		{"an answered leg that was never bridged", Event{Status: CallDone}, NoAnswer},
		{"a number that does not exist", Event{Status: CallFailed, Refusal: NumberBad, Code: 13224}, Failed},
		{"failed for another reason", Event{Status: CallFailed, Code: 13500}, NoAnswer},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := tell(t).accepts().dialled(c.ev)
			if d.r.Status != c.want || d.r.Code != 0 && c.want != Failed {
				t.Errorf("it is %s (code %d), want %s", d.r.Status, d.r.Code, c.want)
			}
			if d.step.Kind != StepSay || d.step.Phrase != SayNoAnswer {
				t.Errorf("the shop hears %v", d.step)
			}
		})
	}
}

func TestTheVisitorsPlanRingsAgain(t *testing.T) {
	plan := func(r *Rules) { r.RetryVisitor = Plan{Attempts: 2, After: []time.Duration{15 * time.Minute}} }
	d := tell(t, plan).accepts().dialled(Event{Status: CallBusy}).is(Scheduled, Visitor)
	if got := d.r.DueAt.Sub(d.now); got != 15*time.Minute {
		t.Errorf("due in %v, want 15 min", got)
	}
}

func TestTheDaysCalls(t *testing.T) {
	left := func(n int) func(*Rules) { return func(r *Rules) { r.CallsLeft = n } }
	tell(t, left(1)).that(Event{Kind: Turn}).is(Missed, Budget).does(EffectText)
	tell(t, left(2)).that(Event{Kind: Turn}).is(Calling, "")
	d := tell(t).whispers() // the limit was lowered while the shop listened
	d.rules.CallsLeft = 0
	d.presses("1").is(Missed, Budget)
	if d.step.Phrase != SaySpent || len(d.r.Legs) != 1 {
		t.Errorf("the shop hears %q and %d legs are made; want say_spent and no visitor's", d.step.Phrase, len(d.r.Legs))
	}
}

func TestALateWebhookMovesNoEndedLeg(t *testing.T) {
	d := tell(t).rings().that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallBusy, Seq: 3})
	d.that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallAnswered, Seq: 2})
	if got := d.r.Legs[0].Status; got != CallBusy {
		t.Errorf("the leg is %s, want busy", got)
	}
	d.that(Event{Kind: Answered, Leg: "s-1", SID: "CAs-1"})
	if d.step.Kind != StepHangUp || d.r.Legs[0].Status != CallBusy {
		t.Errorf("its whisper gets %v, the leg is %s", d.step, d.r.Legs[0].Status)
	}
}

func TestCallbacksOutOfOrderGoByTheirNumber(t *testing.T) {
	d := tell(t).rings().
		that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallRinging, Seq: 2}).
		that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallQueued, Seq: 1})
	if got := d.r.Legs[0].Status; got != CallRinging {
		t.Errorf("the leg is %s, want ringing", got)
	}
}

func TestALegThatTurnsUpAfterTheCancelIsEnded(t *testing.T) {
	for name, ev := range map[string]Event{
		"by the REST answer":  {Kind: Placed, Leg: "s-1", SID: "CAs-1"},
		"by its first report": {Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallRinging, Seq: 1},
		"by its whisper":      {Kind: Answered, Leg: "s-1", SID: "CAs-1"},
	} {
		t.Run(name, func(t *testing.T) {
			d := tell(t).that(Event{Kind: Turn}).that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"})
			d.that(Event{Kind: Cancel, By: ByVisitor}).is(Cancelled, ByVisitor).does()
			d.that(ev).is(Cancelled, ByVisitor).does(EffectHangUp)
			if ev.Kind == Answered && d.step.Phrase != SayCancelled {
				t.Errorf("the shop hears %v", d.step)
			}
		})
	}
}

func TestACallThatIsNotWantedAnyMoreDoesNotLeave(t *testing.T) {
	d := tell(t).that(Event{Kind: Turn})
	d.r.Legs[0].Status = CallWanted
	d.that(Event{Kind: Cancel, By: ByVisitor})
	out := Next(d.r, Event{Kind: Started, Effect: EffectCall, Leg: "s-1", At: d.now}, d.rules)
	if !out.Drop || !out.Request.Legs[0].Started.IsZero() {
		t.Errorf("drop %v, started %v", out.Drop, out.Request.Legs[0].Started)
	}
	// Nor does a call of a round that has gone on to its next phone.
	d = tell(t).that(Event{Kind: Turn}).that(Event{Kind: Refused, Leg: "s-1", Refusal: NumberBad})
	d.r.Legs[0].Status = CallWanted
	if out := Next(d.r, Event{Kind: Started, Effect: EffectCall, Leg: "s-1", At: d.now}, d.rules); !out.Drop {
		t.Error("the first phone is rung although the round stands at the second")
	}
}

func TestALegThatOutlivesItsRequestIsAskedFor(t *testing.T) {
	d := tell(t).whispers().presses("3").is(Missed, ByKey3)
	if got := d.r.Deadline.Sub(d.now); got != AskAgain {
		t.Fatalf("looked at again after %v, want %v", got, AskAgain)
	}
	d.after(AskAgain).that(Event{Kind: Tick}).is(Missed, ByKey3).does(EffectAsk)
	d.that(Event{Kind: AskFailed, Leg: "s-1"})
	if d.r.Deadline.IsZero() {
		t.Error("the carrier could not be asked, and nobody asks again")
	}
	d.that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallDone, Seq: -1, Asked: true})
	if !d.r.Deadline.IsZero() {
		t.Error("a request at rest whose legs have ended has a deadline")
	}
}

func TestACarrierThatCanNotBeAskedIsGivenUpInTheEnd(t *testing.T) {
	d := tell(t, onePhone, oneRound).rings()
	for range 60 {
		d.after(AskAgain).that(Event{Kind: Tick}).that(Event{Kind: AskFailed, Leg: "s-1"})
		if d.r.Status != Calling {
			break
		}
	}
	d.is(Missed, Unanswered)
	if waited := d.now.Sub(noon); waited < GiveUp || waited > GiveUp+2*time.Minute {
		t.Errorf("given up after %v, want about %v", waited, GiveUp)
	}
}

func TestUndo(t *testing.T) {
	chosen := func(t *testing.T) *told {
		d := tell(t)
		d.r = Request{ID: 1, Salt: "s", PreferredAt: noon.Add(time.Hour)}
		return d.that(Event{Kind: Asked}).is(Scheduled, Chosen)
	}
	t.Run("brings back what was", func(t *testing.T) {
		d := chosen(t).that(Event{Kind: TickOff}).is(Cancelled, ByOwner)
		d.after(time.Minute).that(Event{Kind: Undo})
		if d.r.Status != Scheduled || !d.r.DueAt.Equal(noon.Add(time.Hour)) || !d.r.Deadline.Equal(d.r.DueAt) || d.r.TickedOff != nil {
			t.Errorf("it is %s, due %v", d.r.Status, d.r.DueAt)
		}
	})
	t.Run("never rings two people whose time has passed", func(t *testing.T) {
		d := chosen(t).that(Event{Kind: TickOff})
		d.after(2 * time.Hour).that(Event{Kind: Undo})
		d.is(Missed, Stale)
	})
	t.Run("a place in line is good for fifteen minutes", func(t *testing.T) {
		tell(t).that(Event{Kind: TickOff}).after(14*time.Minute).that(Event{Kind: Undo}).is(Pending, "")
		tell(t).that(Event{Kind: TickOff}).after(15*time.Minute).that(Event{Kind: Undo}).is(Missed, Stale)
	})
	t.Run("takes the mark off what only was ticked off", func(t *testing.T) {
		d := tell(t, onePhone, oneRound).rings().that(Event{Kind: LegStatus, Leg: "s-1", Status: CallBusy, Seq: 3})
		d.that(Event{Kind: TickOff, Note: "called back"}).is(Missed, Unanswered)
		if d.r.TickedOff == nil || d.r.TickedOff.Note != "called back" {
			t.Fatalf("the mark is %v", d.r.TickedOff)
		}
		if d.that(Event{Kind: Undo}).is(Missed, Unanswered); d.r.TickedOff != nil {
			t.Error("the mark is still there")
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	talking := func(t *testing.T) *told {
		return tell(t).accepts().that(Event{Kind: LegStatus, Leg: "s-2", SID: "CAs-2", Status: CallAnswered, Seq: 2}).is(Connected, "")
	}
	for _, c := range []struct {
		name string
		d    *told
		ev   Event
		want Code
	}{
		{"a cancel while they talk", talking(t), Event{Kind: Cancel, By: ByVisitor}, TooLate},
		{"Call now while they talk", talking(t), Event{Kind: CallNow}, CallIsOn},
		{"Call now while the shop's phone rings", tell(t).rings(), Event{Kind: CallNow}, CallIsOn},
		{"ticking off while a call is on", tell(t).rings(), Event{Kind: TickOff}, CallIsOn},
		{"a cancel after the talk", talking(t).dialled(Event{Status: CallDone, Bridged: true}).is(Completed, ""), Event{Kind: Cancel, By: ByVisitor}, TooLate},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := c.d.r.Status
			if c.d.that(c.ev); c.d.refused == nil || c.d.refused.Code != c.want || c.d.r.Status != before {
				t.Errorf("refused %v, now %s; want %s and still %s", c.d.refused, c.d.r.Status, c.want, before)
			}
		})
	}
}

func TestCallNowGoesBeforeTheLine(t *testing.T) {
	d := tell(t, onePhone, oneRound).rings().that(Event{Kind: LegStatus, Leg: "s-1", Status: CallBusy, Seq: 3}).is(Missed, Unanswered)
	d.that(Event{Kind: CallNow}).is(Pending, "")
	if !d.r.Manual || d.r.QueuedAt.IsZero() {
		t.Error("it has no place before the others")
	}
	d.rules.Open, d.rules.OpensAt = false, noon.Add(time.Hour)
	d.that(Event{Kind: Turn}).is(Calling, "") // hours don't hold it up
}

func TestAClosedShop(t *testing.T) {
	opens := noon.Add(20 * time.Hour)
	closed := func(kind AfterHours) func(*Rules) {
		return func(r *Rules) { r.Open, r.AfterHours, r.OpensAt = false, kind, opens }
	}
	t.Run("texts and calls at the opening", func(t *testing.T) {
		if d := tell(t, closed(TextAndSchedule)).is(Scheduled, Opening).does(EffectText); !d.r.DueAt.Equal(opens) {
			t.Errorf("due %v, want %v", d.r.DueAt, opens)
		}
	})
	t.Run("text only: pending without a place until the text is taken", func(t *testing.T) {
		d := tell(t, closed(TextOnly)).is(Pending, Closed).does(EffectText)
		if !d.r.QueuedAt.IsZero() {
			t.Error("it has a place in line")
		}
		d.that(Event{Kind: TextDone, Text: "s-t1", SID: "SM1"}).is(SMSSent, Closed)
	})
	t.Run("text only, and the text is refused", func(t *testing.T) {
		tell(t, closed(TextOnly)).that(Event{Kind: TextFail, Text: "s-t1", Refusal: Unreachable}).is(Missed, Closed)
	})
	t.Run("text only, and there is nobody to text", func(t *testing.T) {
		none := func(r *Rules) { r.TextTo = nil }
		tell(t, closed(TextOnly), none).is(Pending, Closed).that(Event{Kind: Tick}).is(Missed, Closed)
	})
	t.Run("calls anyway", func(t *testing.T) {
		tell(t, closed(CallAnyway)).is(Pending, "").that(Event{Kind: Turn}).is(Calling, "")
	})
	t.Run("a pause is closed whatever the owner chose for the night", func(t *testing.T) {
		paused := func(r *Rules) { r.Paused = true }
		tell(t, closed(CallAnyway), paused).is(Scheduled, Opening)
	})
}

func TestADueTimeAtTheOpeningFollowsTheOpening(t *testing.T) {
	opens := noon.Add(20 * time.Hour)
	night := func(t *testing.T) *told {
		return tell(t, func(r *Rules) { r.Open, r.AfterHours, r.OpensAt = false, TextAndSchedule, opens }).is(Scheduled, Opening)
	}
	for name, c := range map[string]struct {
		change func(d *told)
		due    time.Time
	}{
		"the same hours":   {func(*told) {}, opens},
		"it opens earlier": {func(d *told) { d.rules.OpensAt = opens.Add(-time.Hour) }, opens.Add(-time.Hour)},
		"it opens later, and its time has come": {func(d *told) {
			d.rules.OpensAt = opens.Add(24 * time.Hour)
			d.now = opens
		}, opens.Add(24 * time.Hour)},
		"a part of a millisecond is none": {func(d *told) {
			d.rules.OpensAt = opens.Add(-time.Hour - time.Microsecond)
		}, opens.Add(-time.Hour)},
		"no opening is in sight any more: it keeps its time":         {func(d *told) { d.rules.OpensAt = time.Time{} }, opens},
		"the owner wants only texts by now: what was promised holds": {func(d *told) { d.rules.AfterHours = TextOnly }, opens},
		"the owner wants calls in the night by now":                  {func(d *told) { d.rules.AfterHours = CallAnyway }, opens},
	} {
		t.Run(name, func(t *testing.T) {
			d := night(t)
			c.change(d)
			before := d.r.UpdatedAt
			d.that(Event{Kind: Tick}).is(Scheduled, Opening).does()
			if !d.r.DueAt.Equal(c.due) || !d.r.Deadline.Equal(c.due) {
				t.Errorf("due %v, looked at %v, want %v", d.r.DueAt, d.r.Deadline, c.due)
			}
			if changed := d.r.UpdatedAt.After(before); changed == c.due.Equal(opens) {
				t.Errorf("the visitor's page is told of a change: %v", changed)
			}
		})
	}
	t.Run("it is open: its turn is now", func(t *testing.T) {
		d := night(t)
		d.rules.Open, d.rules.OpensAt = true, time.Time{}
		d.after(time.Hour).that(Event{Kind: Tick}).is(Pending, "").that(Event{Kind: Turn}).is(Calling, "")
	})
	t.Run("no opening came: the hours decide when its time has come", func(t *testing.T) {
		d := night(t)
		d.rules.OpensAt = time.Time{}
		d.now = opens
		d.that(Event{Kind: Tick}).is(Pending, "").that(Event{Kind: Turn}).is(Pending, Closed)
	})
}

func TestWhatLooksLikeSpamRingsNobodyAndIsNotForEver(t *testing.T) {
	d := tell(t)
	d.r = Request{ID: 1, Salt: "s", Spam: true}
	d.that(Event{Kind: Asked}).is(Pending, LooksSpam).does()
	d.that(Event{Kind: Turn}).is(Pending, LooksSpam)
	d.after(StaleAfter).that(Event{Kind: Tick}).is(Missed, LooksSpam).does()
}

func TestTroubleKeepsThePlaceAndCostsNoAttempt(t *testing.T) {
	d := tell(t)
	place := d.r.QueuedAt
	d.after(time.Second).that(Event{Kind: Turn}).that(Event{Kind: Refused, Leg: "s-1", Effect: EffectCall, Refusal: AccountBad, Code: 20003})
	d.is(Pending, Trouble)
	if !d.r.QueuedAt.Equal(place) || d.r.Rounds != 0 || !d.r.NotBefore.After(d.now) {
		t.Errorf("place %v, %d rounds, not before %v", d.r.QueuedAt, d.r.Rounds, d.r.NotBefore)
	}
	d.after(10*time.Second).that(Event{Kind: Turn}).is(Calling, "")
	if d.r.Rounds != 1 || d.r.Legs[1].To != d.rules.Phones[0].Number {
		t.Errorf("round %d rings %s, want the first phone again", d.r.Rounds, d.r.Legs[1].To)
	}
	// In the middle of a round it goes on with the phone that could not be called.
	d.that(Event{Kind: LegStatus, Leg: "s-2", Status: CallBusy, Seq: 3}).that(Event{Kind: Refused, Leg: "s-3", Effect: EffectCall, Refusal: CarrierDown})
	d.is(Pending, Trouble).after(time.Minute).that(Event{Kind: Turn})
	if last := d.r.Legs[len(d.r.Legs)-1]; last.To != d.rules.Phones[1].Number || d.r.Rounds != 1 {
		t.Errorf("round %d goes on with %s", d.r.Rounds, last.To)
	}
}

func TestUpdatedAtStrictlyIncreases(t *testing.T) {
	d := tell(t)
	for _, ev := range []Event{{Kind: Turn}, {Kind: Cancel, By: ByVisitor}} {
		before := d.r.UpdatedAt
		if d.that(ev); !d.r.UpdatedAt.After(before) { // the clock stands still meanwhile
			t.Errorf("%s: %v is not after %v", ev.Kind, d.r.UpdatedAt, before)
		}
	}
}

// A webhook can tell a call's SID while the carrier's list, asked for the third time,
// does not show it yet. The phone rings: "not made" must not ring it again.
func TestNotMadeIsNotBelievedOfACallThatAWebhookTold(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"}).that(Event{Kind: Lost, Leg: "s-1"})
	s.that(Event{Kind: Answered, Leg: "s-1", SID: "CAs-1"}).that(Event{Kind: NotMade, Leg: "s-1"})
	if got := s.r.Legs[0].Status; got != CallAnswered {
		t.Errorf("the call is %s, want %s", got, CallAnswered)
	}
	if s.that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"}); !s.drop {
		t.Error("the call that rings would be made again")
	}
}

func TestNotMadeIsNotBelievedOfATextThatAReportTold(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).unanswered("s-1", "s-2").that(Event{Kind: Started, Effect: EffectText, Text: "s-t1"})
	s.that(Event{Kind: TextInfo, Text: "s-t1", SID: "SM1", TextNow: TextDelivered}).that(Event{Kind: NotMade, Text: "s-t1"})
	if got := s.r.Texts[0].Status; got != TextDelivered {
		t.Errorf("the text is %s, want %s", got, TextDelivered)
	}
}

// The visitor's leg of an earlier round is told of when the shop is rung again: the
// round under way has no visitor's leg yet.
func TestALateCallbackOfAnEarlierVisitIsHungUp(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).picksUp("s-1").presses("1").is(Connecting, "").after(GiveUp + time.Minute)
	s.that(Event{Kind: AskFailed, Leg: "s-1"}).is(Missed, ShopHungUp)
	s.that(Event{Kind: CallNow}).that(Event{Kind: Turn}).is(Calling, "")
	s.that(Event{Kind: LegStatus, Leg: "s-2", SID: "CAs-2", Status: CallRinging, Seq: 1}).is(Calling, "")
	if !s.hangsUp("s-2") {
		t.Error("a visitor's leg that nobody wants any more is left ringing")
	}
}

// The answer to the text was lost, but the carrier's report of it was not: the shop has
// the text.
func TestAReportAloneSaysThatTheShopHasTheText(t *testing.T) {
	for name, c := range map[string]struct {
		after AfterHours
		open  bool
		from  Status
		now   TextStatus
		want  Status
	}{
		"missed, then delivered":               {open: true, from: Missed, now: TextDelivered, want: SMSSent},
		"missed, then taken":                   {open: true, from: Missed, now: TextTaken, want: SMSSent},
		"missed, then not delivered":           {open: true, from: Missed, now: TextLost, want: Missed},
		"closed, text only, then taken":        {after: TextOnly, from: Pending, now: TextTaken, want: SMSSent},
		"closed, text only, and not delivered": {after: TextOnly, from: Pending, now: TextLost, want: Missed},
	} {
		t.Run(name, func(t *testing.T) {
			s := &told{t: t, rules: walkRules(Plan{Attempts: 1}), now: noon}
			s.rules.Open, s.rules.AfterHours = c.open, c.after
			s.r = Request{ID: 1, Salt: "s", Number: "+12125550123", AskedAt: s.now}
			if s.that(Event{Kind: Asked}); c.open {
				s.that(Event{Kind: Turn}).unanswered("s-1", "s-2")
			}
			s.that(Event{Kind: Started, Effect: EffectText, Text: "s-t1"}).that(Event{Kind: Lost, Text: "s-t1"})
			if s.r.Status != c.from {
				t.Fatalf("it is %s before the report, want %s", s.r.Status, c.from)
			}
			s.that(Event{Kind: TextInfo, Text: "s-t1", SID: "SM1", TextNow: c.now})
			if s.r.Status != c.want {
				t.Errorf("it is %s, want %s", s.r.Status, c.want)
			}
		})
	}
}

// Fifteen minutes of trouble are counted from when the line was free, not from when the
// visitor asked: waiting behind other calls does not count.
func TestTroubleAfterALongWaitInLineHasItsOwnFifteenMinutes(t *testing.T) {
	s := &told{t: t, rules: walkRules(Plan{Attempts: 1}), now: noon}
	s.r = Request{ID: 1, Salt: "s", Number: "+12125550123", AskedAt: s.now}
	s.that(Event{Kind: Asked}).after(14 * time.Minute).that(Event{Kind: Turn})
	s.that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"})
	s.that(Event{Kind: Refused, Leg: "s-1", Refusal: CarrierDown}).is(Pending, Trouble)
	s.after(2*time.Minute).that(Event{Kind: Tick}).is(Pending, Trouble)
	s.after(13*time.Minute).that(Event{Kind: Tick}).is(Missed, Stale)
}

// A talk without a limit may last: one question that failed does not end it.
func TestOneFailedQuestionEndsNoTalk(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn})
	s.rules.Talk, s.r.Round.Talk = 0, 0
	s.picksUp("s-1").presses("1").is(Connecting, "").that(Event{Kind: LegStatus, Leg: "s-2", SID: "CAs-2", Status: CallAnswered, Seq: 2}).is(Connected, "")
	s.after(time.Hour).that(Event{Kind: AskFailed, Leg: "s-1"}).is(Connected, "")
	s.after(5*time.Hour).that(Event{Kind: AskFailed, Leg: "s-1"}).is(Completed, "")
}

// What the carrier refused was never made: an hour of its trouble must not eat the day's
// calls.
func TestARefusedCallCostsNothingOfTheDay(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"})
	s.that(Event{Kind: Refused, Leg: "s-1", Refusal: CarrierDown, Code: 20429})
	if l := s.r.Legs[0]; l.Status != CallFailed || !l.Started.IsZero() {
		t.Errorf("the refused call is %s, started %v, want %s and never", l.Status, l.Started, CallFailed)
	}
}

func TestTheOwnersCallWaitsForNoTrouble(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).that(Event{Kind: Started, Effect: EffectCall, Leg: "s-1"})
	s.that(Event{Kind: Refused, Leg: "s-1", Refusal: CarrierDown}).that(Event{Kind: CallNow}).is(Pending, "")
	if !s.r.NotBefore.IsZero() || !s.r.Manual {
		t.Errorf("not tried before %v, manual %v, want at once", s.r.NotBefore, s.r.Manual)
	}
}

func TestUndoBringsBackTheReasonToo(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).rung("s-1").that(Event{Kind: Answered, Leg: "s-1"}).that(Event{Kind: Key, Leg: "s-1", Digits: "2"})
	s.is(Scheduled, ByKey2).that(Event{Kind: TickOff}).is(Cancelled, ByOwner)
	s.that(Event{Kind: Undo}).is(Scheduled, ByKey2)
}

// A round that trouble broke off goes on at the phone that it stood at, under the
// carrier and the address that hold then.
func TestARoundThatTroubleBrokeOffGoesOnWhereItStood(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).unanswered("s-1").that(Event{Kind: Started, Effect: EffectCall, Leg: "s-2"})
	s.that(Event{Kind: Refused, Leg: "s-2", Refusal: AccountBad}).is(Pending, Trouble)
	s.rules.Carrier, s.rules.Base = "another", "https://another.example"
	s.after(time.Minute).that(Event{Kind: Turn}).is(Calling, "")
	if l := s.r.Legs[2]; l.Phone != "Mobile" || s.r.Rounds != 1 {
		t.Errorf("it rings the %s in round %d, want the Mobile in round 1", l.Phone, s.r.Rounds)
	}
	if e := s.wanted(EffectCall); len(e) != 1 || e[0].Carrier != "another" || s.r.Round.Base != s.rules.Base {
		t.Errorf("it calls by %+v with %s, want by the carrier that holds now", e, s.r.Round.Base)
	}
}

// The visitor's leg, whose SID nobody told, is asked for by its number: else it would
// count as ringing for ever.
func TestAVisitorLegOfUnknownSIDDoesNotLingerForEver(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).accepted().that(Event{Kind: Cancel, By: ByVisitor}).is(Cancelled, ByVisitor)
	s.that(Event{Kind: LegStatus, Leg: "s-1", Status: CallDone, Seq: 3})
	if s.r.Deadline.IsZero() {
		t.Fatal("nobody asks what became of the visitor's leg")
	}
	s.after(AskAgain).that(Event{Kind: Tick})
	if asks := s.wanted(EffectAsk); len(asks) != 1 || asks[0].Leg != "s-2" {
		t.Errorf("it asks %+v, want for the visitor's leg", asks)
	}
	s.that(Event{Kind: LegStatus, Leg: "s-2", Status: CallCanceled, Seq: -1, Asked: true})
	if live := s.r.Live(); len(live) > 0 || !s.r.Deadline.IsZero() {
		t.Errorf("still live: %+v", live)
	}
}

// A hang-up that the carrier did not take is asked for again, when the call turns out
// to go on.
func TestAHangUpThatFailedIsTriedAgain(t *testing.T) {
	s := tell(t).that(Event{Kind: Turn}).rung("s-1").that(Event{Kind: Cancel, By: ByVisitor})
	if !s.hangsUp("s-1") {
		t.Fatal("the phone is left ringing")
	}
	s.that(Event{Kind: HungUp, Leg: "s-1", Refusal: CarrierDown}).after(AskAgain).that(Event{Kind: Tick})
	s.that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallRinging, Seq: -1, Asked: true})
	if !s.hangsUp("s-1") {
		t.Error("it is left ringing")
	}
}

// Twilio holds calls back for up to a day when too many are begun at once.
func TestACallThatTheCarrierHoldsBackIsCancelledAndTriedAgain(t *testing.T) {
	queued := Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallQueued, Seq: -1, Asked: true}
	d := tell(t).rings().after(20*time.Second+AskAgain-time.Second).that(queued).is(Calling, "").does()
	d.after(time.Second).that(queued).is(Pending, Trouble).does(EffectHangUp)
	if d.r.QueuedAt.IsZero() || d.r.Rounds != 0 {
		t.Errorf("its place is lost, or the round is counted: %+v", d.r)
	}
	d.that(Event{Kind: Answered, Leg: "s-1", SID: "CAs-1"}) // it was let go at this very moment
	if d.step.Kind != StepHangUp {
		t.Errorf("the phone that rings all the same hears %v", d.step)
	}
	d.ends("s-1", CallCanceled).is(Pending, Trouble)
	d.after(2*time.Minute).that(Event{Kind: Turn}).is(Calling, "").does(EffectCall)
	// All at once the other phones ring on.
	d = bothRing(t).after(20*time.Second+AskAgain).that(queued).is(Calling, "").does(EffectHangUp)
	d.ends("s-1", CallCanceled).is(Calling, "").ends("s-2", CallNoAnswer).is(Scheduled, NextRound)
}

func TestTroubleIsWaitedForLongerEachTimeUpToTwoMinutesAndNeverAllAtOnce(t *testing.T) {
	waits := map[time.Duration]bool{}
	for n, most := range map[int]time.Duration{1: 5 * time.Second, 2: 10 * time.Second, 5: 80 * time.Second, 6: 2 * time.Minute, 60: 2 * time.Minute} {
		for _, salt := range []string{"a", "b", "c"} {
			wait := Request{Salt: salt, Troubles: n}.troubleWait()
			if wait > most || wait < most-most/5 {
				t.Errorf("after %d times: %v, want %v less up to a fifth", n, wait, most)
			}
			waits[wait] = true
		}
	}
	if len(waits) < 12 {
		t.Errorf("%d different waits of 15", len(waits))
	}
}

// A carrier that holds every call back must not keep a request going round and round.
func TestACallThatIsAlwaysHeldBackComesToAnEnd(t *testing.T) {
	d := tell(t).that(Event{Kind: Turn}).unanswered("s-1", "s-2").is(Scheduled, NextRound)
	d.after(5*time.Minute).that(Event{Kind: Tick}).is(Pending, "")
	for tries := 0; d.r.Status == Pending; tries++ {
		if d.now.Sub(noon) > time.Hour {
			t.Fatalf("after %v and %d calls it still goes round", d.now.Sub(noon), tries)
		}
		d.that(Event{Kind: Turn}).is(Calling, "")
		leg := d.r.Legs[len(d.r.Legs)-1].ID
		d.rung(leg).after(20*time.Second + AskAgain)
		d.that(Event{Kind: LegStatus, Leg: leg, SID: "CA" + leg, Status: CallQueued, Seq: -1, Asked: true}).is(Pending, Trouble)
		d.after(time.Second).ends(leg, CallCanceled).after(5 * time.Second)
		if !d.r.Deadline.IsZero() && !d.now.Before(d.r.Deadline) {
			d.that(Event{Kind: Tick})
		}
	}
	d.is(Missed, Stale)
}

// The hang-up of a call that is held back got lost: it is hung up again when the carrier
// is asked, or the phone and with it the line would be held for as long as the carrier likes.
func TestAHeldBackCallWhoseHangUpWasLostIsHungUpAgain(t *testing.T) {
	queued := Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallQueued, Seq: -1, Asked: true}
	d := tell(t).rings().after(20*time.Second+AskAgain).that(queued).is(Pending, Trouble).does(EffectHangUp)
	d.that(Event{Kind: HungUp, Leg: "s-1", Refusal: CarrierDown})
	d.after(AskAgain).that(Event{Kind: Tick}).does(EffectAsk)
	d.that(queued).does(EffectHangUp)
}

// The Dial action can be lost: what a callback said of the number is remembered.
func TestABadNumberIsFailedAlsoWithoutTheDialAction(t *testing.T) {
	d := tell(t).accepts()
	d.that(Event{Kind: LegStatus, Leg: "s-2", SID: "CAs-2", Status: CallFailed, Seq: 1, Code: 13224, Refusal: NumberBad}).is(Connecting, "")
	d.that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallDone, Seq: -1, Asked: true}).is(Failed, "")
	if d.r.Code != 13224 {
		t.Errorf("code %d", d.r.Code)
	}
	// A bad number of the shop's own says nothing of the visitor's.
	d = tell(t).accepts()
	d.that(Event{Kind: LegStatus, Leg: "s-2", SID: "CAs-2", Status: CallBusy, Seq: 1})
	d.that(Event{Kind: LegStatus, Leg: "s-1", SID: "CAs-1", Status: CallDone, Seq: -1, Asked: true, Refusal: NumberBad}).is(NoAnswer, Visitor)
}

package callback

import (
	"testing"
	"time"
)

func movesTo(at time.Time) Event { return Event{Kind: Move, Wanted: at} }

func TestAVisitorChoosesAnotherTime(t *testing.T) {
	later := noon.Add(4 * time.Hour)
	oneRound := func(r *Rules) { r.Retry = Plan{Attempts: 1} }
	for name, bring := range map[string]func() *told{
		"while it waits in line": func() *told { return tell(t) },
		"while it is scheduled":  func() *told { return tell(t).rings().unanswered("s-1", "s-2").is(Scheduled, NextRound) },
		"after it was missed":    func() *told { return tell(t, oneRound).rings().unanswered("s-1", "s-2").is(Missed, Unanswered) },
		"after the text": func() *told {
			return tell(t, oneRound).rings().unanswered("s-1", "s-2").that(Event{Kind: TextDone, Text: "s-t1", SID: "SM1"}).is(SMSSent, Unanswered)
		},
		"after it was not reached":   func() *told { return tell(t).accepts().that(dialEnds(CallBusy, false, false)).is(NoAnswer, Visitor) },
		"although it was ticked off": func() *told { return tell(t, oneRound).rings().unanswered("s-1", "s-2").that(Event{Kind: TickOff}) },
	} {
		t.Run(name, func(t *testing.T) {
			d := bring()
			if d.that(movesTo(later)).is(Scheduled, Chosen); !d.r.DueAt.Equal(later) || d.r.TickedOff != nil {
				t.Errorf("due %v, ticked off %v", d.r.DueAt, d.r.TickedOff)
			}
			d.now = later
			d.that(Event{Kind: Tick}).is(Pending, "").that(Event{Kind: Turn}).is(Calling, "")
			if d = bring(); d.r.Status != Pending {
				d.that(movesTo(time.Time{})).is(Pending, "").that(Event{Kind: Turn}).is(Calling, "")
			}
		})
	}
}

func TestARequestThatIsBeingCalledOrIsOverIsNotMoved(t *testing.T) {
	for name, d := range map[string]*told{
		"ringing":    tell(t).rings(),
		"connecting": tell(t).accepts(),
		"completed":  tell(t).accepts().that(dialEnds(CallDone, true, false)),
		"cancelled":  tell(t).that(Event{Kind: Cancel, By: ByVisitor}),
	} {
		if d.that(movesTo(noon.Add(time.Hour))); d.refused == nil || d.refused.Code != TooLate {
			t.Errorf("%s: refused %v", name, d.refused)
		}
	}
}

func TestANowThatMeetsAClosedShopFollowsTheAfterHours(t *testing.T) {
	opens := noon.Add(20 * time.Hour)
	d := tell(t, func(r *Rules) { r.Retry = Plan{Attempts: 1} }).rings().unanswered("s-1", "s-2").is(Missed, Unanswered)
	d.rules.Open, d.rules.OpensAt = false, opens
	if d.that(movesTo(time.Time{})).is(Scheduled, Opening); !d.r.DueAt.Equal(opens) {
		t.Errorf("due %v", d.r.DueAt)
	}
}

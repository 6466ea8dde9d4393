package callback

import (
	"testing"
	"time"
)

// Only the Gather and Dial actions are sure to come.
func TestAVisitorsLegIsBookedWithoutItsStatusCallbacks(t *testing.T) {
	d := tell(t).accepts().after(10 * time.Minute)
	d.dialled(Event{Status: CallDone, Bridged: true}).is(Completed, "")
	if l := d.r.Legs[1]; l.Cost == 0 {
		t.Errorf("ten minutes are booked at nothing: %+v", l)
	}
}

func TestATextThatIsTriedAgainIsReservedAgain(t *testing.T) {
	d := tell(t, oneRound, onePhone).that(Event{Kind: Turn}).unanswered("s-1").is(Missed, Unanswered)
	id := d.r.Texts[0].ID
	d.that(Event{Kind: Started, Effect: EffectText, Text: id})
	reserved := d.r.Texts[0].Cost
	d.that(Event{Kind: NotMade, Text: id})
	if d.r.Texts[0].Cost != 0 {
		t.Error("a text that was not made costs something")
	}
	d.that(Event{Kind: Started, Effect: EffectText, Text: id})
	if got := d.r.Texts[0].Cost; got == 0 || got != reserved {
		t.Errorf("tried again it is reserved at %d, the first time at %d", got, reserved)
	}
}

func TestACallIsBegunWhenTheMoneyHasTheLongestTalk(t *testing.T) {
	d := tell(t, func(r *Rules) { r.Talk = 3 * time.Minute; r.SpendLeft = 8*20_000 + 3*20_000 })
	d.that(Event{Kind: Turn}).is(Calling, "")
	d.rules.SpendLeft = 3 * 20_000
	d.picksUp("s-1").presses("1").is(Connecting, "")
}

package callback

import (
	"testing"
	"time"
)

// later brings a request to each kind of due time but the opening; d.now is that time.
var later = map[string]func(t *testing.T) *told{
	"a time that the visitor chose": func(t *testing.T) *told {
		d := asking(t, func(s *told) { s.r.PreferredAt = noon.Add(time.Hour) }).is(Scheduled, Chosen)
		return d.after(time.Hour)
	},
	"a next round": func(t *testing.T) *told {
		return tell(t).rings().unanswered("s-1", "s-2").is(Scheduled, NextRound).after(5 * time.Minute)
	},
	"the visitor's next round": func(t *testing.T) *told {
		d := tell(t, func(r *Rules) { r.RetryVisitor = Plan{Attempts: 2, After: []time.Duration{time.Hour}} })
		return d.accepts().that(dialEnds(CallBusy, false, false)).is(Scheduled, Visitor).after(time.Hour)
	},
	"key 2": func(t *testing.T) *told {
		return tell(t).that(Event{Kind: Turn}).picksUp("s-1").presses("2").is(Scheduled, ByKey2).after(InAWhile)
	},
}

func TestADueTimeHasFifteenMinutesToStartIn(t *testing.T) {
	for kind, bring := range later {
		for name, c := range map[string]struct {
			play   func(d *told)
			status Status
			why    Reason
		}{
			"slept through: nobody is rung out of the blue": {func(d *told) {
				d.after(StaleAfter).that(Event{Kind: Tick})
				if len(d.r.Texts) == 0 || len(d.wanted(EffectNotify)) != 1 || d.wanted(EffectNotify)[0].Notice != NoticeStale {
					d.t.Errorf("%d texts, it notifies %v", len(d.r.Texts), d.wanted(EffectNotify))
				}
			}, Missed, Stale},
			"woken just in time": {func(d *told) {
				d.after(StaleAfter - time.Second)
				d.rules.AwakeSince = d.now
				d.that(Event{Kind: Tick}).that(Event{Kind: Turn})
			}, Calling, ""},
			"woken just in time, and its turn comes too late": {func(d *told) {
				d.after(StaleAfter - time.Second)
				d.rules.AwakeSince = d.now
				d.that(Event{Kind: Tick}).after(time.Second).that(Event{Kind: Turn})
			}, Missed, Stale},
			"fallen asleep in line": {func(d *told) {
				d.that(Event{Kind: Tick}).after(StaleAfter)
				d.rules.AwakeSince = d.now
				d.that(Event{Kind: Turn})
			}, Missed, Stale},
			"there is no carrier": {func(d *told) {
				d.that(Event{Kind: Tick}).after(StaleAfter).that(Event{Kind: Tick})
			}, Missed, Stale},
			"late, the carrier is down, and the fifteen minutes are those since it was due": {func(d *told) {
				d.after(10 * time.Minute)
				d.rules.AwakeSince = d.now
				d.that(Event{Kind: Tick}).that(Event{Kind: Turn}).is(Calling, "")
				d.that(Event{Kind: Refused, Leg: d.r.Legs[len(d.r.Legs)-1].ID, Effect: EffectCall, Refusal: CarrierDown}).is(Pending, Trouble)
				if left := d.r.Since.Add(StaleAfter).Sub(d.now); left != 5*time.Minute {
					d.t.Errorf("it has %v left", left)
				}
				d.after(5 * time.Minute).that(Event{Kind: Tick})
			}, Missed, Stale},
			"waiting behind other calls does not count": {func(d *told) {
				d.rules.LineFull = true
				d.that(Event{Kind: Tick}).after(StaleAfter).that(Event{Kind: Tick}).is(Pending, "")
				d.rules.LineFull = false
				d.after(time.Minute).that(Event{Kind: Turn})
			}, Calling, ""},
		} {
			t.Run(kind+", "+name, func(t *testing.T) {
				d := bring(t)
				c.play(d)
				d.is(c.status, c.why)
			})
		}
	}
}

// An owner who switches the computer on at 9:20 wants the night's requests called.
func TestTheOpeningIsWaitedForHoweverLateItIsSeen(t *testing.T) {
	opens := noon.Add(20 * time.Hour)
	d := tell(t, func(r *Rules) { r.Open, r.AfterHours, r.OpensAt = false, TextAndSchedule, opens }).is(Scheduled, Opening)
	d.now = opens.Add(20 * time.Minute)
	d.rules.Open, d.rules.OpensAt, d.rules.AwakeSince = true, time.Time{}, d.now
	d.that(Event{Kind: Tick}).is(Pending, "").that(Event{Kind: Turn}).is(Calling, "")
}

// A round that trouble broke off had its start: the shop is told of it as missed. After a
// sleep nobody is rung for it either.
func TestARoundThatTroubleBrokeOff(t *testing.T) {
	brokenOff := func() *told {
		return tell(t).rings().that(ended("s-1", CallBusy)).that(Event{Kind: Refused, Leg: "s-2", Effect: EffectCall, Refusal: CarrierDown}).is(Pending, Trouble)
	}
	brokenOff().after(StaleAfter).that(Event{Kind: Tick}).is(Missed, Trouble)
	d := brokenOff().after(StaleAfter)
	d.rules.AwakeSince = d.now
	d.that(Event{Kind: Tick}).is(Missed, Stale)
	d = brokenOff().after(StaleAfter)
	d.rules.AwakeSince = d.now
	d.that(Event{Kind: Turn}).is(Missed, Stale)
}

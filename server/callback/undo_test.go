package callback

import (
	"testing"
	"time"
)

// Whoever presses Done once more loses no note by it, and taking the second one back
// brings back what stood before.
func TestWhatStoodBeforeASecondTickComesBack(t *testing.T) {
	cake := Event{Kind: TickOff, Note: "cake", Who: "Ann"}
	missed := func() *told { return tell(t, oneRound).rings().unanswered("s-1", "s-2").that(cake) }
	note := func(s *told) string {
		if s.r.TickedOff == nil {
			return "none"
		}
		return s.r.TickedOff.By + ": " + s.r.TickedOff.Note
	}
	for name, c := range map[string]struct {
		events []Event
		want   string
	}{
		"a second Done without a note":              {[]Event{{Kind: TickOff, Who: "Bob"}}, "Ann: cake"},
		"the same once more":                        {[]Event{{Kind: TickOff, Note: "cake", Who: "Bob"}}, "Ann: cake"},
		"which is taken back as a whole":            {[]Event{{Kind: TickOff, Who: "Bob"}, {Kind: Undo}}, "none"},
		"another note takes its place":              {[]Event{{Kind: TickOff, Note: "rye", Who: "Bob"}}, "Bob: rye"},
		"and is taken back":                         {[]Event{{Kind: TickOff, Note: "rye", Who: "Bob"}, {Kind: Undo}}, "Ann: cake"},
		"and the first one with it, if asked again": {[]Event{{Kind: TickOff, Note: "rye", Who: "Bob"}, {Kind: Undo}, {Kind: Undo}}, "none"},
		"a note comes back with what was withdrawn": {[]Event{{Kind: Cancel, By: ByOwner}, {Kind: Undo}}, "Ann: cake"},
		"a call afresh begins without any of them":  {[]Event{{Kind: TickOff, Note: "rye"}, {Kind: CallNow}}, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			s := missed()
			for _, ev := range c.events {
				s.after(time.Minute).that(ev)
			}
			if got := note(s); got != c.want {
				t.Errorf("the mark is %q, want %q", got, c.want)
			}
		})
	}
}

// An undo of the owner's takes back the owner's own wishes alone.
func TestAnUndoBringsBackNothingThatTheVisitorWithdrew(t *testing.T) {
	s := tell(t, oneRound).rings().unanswered("s-1", "s-2").that(Event{Kind: TickOff, Note: "cake"}).that(Event{Kind: TickOff, Note: "rye"})
	s.that(Event{Kind: Cancel, By: ByVisitor}).is(Cancelled, ByVisitor)
	s.that(Event{Kind: Undo}).is(Cancelled, ByVisitor)
}

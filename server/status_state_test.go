package server

import (
	"testing"

	"ringback/server/callback"
)

func TestEachStatusHasItsScreen(t *testing.T) {
	at := func(status callback.Status, reason callback.Reason) callback.Standing {
		return callback.Standing{Request: callback.Request{Status: status, Reason: reason}}
	}
	waiting := func(ahead int, trouble, spam bool) callback.Standing {
		st := at(callback.Pending, "")
		st.Place, st.Ahead, st.Trouble, st.Spam = ahead+1, ahead, trouble, spam
		return st
	}
	cases := []struct {
		name string
		of   callback.Standing
		want string
	}{
		{"the next in line", waiting(0, false, false), "soon"},
		{"one with people ahead", waiting(2, false, false), "waiting"},
		{"one whom trouble holds up", waiting(2, true, false), "trouble"},
		{"a bot is told what everybody is told", waiting(0, true, true), "soon"},
		{"closed, the text under way", at(callback.Pending, callback.Closed), "listed"},
		{"a next round", at(callback.Scheduled, callback.NextRound), "again"},
		{"key 2", at(callback.Scheduled, callback.ByKey2), "scheduled"},
		{"a time that the visitor chose", at(callback.Scheduled, callback.Chosen), "scheduled"},
		{"the opening", at(callback.Scheduled, callback.Opening), "scheduled"},
		{"the visitor's next try", at(callback.Scheduled, callback.Visitor), "no_answer"},
		{"a shop phone rings", at(callback.Calling, ""), "ringing"},
		{"the visitor's phone rings", at(callback.Connecting, ""), "connecting"},
		{"they talk", at(callback.Connected, ""), "connected"},
		{"they talked", at(callback.Completed, ""), "completed"},
		{"the visitor was not reached", at(callback.NoAnswer, callback.Visitor), "no_answer"},
		{"nobody picked up", at(callback.Missed, callback.Unanswered), "listed"},
		{"the day's calls are spent", at(callback.Missed, callback.Budget), "listed"},
		{"a stale wish", at(callback.Missed, callback.Stale), "stale"},
		{"a bot after a while", at(callback.Missed, callback.LooksSpam), "listed"},
		{"closed, the text lost", at(callback.Missed, callback.Closed), "listed"},
		{"closed, the text taken", at(callback.SMSSent, callback.Closed), "left"},
		{"nobody picked up, the text taken", at(callback.SMSSent, callback.Unanswered), "listed"},
		{"a number that can't be called", at(callback.Failed, ""), "failed"},
		{"withdrawn", at(callback.Cancelled, callback.ByVisitor), "cancelled"},
		{"never verified", at(callback.Expired, ""), "expired"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := stateOf(c.of)
			if got != c.want {
				t.Errorf("state is %s, want %s", got, c.want)
			}
			if _, drawn := screens[got]; !drawn {
				t.Errorf("state %s has no screen", got)
			}
		})
	}
}

func TestNoStatusIsWithoutAScreen(t *testing.T) {
	for _, status := range callback.Statuses {
		st := callback.Standing{Request: callback.Request{Status: status}}
		if _, drawn := screens[stateOf(st)]; !drawn {
			t.Errorf("%s shows %q, which has no screen", status, stateOf(st))
		}
	}
}

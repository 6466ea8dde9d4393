package view_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/ui/view"
)

// now is a Tuesday in New York, 10:41.
var now = time.Date(2026, 11, 24, 15, 41, 0, 0, time.UTC)

func newYork(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func english(t *testing.T) view.Words {
	t.Helper()
	return view.Words{Language: "en", Business: "Ann's Bakery", Country: "US", Zone: newYork(t)}
}

func ago(d time.Duration) time.Time { return now.Add(-d) }
func in(d time.Duration) time.Time  { return now.Add(d) }

func shopLeg(status callback.CallStatus) callback.Leg {
	return callback.Leg{ID: "s-1", Role: callback.ShopLeg, Phone: "Counter", Status: status, Started: ago(7 * time.Second), Answer: ago(3 * time.Second)}
}

func visitorLeg(status callback.CallStatus) callback.Leg {
	return callback.Leg{ID: "v-1", Role: callback.VisitorLeg, Status: status, Started: ago(5 * time.Second)}
}

func text(status callback.TextStatus) []callback.Text {
	return []callback.Text{
		{Role: callback.VisitorLeg, Status: callback.TextDelivered}, // the visitor's says nothing of the shop's
		{Role: callback.ShopLeg, Status: status},
	}
}

func legs(l ...callback.Leg) []callback.Leg { return l }

func TestARowSaysWhatHappensNow(t *testing.T) {
	type req = callback.Request
	jane := req{ID: 1, Name: "Jane Doe", Status: callback.Connected}
	next, third := req{ID: 2, Status: callback.Pending, Number: "+12125550147"}, req{ID: 3, Status: callback.Pending}
	line := []req{jane, next, third}
	cases := []struct {
		name string
		r    req
		want string
	}{
		{"next in line behind a call", next, "Next in line, after Jane Doe"},
		{"further back, behind somebody without a name", third, "Number 2 in line, after (212) 555-0147"},
		{"beyond what is known of the line", req{ID: 9, Status: callback.Pending}, "Waits in line"},
		{"the owner's own call", req{ID: 2, Status: callback.Pending, Manual: true}, "Your phone rings in a moment"},
		{"trouble with the carrier", req{Status: callback.Pending, Troubles: 2, NotBefore: in(6 * time.Minute)}, "The phone line has a problem; next try at 10:47"},
		{"trouble, and the time to try again has come", req{Status: callback.Pending, Troubles: 2, NotBefore: now}, "The phone line has a problem; trying again"},
		{"closed, its text on the way", req{Status: callback.Pending, Reason: callback.Closed}, "You are closed; the text to you goes out"},

		{"at the time that was chosen", req{Status: callback.Scheduled, Reason: callback.Chosen, DueAt: in(49 * time.Minute)}, "We call at 11:30, as asked"},
		{"when the shop opens, tomorrow", req{Status: callback.Scheduled, Reason: callback.Opening, DueAt: in(22*time.Hour + 19*time.Minute)}, "We call tomorrow at 09:00, when you open"},
		{"within the week it is the weekday", req{Status: callback.Scheduled, Reason: callback.Opening, DueAt: in(6 * 24 * time.Hour)}, "We call on Monday at 10:41, when you open"},
		{"a week ahead it is the date", req{Status: callback.Scheduled, Reason: callback.Chosen, DueAt: in(7 * 24 * time.Hour)}, "We call on Dec 1 at 10:41, as asked"},
		{"next year it is the whole date", req{Status: callback.Scheduled, Reason: callback.Chosen, DueAt: in(50 * 24 * time.Hour)}, "We call on Jan 13, 2027 at 10:41, as asked"},
		{"the plan's next round", req{Status: callback.Scheduled, Reason: callback.NextRound, DueAt: in(6 * time.Minute)}, "Nobody pressed 1; next try at 10:47"},
		{"key 2", req{Status: callback.Scheduled, Reason: callback.ByKey2, DueAt: in(15 * time.Minute)}, "You pressed 2; your phone rings again at 10:56"},
		{"the visitor's plan", req{Status: callback.Scheduled, Reason: callback.Visitor, DueAt: in(15 * time.Minute)}, "They did not pick up; next try at 10:56"},
		{"brought back by the owner", req{Status: callback.Scheduled, DueAt: in(15 * time.Minute)}, "We call at 10:56"},

		{"a call that the carrier has not taken yet", req{Status: callback.Calling, Legs: legs(shopLeg(callback.CallStarted))}, "Calling Counter"},
		{"a phone rings", req{Status: callback.Calling, Legs: legs(shopLeg(callback.CallRinging))}, "Counter rings"},
		{"the whisper", req{Status: callback.Calling, Legs: legs(shopLeg(callback.CallAnswered))}, "Counter hears who is waiting"},
		{"the visitor's phone rings", req{Status: callback.Connecting, Accepted: "Ann's mobile"}, "Ann's mobile pressed 1; their phone rings"},
		{"they talk", req{Status: callback.Connected, Accepted: "Counter"}, "Talking with Counter"},
		{"they talk, on a phone without a name", req{Status: callback.Connected}, "Talking"},
		{"they talked, nobody knows how long", req{Status: callback.Completed, TalkTo: now}, "Talked"},

		{"they talked", req{Status: callback.Completed, Accepted: "Counter", TalkFrom: ago(5 * time.Minute), TalkTo: ago(48 * time.Second)}, "Talked 4:12 with Counter"},
		{"they talked for less than a minute", req{Status: callback.Completed, Accepted: "Counter", TalkFrom: ago(70 * time.Second), TalkTo: ago(48 * time.Second)}, "Talked 22 s with Counter"},
		{"they talked for a moment", req{Status: callback.Completed, Accepted: "Counter", TalkFrom: now, TalkTo: now}, "Talked a few seconds with Counter"},
		{"over an hour", req{Status: callback.Completed, Accepted: "Counter", TalkFrom: ago(3723 * time.Second), TalkTo: now}, "Talked 1:02:03 with Counter"},
		{"the visitor called in", req{Status: callback.Completed, Reason: callback.ByCallingIn}, "They called you, and you talked"},

		{"the visitor did not pick up", req{Status: callback.NoAnswer, Legs: legs(visitorLeg(callback.CallNoAnswer))}, "They did not pick up"},
		{"the visitor's phone was busy", req{Status: callback.NoAnswer, Legs: legs(visitorLeg(callback.CallBusy))}, "Their phone was busy"},
		{"not reached for another reason", req{Status: callback.NoAnswer, Legs: legs(visitorLeg(callback.CallFailed))}, "Their phone could not be reached"},
		{"the owner says that it was a voicemail", req{Status: callback.NoAnswer, Legs: legs(callback.Leg{Role: callback.VisitorLeg, Bridged: true, Status: callback.CallDone})}, "Only their voicemail answered"},

		{"nobody pressed 1, and the text went", req{Status: callback.SMSSent, Reason: callback.Unanswered, Texts: text(callback.TextTaken)}, "Nobody pressed 1; you have a text"},
		{"nobody pressed 1, and the text is going", req{Status: callback.Missed, Reason: callback.Unanswered, Texts: text(callback.TextStarted)}, "Nobody pressed 1; the text to you goes out"},
		{"nobody pressed 1, and the text was lost", req{Status: callback.Missed, Reason: callback.Unanswered, Texts: text(callback.TextLost)}, "Nobody pressed 1; the text to you was lost"},
		{"nobody pressed 1, and no text was wanted", req{Status: callback.Missed, Reason: callback.Unanswered}, "Nobody pressed 1"},
		{"stale", req{Status: callback.Missed, Reason: callback.Stale, Texts: text(callback.TextDelivered)}, "Could not be called in time; you have a text"},
		{"the budget is spent", req{Status: callback.SMSSent, Reason: callback.Budget, Texts: text(callback.TextTaken)}, "Today's calls are used up; you have a text"},
		{"the carrier could not be used", req{Status: callback.Missed, Reason: callback.Trouble}, "The phone line could not be used"},
		{"closed, text only", req{Status: callback.SMSSent, Reason: callback.Closed, Texts: text(callback.TextTaken)}, "Asked while you were closed; you have a text"},
		{"hung up after the 1", req{Status: callback.Missed, Reason: callback.ShopHungUp}, "You hung up before they were connected"},
		{"key 3", req{Status: callback.SMSSent, Reason: callback.ByKey3, Texts: text(callback.TextTaken)}, "You pressed 3; you have a text"},

		{"a number that can't be called", req{Status: callback.Failed, Code: 13224}, "This number can't be called (13224)"},
		{"a number that can't be called, without a code", req{Status: callback.Failed}, "This number can't be called"},
		{"cancelled by the visitor", req{Status: callback.Cancelled, Reason: callback.ByVisitor}, "Cancelled on the website"},
		{"cancelled by the owner", req{Status: callback.Cancelled, Reason: callback.ByOwner}, "You ended the call"},
		{"opted out", req{Status: callback.Cancelled, Reason: callback.ByOptOut}, "They texted STOP"},
		{"blocked", req{Status: callback.Cancelled, Reason: callback.ByBlock}, "You blocked this number"},
		{"waits for the code", req{Status: callback.Unverified}, "Waits for the code that was texted"},
		{"never verified", req{Status: callback.Expired}, "The code was never typed in"},
		{"looks like spam", req{Status: callback.Pending, Spam: true}, "Looks like spam; nobody was called"},
		{"ticked off with a note", req{Status: callback.NoAnswer, TickedOff: &callback.Mark{Note: "cake, Tuesday", By: "Ann"}}, "Ticked off: cake, Tuesday"},
		{"ticked off by somebody", req{Status: callback.NoAnswer, TickedOff: &callback.Mark{By: "Ann"}}, "Ticked off by Ann"},
		{"ticked off while it waited", req{Status: callback.Cancelled, Reason: callback.ByOwner, TickedOff: &callback.Mark{}}, "Ticked off"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := english(t).Row(c.r, line, now).Now; got != c.want {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
}

func TestInPracticeARowSaysWhatToDoBelow(t *testing.T) {
	w := english(t)
	w.Practice = true
	cases := map[string]callback.Request{
		"Counter rings; answer it below":                  {Status: callback.Calling, Legs: legs(shopLeg(callback.CallRinging))},
		"Counter picked up; press 1 below":                {Status: callback.Calling, Legs: legs(shopLeg(callback.CallAnswered))},
		"Counter pressed 1; answer their phone below":     {Status: callback.Connecting, Accepted: "Counter"},
		"Talking with Counter":                            {Status: callback.Connected, Accepted: "Counter"},
		"They did not pick up":                            {Status: callback.NoAnswer},
		"Nobody pressed 1; next try at 10:41":             {Status: callback.Scheduled, Reason: callback.NextRound, DueAt: now},
		"The phone line has a problem; next try at 10:42": {Status: callback.Pending, Troubles: 1, NotBefore: in(time.Minute)},
	}
	for want, r := range cases {
		if got := w.Row(r, nil, now).Now; got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

func TestARow(t *testing.T) {
	w := english(t)
	named := callback.Request{ID: 7, Status: callback.Missed, Reason: callback.Unanswered, Name: " Jane Doe ", Number: "+12125550123", AskedAt: ago(11 * time.Minute)}
	want := view.Row{
		ID: 7, Title: "Jane Doe", Now: "Nobody pressed 1", Third: "(212) 555-0123", Age: "11 min", Asked: ago(11 * time.Minute),
		Chip: view.Chip{Role: view.Needs, Icon: "missed", Word: "Missed"},
	}
	if diff := cmp.Diff(w.Row(named, nil, now), want); diff != "" {
		t.Errorf("a row with a name:\n%s", diff)
	}
	named.Name = ""
	got := w.Row(named, nil, now)
	if got.Title != "(212) 555-0123" || got.Third != "no name given" {
		t.Errorf("without a name it is called %q and %q", got.Title, got.Third)
	}
}

func TestAge(t *testing.T) {
	cases := []struct {
		name  string
		asked time.Time
		want  string
	}{
		{"just now", ago(59 * time.Second), "now"},
		{"by a clock that was put back since", in(time.Minute), "now"},
		{"a minute", ago(time.Minute), "1 min"},
		{"just under an hour", ago(time.Hour - time.Second), "59 min"},
		{"an hour: the time of day", ago(time.Hour), "09:41"},
		{"yesterday", ago(11 * time.Hour), "yest."},
		{"the day before yesterday", ago(35 * time.Hour), "Nov 22"},
		{"last year", ago(400 * 24 * time.Hour), "Oct 20, 2025"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := callback.Request{Status: callback.Missed, AskedAt: c.asked}
			if got := english(t).Row(r, nil, now).Age; got != c.want {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
}

func TestAClockRunsWhileACallIsOn(t *testing.T) {
	cases := []struct {
		name string
		r    callback.Request
		want string
	}{
		{"from the first ring", callback.Request{Status: callback.Calling, Legs: legs(shopLeg(callback.CallRinging))}, "0:07"},
		{"anew when the phone is picked up", callback.Request{Status: callback.Calling, Legs: legs(shopLeg(callback.CallAnswered))}, "0:03"},
		{"anew when the visitor is rung", callback.Request{Status: callback.Connecting, Legs: legs(shopLeg(callback.CallAnswered), visitorLeg(callback.CallRinging))}, "0:05"},
		{"anew when they talk", callback.Request{Status: callback.Connected, TalkFrom: ago(90 * time.Second)}, "1:30"},
		{"from the last change where no more is known", callback.Request{Status: callback.Calling, UpdatedAt: ago(2 * time.Second)}, "0:02"},
		{"never backwards", callback.Request{Status: callback.Connected, TalkFrom: in(time.Minute)}, "0:00"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := english(t)
			row := w.Row(c.r, nil, now)
			if row.Age != c.want || row.Running.IsZero() {
				t.Errorf("it says %q (running since %v), want %q", row.Age, row.Running, c.want)
			}
		})
	}
}

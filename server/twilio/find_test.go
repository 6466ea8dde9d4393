package twilio_test

import (
	"sync/atomic"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio"
	"ringback/server/twilio/twiliotest"
)

func (x *exchange) find(t *testing.T, since time.Time, known ...string) (string, error) {
	t.Helper()
	report, err := x.client.Find(t.Context(), wanted(), since, known)
	return report.SID, err
}

// rings places calls between the two numbers without asking over HTTP.
func (x *exchange) rings(t *testing.T, calls int) {
	t.Helper()
	for range calls {
		if _, err := x.Network.Place(practice.Order{To: shop, From: ours, URL: public}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACallWhoseAnswerWasLostIsFound(t *testing.T) {
	x := open(t)
	x.does(twiliotest.LostAfter())
	since := time.Now()
	_, err := x.client.Call(t.Context(), wanted())
	unknown(t, err)
	x.Misbehave(twiliotest.Faults{})
	got, err := x.find(t, since)
	if want := x.Network.Records()[0].SID; err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
	query := x.Requests()[1].Form
	if query.Has("StartTime") || query.Has("StartTime>") || query.Get("To") != shop || query.Get("From") != ours {
		t.Errorf("got the query %v, want the numbers and no time", query)
	}
}

func TestWhatIsNotTheCallIsNotFound(t *testing.T) {
	for _, tt := range []struct {
		name  string
		clock time.Duration // when the call that is there was made, from now
		known bool
		call  callback.Call
	}{
		{name: "nothing was made", call: callback.Call{}},
		{name: "a call made two minutes before", clock: -2 * time.Minute, call: wanted()},
		{name: "a call of another leg", known: true, call: wanted()},
		{name: "a call to another phone", call: callback.Call{Leg: "b-1", To: visitor, From: ours, Base: public}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.clock.Store(int64(tt.clock))
			var known []string
			if tt.call.To != "" {
				sid, err := x.client.Call(t.Context(), tt.call)
				if err != nil {
					t.Fatal(err)
				}
				if tt.known {
					known = []string{sid}
				}
			}
			_, err := x.find(t, time.Now(), known...)
			notFound(t, err)
		})
	}
}

func TestOfTwoCallsTheOneMadeNearestIsMeant(t *testing.T) {
	x := open(t)
	x.clock.Store(int64(-50 * time.Second))
	x.call(t)
	x.clock.Store(0)
	want := x.call(t)
	x.clock.Store(int64(40 * time.Second))
	x.call(t)
	if got, err := x.find(t, time.Now()); err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
}

func TestAListThatLagsShowsTheCallLater(t *testing.T) {
	x := open(t)
	var caughtUp atomic.Bool
	x.Misbehave(twiliotest.Faults{Unlisted: func(string) bool { return !caughtUp.Load() }})
	want := x.call(t)
	_, err := x.find(t, time.Now())
	notFound(t, err)
	caughtUp.Store(true)
	if got, err := x.find(t, time.Now()); err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
}

// Newest first, a page that is too old is the last; in any other order all are read.
func TestPagesAreReadAsFarAsIsNeeded(t *testing.T) {
	for _, tt := range []struct {
		name        string
		oldestFirst bool
		old, young  int
		want        int // requests
	}{
		{"the call is the newest of three pages", false, 450, 1, 1},
		{"the call is behind a page of young ones", false, 1, 250, 2},
		{"the call is the last in a list that begins with the oldest", true, 450, 1, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.OldestFirst = tt.oldestFirst
			x.clock.Store(int64(-24 * time.Hour))
			x.rings(t, tt.old)
			x.clock.Store(0)
			since := time.Now()
			want := x.call(t)
			x.clock.Store(int64(20 * time.Second))
			x.rings(t, tt.young-1)
			before := len(x.Requests())
			got, err := x.find(t, since)
			if err != nil || got != want {
				t.Errorf("got %s and %v, want %s", got, err, want)
			}
			if n := len(x.Requests()) - before; n != tt.want {
				t.Errorf("got %d requests, want %d", n, tt.want)
			}
		})
	}
}

func TestASecondPageThatFailsIsNotAnEndOfTheList(t *testing.T) {
	x := open(t)
	x.rings(t, 201)
	known := make([]string, 0, 201)
	for _, r := range x.Network.Records() {
		known = append(known, r.SID)
	}
	x.Misbehave(twiliotest.Faults{REST: func(r twiliotest.Request) twiliotest.Fate {
		if r.Form.Has("PageToken") {
			return twiliotest.Broken(false, 503)
		}
		return twiliotest.Fate{}
	}})
	_, err := x.find(t, time.Now(), known...)
	unknown(t, err)
	x.silent(t, err)
}

func TestNothingIsConcludedFromAListThatIsNone(t *testing.T) {
	for _, tt := range []struct{ name, body string }{
		{"no list in it", `{}`},
		{"null for a list", `{"calls":null,"messages":null}`},
		{"a circle of pages", `{"calls":[],"messages":[],"next_page_uri":"/2010-04-01/Accounts/AC/Calls.json"}`},
		{"a call without a date", `{"calls":[{"sid":"` + stranger + `","to":"` + shop + `","from":"` + ours + `"}]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.does(twiliotest.Says(false, 200, json, tt.body))
			_, err := x.find(t, time.Now())
			unknown(t, err)
		})
	}
}

// A clock that is wrong must not hide a call: that would ring somebody twice.
func TestTheCallIsFoundWhateverOurClockSays(t *testing.T) {
	for name, off := range map[string]time.Duration{"ten minutes ahead": 10 * time.Minute, "ten minutes behind": -10 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			x := open(t)
			x.client.Now = func() time.Time { return time.Now().Add(off) }
			want := x.call(t)
			if got, err := x.find(t, x.client.Now()); err != nil || got != want {
				t.Errorf("got %s and %v, want %s", got, err, want)
			}
		})
	}
}

func TestATextWhoseAnswerWasLostIsFoundByItsWords(t *testing.T) {
	x := open(t)
	since := time.Now()
	other := message()
	other.Name = "Joe Bloggs"
	if _, err := x.client.Text(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	_, err := x.client.FindText(t.Context(), message(), since)
	notFound(t, err)
	x.does(twiliotest.LostAfter())
	_, err = x.client.Text(t.Context(), message())
	unknown(t, err)
	x.Misbehave(twiliotest.Faults{})
	got, err := x.client.FindText(t.Context(), message(), since)
	if want := x.Network.Sent()[1].SID; err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
	if all := x.Requests(); all[len(all)-1].Form.Has("DateSent") {
		t.Error("it was asked for by DateSent, which a queued text does not have")
	}
}

// The owner may write the same words twice.
func TestAnotherTextOfTheSameWordsIsNotTakenForTheLostOne(t *testing.T) {
	x := open(t)
	since := time.Now()
	first, err := x.client.Text(t.Context(), message())
	if err != nil {
		t.Fatal(err)
	}
	second := message()
	second.Known = []string{first}
	_, err = x.client.FindText(t.Context(), second, since)
	notFound(t, err)
	x.does(twiliotest.LostAfter())
	_, err = x.client.Text(t.Context(), second)
	unknown(t, err)
	x.Misbehave(twiliotest.Faults{})
	got, err := x.client.FindText(t.Context(), second, since)
	if want := x.Network.Sent()[1].SID; err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
}

func TestATrialAccountsSentenceBeforeATextIsNoOtherText(t *testing.T) {
	x := open(t)
	want, err := x.Network.Send(shop, ours, "Sent from your Twilio trial account - "+twilio.TextBody(message()), "")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := x.client.FindText(t.Context(), message(), time.Now()); err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
}

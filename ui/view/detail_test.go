package view_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
)

func TestEachStatusHasItsChipAndKnowsWhatItMeans(t *testing.T) {
	icons := assets.Icons()
	w := english(t)
	for _, s := range callback.Statuses {
		d := w.Detail(desk.Detail{Request: callback.Request{ID: 1, Status: s, DueAt: now}}, nil, now)
		if d.Chip.Word == "" || d.Chip.Role == "" || !slices.Contains(icons, d.Chip.Icon) {
			t.Errorf("%s has the chip %+v", s, d.Chip)
		}
		if (d.Call != nil) != s.UnderWay() {
			t.Errorf("%s: a call card is shown: %v", s, d.Call != nil)
		}
		if d.Call == nil && (d.Notice.Headline == "" || d.Notice.Headline == string(s)) {
			t.Errorf("%s says %q", s, d.Notice.Headline)
		}
	}
}

func TestDetail(t *testing.T) {
	r := callback.Request{
		ID: 12, Status: callback.SMSSent, Reason: callback.Unanswered, Number: "+12125550188", Message: " Is it vegan?\n", Email: "x@example.com",
		Page: "https://anns-bakery.example/bread?x=1", AskedAt: ago(11 * time.Minute), Texts: text(callback.TextTaken),
	}
	want := view.Detail{
		ID: 12, Title: "(212) 555-0188", E164: "+12125550188", Chip: view.Chip{Role: view.Needs, Icon: "text", Word: "Texted you"},
		Meta: "no name given  ·  from /bread  ·  asked 10:30  ·  asked 2 times", Email: "x@example.com", Quote: "Is it vegan?",
		Notice: view.Notice{
			Role: view.Needs, Icon: "text", Headline: "Nobody pressed 1; you have a text",
			Body: "All your phones rang. The visitor knows that nobody could come to the phone and waits for your call.",
		},
		Actions: []view.Action{{Kind: view.CallNow, Label: "Call now", Icon: "phone", Main: true}, {Kind: view.Text, Label: "Text", Icon: "text"}, {Kind: view.Done, Label: "Done", Icon: "check"}},
		Menu: []view.Action{
			{Kind: view.Block, Label: "Block this number", Icon: "shield"}, {Kind: view.CopyAll, Label: "Copy all", Icon: "copy"},
			{Kind: view.Export, Label: "Save the history…", Icon: "download"},
		},
		Ref: "request 12",
	}
	if diff := cmp.Diff(english(t).Detail(desk.Detail{Request: r, Asked: 2}, nil, now), want); diff != "" {
		t.Error(diff)
	}
}

func TestWhereTheVisitorWas(t *testing.T) {
	cases := map[string]string{
		"":                                  "asked 10:41",
		"https://anns-bakery.example/":      "from anns-bakery.example  ·  asked 10:41",
		"https://anns-bakery.example":       "from anns-bakery.example  ·  asked 10:41",
		"https://anns-bakery.example/a/b#c": "from /a/b  ·  asked 10:41",
		"http://127.0.0.1:8787/":            "from the form here  ·  asked 10:41",
		"http://localhost:8787/x":           "from the form here  ·  asked 10:41",
		"http://[::1]:8787/":                "from the form here  ·  asked 10:41",
		"http://bad host/%zz":               "asked 10:41",
	}
	for page, want := range cases {
		r := callback.Request{Status: callback.Missed, Name: "Jane", Page: page, AskedAt: now}
		if got := english(t).Detail(desk.Detail{Request: r}, nil, now).Meta; got != want {
			t.Errorf("from %q it says %q, want %q", page, got, want)
		}
	}
}

func TestOnlyWhatTheEngineGrantsIsOffered(t *testing.T) {
	type req = callback.Request
	mark := &callback.Mark{}
	cases := []struct {
		name string
		r    req
		want string
	}{
		{"a call that rings can be ended", req{Status: callback.Calling}, "[End call]"},
		{"so can one that is being connected", req{Status: callback.Connecting}, "[End call]"},
		{"a talk is ended by hanging up", req{Status: callback.Connected}, "[]"},
		{"who waits can be called at once or withdrawn", req{Status: callback.Pending}, "[Call now! Text Done]"},
		{"who is planned, too", req{Status: callback.Scheduled}, "[Call now! Text Done]"},
		{"who needs the owner, too", req{Status: callback.NoAnswer}, "[Call now! Text Done]"},
		{"a failed number can be tried again", req{Status: callback.Failed}, "[Call now! Text Done]"},
		{"nobody is called before the code was typed", req{Status: callback.Unverified}, "[Done]"},
		{"after a talk nothing is suggested", req{Status: callback.Completed}, "[Call again Text]"},
		{"what is ticked off can be taken back", req{Status: callback.Missed, TickedOff: mark}, "[Take it back Text]"},
		{"what the owner withdrew can be taken back", req{Status: callback.Cancelled, Before: &callback.Past{}}, "[Take it back Text]"},
		{"a call that was ended can be made again", req{Status: callback.Cancelled, Reason: callback.ByOwner}, "[Call again Text]"},
		{"who opted out is never called, and is told why there is no text", req{Status: callback.Cancelled, Reason: callback.ByOptOut}, "[Text]"},
		{"nobody can be called who was erased", req{Status: callback.Missed, TickedOff: mark}, "[]"},
		{"what looks like spam may be a person", req{Status: callback.Missed, Spam: true}, "[Call now]"},
		{"nor is a blocked number", req{Status: callback.Cancelled, Reason: callback.ByBlock}, "[Text]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var labels []string
			if c.name != "nobody can be called who was erased" {
				c.r.Number = "+12125550123"
			}
			for _, a := range english(t).Detail(desk.Detail{Request: c.r}, nil, now).Actions {
				label := a.Label
				if a.Main {
					label += "!"
				}
				labels = append(labels, label)
			}
			if got := fmt.Sprint(labels); got != c.want {
				t.Errorf("offered is %s, want %s", got, c.want)
			}
		})
	}
}

func TestAnErasedPersonHasATitle(t *testing.T) {
	if got := english(t).Detail(desk.Detail{Request: callback.Request{Status: callback.Completed}}, nil, now).Title; !strings.Contains(got, "Erased") {
		t.Errorf("got %q", got)
	}
}

func TestTheCallCardShowsHowFarTheCallIs(t *testing.T) {
	both := legs(shopLeg(callback.CallAnswered), visitorLeg(callback.CallRinging))
	cases := []struct {
		name, headline, steps string
		r                     callback.Request
	}{
		{"the shop's phone rings", "Your phone rings", "[{Your phone Counter 1} {You press 1  0} {Their phone  0} {Talking  0}]",
			callback.Request{Status: callback.Calling, Legs: legs(shopLeg(callback.CallRinging))}},
		{"the whisper", "Press 1 to connect", "[{Your phone Counter 2} {You press 1  1} {Their phone  0} {Talking  0}]",
			callback.Request{Status: callback.Calling, Legs: legs(shopLeg(callback.CallAnswered))}},
		{"the visitor's phone rings", "Their phone rings", "[{Your phone Counter 2} {You pressed 1 10:40:55 2} {Their phone ringing 1} {Talking  0}]",
			callback.Request{Status: callback.Connecting, Accepted: "Counter", Legs: both}},
		{"they talk", "You are talking", "[{Your phone Counter 2} {You pressed 1 10:40:55 2} {Their phone  2} {Talking  1}]",
			callback.Request{Status: callback.Connected, Accepted: "Counter", Legs: both}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			call, on := english(t).Call(c.r)
			if got := fmt.Sprint(call.Steps); !on || call.Headline != c.headline || got != c.steps {
				t.Errorf("it shows %q %s, want %q %s", call.Headline, got, c.headline, c.steps)
			}
		})
	}
}

func TestAPhoneThatPickedUpDoesNotRing(t *testing.T) {
	r := callback.Request{Status: callback.Calling, Legs: legs(shopLeg(callback.CallRinging))}
	if got := english(t).Detail(desk.Detail{Request: r}, nil, now).Chip.Word; got != "Rings you" {
		t.Errorf("while it rings, the chip says %q", got)
	}
	r.Legs = legs(shopLeg(callback.CallAnswered))
	if got := english(t).Detail(desk.Detail{Request: r}, nil, now).Chip.Word; got != "Press 1" {
		t.Errorf("in the whisper, the chip says %q", got)
	}
}

func TestAFaultHasThreeParts(t *testing.T) {
	w := english(t)
	cases := map[string]error{
		"This request is not there any more":                             &callback.Error{Code: callback.NotFound},
		"A call is on for this request":                                  fmt.Errorf("call: %w", &callback.Error{Code: callback.CallIsOn}),
		"It is too late for that: they are talking, or the call is over": &callback.Error{Code: callback.TooLate},
		"The disk did not take it: nothing was changed":                  callback.ErrNotSaved,
		"That did not work":                                              errors.New("disk on fire"),
	}
	for want, err := range cases {
		f := w.Refused(err)
		if f.What != want || f.Means == "" || f.Do == "" {
			t.Errorf("%v is told as %+v, want %q first", err, f, want)
		}
	}
	if f := w.Unopened("http://x/"); f.Do != "Type this address into a browser: http://x/" {
		t.Errorf("it says to do %q", f.Do)
	}
}

func TestWhatCanBeAskedForBesidesTheButtons(t *testing.T) {
	cases := []struct {
		name string
		d    desk.Detail
		want string
	}{
		{"who waits can be withdrawn", desk.Detail{Request: callback.Request{Number: "+12125550123", Status: callback.Scheduled}},
			"[Cancel this request Block this number Copy all Save the history…]"},
		{"spam waits for nothing", desk.Detail{Request: callback.Request{Number: "+12125550123", Status: callback.Pending, Spam: true}},
			"[Block this number Copy all Save the history…]"},
		{"a blocked number can be unblocked", desk.Detail{Request: callback.Request{Number: "+12125550123", Status: callback.Missed}, Asked: 1, Blocked: true},
			"[Unblock this number Copy all Save the history…]"},
		{"an erased person has no number", desk.Detail{Request: callback.Request{Status: callback.Missed}}, "[Copy all Save the history…]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var labels []string
			for _, a := range english(t).Detail(c.d, nil, now).Menu {
				labels = append(labels, a.Label)
			}
			if got := fmt.Sprint(labels); got != c.want {
				t.Errorf("offered is %s, want %s", got, c.want)
			}
		})
	}
}

func TestABarredNumberIsNotOfferedACall(t *testing.T) {
	missed := callback.Request{Number: "+12125550123", Status: callback.Missed, Name: "Jane", AskedAt: now}
	for _, c := range []struct {
		d          desk.Detail
		meta, want string
	}{
		{desk.Detail{Request: missed, Asked: 1, Blocked: true}, "asked 10:41  ·  blocked", "[{4 Text text false} {2 Done check false}]"},
		{desk.Detail{Request: missed, Asked: 1, OptedOut: true}, "asked 10:41  ·  texted STOP", "[{4 Text text false} {2 Done check false}]"},
		{desk.Detail{Request: callback.Request{Number: "+12125550123", Status: callback.Cancelled, Reason: callback.ByBlock, Name: "Jane", AskedAt: now}, Asked: 1},
			"asked 10:41", "[{0 Call again phone false} {4 Text text false}]"}, // it was unblocked meanwhile
	} {
		got := english(t).Detail(c.d, nil, now)
		if fmt.Sprint(got.Actions) != c.want || got.Meta != c.meta {
			t.Errorf("offered is %v beside %q, want %s beside %q", got.Actions, got.Meta, c.want, c.meta)
		}
	}
}

func TestARequestAsText(t *testing.T) {
	d := view.Detail{
		Title: "Jane Doe", Number: "(212) 555-0123", Email: "jane@example.com", Meta: "asked 10:41", Quote: "Rye?", Ref: "request 12",
		Chip: view.Chip{Word: "Missed"}, Notice: view.Notice{Headline: "Nobody pressed 1"}, History: []view.Moment{{Time: "10:41:02", Text: "Ringing Counter"}},
	}
	text := "Jane Doe  (212) 555-0123\njane@example.com\nasked 10:41\nMissed: Nobody pressed 1\nRye?\nrequest 12\n"
	if got := d.Text(); got != text {
		t.Errorf("got %q", got)
	}
	if got := d.Story(); got != text+"\n10:41:02  Ringing Counter\n" {
		t.Errorf("got %q", got)
	}
	d.Call = &view.Call{Headline: "Your phone rings"}
	if got := d.Text(); !strings.Contains(got, "Missed: Your phone rings\n") {
		t.Errorf("during a call it says %q", got)
	}
}

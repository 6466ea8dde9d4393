package view_test

import (
	"fmt"
	"strings"
	"testing"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
)

func TestADraftSpeaksTheVisitorsLanguage(t *testing.T) {
	w := english(t)
	w.Business = "Ann's Bakery"
	for name, c := range map[string]struct {
		r            callback.Request
		public, want string
	}{
		"to one who waits": {callback.Request{Status: callback.Missed, Language: "en"}, "+12125550199",
			"Ann's Bakery: we have your request and will call you back. Our phone: +1 212-555-0199"},
		"of a shop that tells no phone": {callback.Request{Status: callback.SMSSent}, "", "Ann's Bakery: we have your request and will call you back."},
		"to one who was not reached":    {callback.Request{Status: callback.NoAnswer}, "", "Ann's Bakery: we tried to call you. When can we reach you?"},
		"after a talk":                  {callback.Request{Status: callback.Completed}, "", "Ann's Bakery: thank you for your call."},
		"in Spanish": {callback.Request{Status: callback.Completed, Language: "es-MX"}, "+12125550199",
			"Ann's Bakery: gracias por su llamada. Nuestro teléfono: +1 212-555-0199"},
		"in a language that we don't speak": {callback.Request{Status: callback.Completed, Language: "tlh"}, "", "Ann's Bakery: thank you for your call."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := w.Draft(c.r, c.public); got != c.want {
				t.Errorf("it offers %q, want %q", got, c.want)
			}
			if n, _ := callback.Segments(c.want); n != 1 {
				t.Errorf("it takes %d texts", n)
			}
		})
	}
	w.Language = "es"
	if got := w.Draft(callback.Request{Status: callback.Completed}, ""); got != "Ann's Bakery: gracias por su llamada." {
		t.Errorf("where the visitor's language is not known it offers %q", got)
	}
}

func TestTheSizeOfATextIsSaidWhileItIsWritten(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  view.Size
	}{
		{" \n", view.Size{Line: "Write what they are to read, then press Send."}},
		{"We open\nat nine. ", view.Size{Line: "Length 16, one text", Sends: true}},
		{strings.Repeat("a", 161), view.Size{Line: "Length 161, sent and paid as 2 texts", Sends: true}},
		{strings.Repeat("a", 459), view.Size{Line: "Length 459, sent and paid as 3 texts", Sends: true}},
		{strings.Repeat("a", 470), view.Size{Line: "Too long by 11: at most 3 texts are sent at once.", Wrong: true}},
		{strings.Repeat("a", 209) + "ć", view.Size{Line: "Too long by 1: at most 3 texts are sent at once.", Wrong: true}},
	} {
		if got := english(t).Size(c.typed); got != c.want {
			t.Errorf("of %d letters it says %+v, want %+v", len([]rune(c.typed)), got, c.want)
		}
	}
}

func TestWhyAVisitorIsNotTexted(t *testing.T) {
	missed := callback.Request{Number: "+12125550123", Status: callback.Missed}
	for _, c := range []struct {
		d    desk.Detail
		want string
	}{
		{desk.Detail{Request: missed, Asked: 1}, ""},
		{desk.Detail{Request: missed, Asked: 1, OptedOut: true}, "This number has texted STOP and gets no more texts"},
		{desk.Detail{Request: missed, Asked: 1, Blocked: true}, "You blocked this number"},
		{desk.Detail{Request: callback.Request{Status: callback.Cancelled, Reason: callback.ByOptOut}}, "This number has texted STOP and gets no more texts"},
		{desk.Detail{Request: callback.Request{Status: callback.Cancelled, Reason: callback.ByBlock}}, "You blocked this number"},
	} {
		why, not := english(t).NotTextable(c.d)
		if why.What != c.want || not != (c.want != "") || not && (why.Means == "" || why.Do == "") {
			t.Errorf("it says %+v, want %q", why, c.want)
		}
	}
}

func TestATextThatWasNotTakenIsToldInThreeParts(t *testing.T) {
	for code, want := range map[callback.Code]string{
		callback.NumberBlocked: "This number is blocked, or has texted STOP",
		callback.TextUnderWay:  "The text before is still on its way",
		callback.TextTooLong:   "This text is empty or too long",
		callback.TextEmpty:     "This text is empty or too long",
		callback.CallIsOn:      "A call is on for this request",
		callback.NotFound:      "This request is not there any more",
		callback.NotSaved:      "The disk did not take it: nothing was changed",
	} {
		got := english(t).NotTexted(fmt.Errorf("text: %w", &callback.Error{Code: code}))
		if got.What != want || got.Means == "" || got.Do == "" || strings.Contains(got.Means, "called") {
			t.Errorf("%s says %+v, want %q", code, got, want)
		}
	}
}

// Where the carrier said why, the history says what to do.
func TestTheHistorySaysWhyATextDidNotArrive(t *testing.T) {
	d := desk.Detail{
		Request: callback.Request{Texts: []callback.Text{{ID: "t-1", Said: "a"}}},
		Events:  []callback.Entry{{At: now, Kind: "text_status", Body: `{"text":"t-1","role":"visitor","sms":"undelivered","code":30006}`}},
		Lost:    map[string]desk.Advice{"t-1": {Reason: "landline", Code: 30006}},
	}
	want := "Your text did not arrive. This number takes no texts: it may be a landline (Twilio's code 30006). Call it instead."
	if got := english(t).Detail(d, nil, now).History; len(got) != 1 || got[0].Text != want || got[0].Role != view.Needs {
		t.Errorf("got %+v, want %q", got, want)
	}
}

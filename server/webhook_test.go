package server_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server"
	"ringback/server/callback"
	"ringback/server/twilio"
)

// says checks the TwiML of an answer.
func (a answer) says(what ...string) {
	a.t.Helper()
	if a.Code != http.StatusOK || a.Header().Get("Content-Type") != "text/xml; charset=utf-8" {
		a.t.Fatalf("answered %d %s: %s", a.Code, a.Header().Get("Content-Type"), a.Body)
	}
	for _, w := range what {
		if !strings.Contains(a.Body.String(), w) {
			a.t.Errorf("answer lacks %q:\n%s", w, a.Body)
		}
	}
}

func TestCallIsJoinedByWebhooks(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	b.shopAnswers(id).says("<Gather", publicBase+"/twilio/key?leg=")
	b.shopPresses(id, "1").says("<Dial", ">+12125550123</Number>", publicBase+"/twilio/dialled?leg=")
	b.visitorAnswers(id).says("<Response></Response>")
	b.dialEnds(id, "completed", "true").says("<Hangup")
	if r := b.request(id); r.Status != callback.Completed {
		t.Errorf("request is %s", r.Status)
	}
	if got := b.WebhookSeen(); !got.Equal(morning) {
		t.Errorf("the last webhook was seen at %v", got)
	}
}

func TestWebhookThatIsNotTheCarriersChangesNothing(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	address := twilio.WhisperURL(publicBase, b.request(id).Legs[0].ID)
	good := func() url.Values {
		return url.Values{"AccountSid": {account}, "CallSid": {callSID}, "CallStatus": {"in-progress"}}
	}
	other := good()
	other.Set("AccountSid", "AC00000000000000000000000000000009")
	twice := good()
	twice.Add("CallSid", dialSID)
	sign := func(form url.Values) string { return twilio.Sign(authToken, address, form) }
	path := strings.TrimPrefix(address, publicBase)
	cases := []struct {
		name, path, signature string
		form                  url.Values
		kind                  string
	}{
		{"no signature", path, "", good(), "webhook_forged"},
		{"another token", path, twilio.Sign("guessed", address, good()), good(), "webhook_forged"},
		{"an empty token", path, twilio.Sign("", address, good()), good(), "webhook_forged"},
		{"another address", path + "&x=1", sign(good()), good(), "webhook_forged"},
		{"another parameter", path, sign(good()), url.Values{"AccountSid": {account}, "CallSid": {dialSID}, "CallStatus": {"in-progress"}}, "webhook_forged"},
		{"another account", path, sign(other), other, "webhook_other_account"},
		{"a parameter given twice", path, sign(twice), twice, "webhook_repeated_parameter"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b.t = t
			before := b.request(id)
			headers := []string{"Host", "bakery.example"}
			if c.signature != "" {
				headers = append(headers, twilio.SignatureHeader, c.signature)
			}
			b.submit(c.path, c.form, headers...).want(http.StatusForbidden, "forged")
			if diff := cmp.Diff(before, b.request(id)); diff != "" {
				t.Errorf("it changed the request:\n%s", diff)
			}
		})
	}
	b.t = t
	b.pass(time.Minute)
	b.flushed(map[string]int{"webhook_forged": 5, "webhook_other_account": 1, "webhook_repeated_parameter": 1})
	if got := b.WebhookSeen(); !got.IsZero() {
		t.Errorf("a forged webhook was taken for a sign of life at %v", got)
	}
	b.shopAnswers(id).says("<Gather")
}

// flushed ends the tally and checks what it kept.
func (b *bakery) flushed(want map[string]int) {
	b.t.Helper()
	ended, end := contextEnded()
	end()
	b.Tally.Run(ended)
	got := map[string]int{}
	for _, r := range b.refused {
		got[r.Kind] += r.Count
	}
	if diff := cmp.Diff(got, want); diff != "" || len(b.refused) != len(want) {
		b.t.Errorf("kept %v: got -, want +:\n%s", b.refused, diff)
	}
}

func TestWebhookForAnotherCallIsRefused(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	b.shopAnswers(id)
	before := b.request(id)
	foreign := url.Values{"CallSid": {dialSID}, "CallStatus": {"in-progress"}, "Digits": {"1"}}
	b.webhook(twilio.KeyURL(publicBase, before.Legs[0].ID, 1), foreign).want(http.StatusForbidden, "forged")
	if diff := cmp.Diff(before, b.request(id)); diff != "" {
		t.Errorf("it changed the request:\n%s", diff)
	}
	b.flushed(map[string]int{"webhook_other_call": 1})
}

func TestRepeatedWebhookGetsTheAnswerThatItGot(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	b.shopAnswers(id)
	first := b.shopPresses(id, "1")
	before := b.request(id)
	if again := b.shopPresses(id, "1"); again.Body.String() != first.Body.String() {
		t.Errorf("answered\n%s\nfirst\n%s", again.Body, first.Body)
	}
	if diff := cmp.Diff(before, b.request(id)); diff != "" {
		t.Errorf("it changed the request:\n%s", diff)
	}
}

func TestUnknownAttemptIsHungUp(t *testing.T) {
	b := newBakery(t)
	call := func() url.Values {
		return url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}, "SequenceNumber": {"1"}}
	}
	b.webhook(twilio.WhisperURL(publicBase, "nobody-1"), call()).says("<Hangup")
	b.webhook(twilio.KeyURL(publicBase, "nobody-1", 1), call()).says("<Hangup")
	b.webhook(twilio.StatusURL(publicBase, "nobody-1"), call()).says("<Response></Response>")
}

func TestWebhookThatCanNotBeUnderstood(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	leg := b.request(id).Legs[0].ID
	b.webhook(twilio.WhisperURL(publicBase, leg), url.Values{"CallStatus": {"in-progress"}}).says("<Hangup")
	b.webhook(twilio.StatusURL(publicBase, leg), url.Values{"CallSid": {callSID}, "CallStatus": {"dreaming"}}).want(http.StatusBadRequest, "bad_parameter")
}

func TestCommitThatFailsIsTriedAgainBeforeTheCallIsGivenUp(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	b.shopAnswers(id)
	b.store.FailCommit = func() error { return errors.New("disk full") }
	a := b.shopPresses(id, "1")
	for n := 1; n <= twilio.MaxTimesAgain; n++ {
		a.says("<Pause", "<Redirect>")
		_, rest, _ := strings.Cut(a.Body.String(), "<Redirect>")
		address, _, _ := strings.Cut(rest, "</Redirect>")
		address = strings.ReplaceAll(address, "&amp;", "&")
		// A redirected request says no more which key was pressed.
		a = b.webhook(address, url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}})
		if n == 2 {
			b.store.FailCommit = nil
			a = b.webhook(address, url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}})
			a.says("<Dial")
			break
		}
	}
	if got := b.request(id).Status; got != callback.Connecting {
		t.Errorf("request is %s", got)
	}
}

func TestCommitThatNeverWorksEndsWithASentence(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	b.store.FailCommit = func() error { return errors.New("disk full") }
	last := twilio.WhisperURL(publicBase, b.request(id).Legs[0].ID) + "&again=3"
	a := b.webhook(last, url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}})
	a.says("Something went wrong", "<Hangup")
	status := b.webhook(twilio.StatusURL(publicBase, b.request(id).Legs[0].ID), url.Values{"CallSid": {callSID}, "CallStatus": {"ringing"}})
	status.want(http.StatusServiceUnavailable, "not_saved")
}

func TestWhoeverCallsIsPutThroughToTheShop(t *testing.T) {
	b := newBakery(t)
	form := func(more ...string) url.Values {
		f := url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}, "From": {"+12125550188"}}
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		return f
	}
	for range 2 { // a repeated webhook
		b.webhook(publicBase+twilio.VoicePath, form()).says("putting you through", ">+12125550101<", twilio.InPath)
	}
	child := form("CallSid", "CA00000000000000000000000000000077", "ParentCallSid", callSID)
	b.webhook(twilio.InURL(publicBase, callSID), child).says("<Gather", "Press 1 to take the call", "<Hangup")
	child.Set("Digits", "1")
	b.webhook(twilio.InKeyURL(publicBase, callSID, 1), child).says("<Response></Response>")
	b.webhook(twilio.InEndedURL(publicBase, callSID), form("DialCallStatus", "completed", "DialBridged", "true")).says("<Hangup")
	b.webhook(twilio.InURL(publicBase, "CA00000000000000000000000000000078"), form()).says("<Hangup") // unknown
	child.Set("ParentCallSid", "CA00000000000000000000000000000079")
	b.webhook(twilio.InKeyURL(publicBase, callSID, 1), child).says("<Hangup") // another call's leg
}

func TestATextToTheShopIsKeptAndNotAnswered(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	b.webhook(publicBase+twilio.TextPath, url.Values{"MessageSid": {"SM00000000000000000000000000000001"}, "From": {"+12125550123"}, "Body": {"Stop"}}).says("<Response></Response>")
	if got := b.request(id); got.Status != callback.Cancelled || got.Reason != callback.ByOptOut {
		t.Errorf("it is %s (%s)", got.Status, got.Reason)
	}
	b.webhook(publicBase+twilio.TextPath, url.Values{"MessageSid": {"SM1"}}).want(http.StatusBadRequest, "bad_parameter")
}

func TestATextThatCanNotBeKeptIsAskedForAgain(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	b.store.FailCommit = func() error { return errors.New("disk full") }
	form := url.Values{"MessageSid": {"SM00000000000000000000000000000001"}, "From": {"+12125550123"}, "Body": {"Stop"}}
	address := publicBase + twilio.TextPath
	b.webhook(address, form).says("<Redirect>" + address + "?again=1</Redirect>")
	b.webhook(address+"?again=3", form).want(http.StatusServiceUnavailable, "not_saved")
	b.store.FailCommit = nil
	b.webhook(address+"?again=1", form).says("<Response></Response>")
	if got := b.request(id).Status; got != callback.Cancelled {
		t.Errorf("the STOP is lost: %s", got)
	}
}

func TestForgedCallsAndTextsAreRefused(t *testing.T) {
	b := newBakery(t)
	b.submit("/twilio/voice", url.Values{"AccountSid": {account}}, "Host", "bakery.example").want(http.StatusForbidden, "forged")
}

func TestBodiesOfWebhooksThatAreNotRead(t *testing.T) {
	b := newBakery(t)
	b.submit("/twilio/voice", url.Values{"x": {strings.Repeat("x", 64<<10)}}).want(http.StatusRequestEntityTooLarge, "too_large")
	b.post("/twilio/voice", `{}`).want(http.StatusUnsupportedMediaType, "unsupported_type")
	b.do(http.MethodPost, "/twilio/voice", "application/x-www-form-urlencoded", "a=%zz").want(http.StatusForbidden, "forged")
}

func TestNobodyCanSignWhereNoCarrierIsKnown(t *testing.T) {
	b := newBakery(t)
	b.Verifiers = func() []twilio.Verifier { return nil }
	b.webhook(publicBase+"/twilio/voice", url.Values{}).want(http.StatusForbidden, "forged")
}

func TestTallyKeepsOneEntryAKindAndMinute(t *testing.T) {
	now := morning
	var kept []server.Refused
	var broken error
	tally := server.Tally{Now: func() time.Time { return now }, Keep: func(_ ctx, r server.Refused) error {
		if broken == nil {
			kept = append(kept, r)
		}
		return broken
	}}
	run := func() {
		ended, end := contextEnded()
		end()
		tally.Run(ended)
	}
	tally.Add("b")
	tally.Add("a")
	tally.Add("a")
	now = now.Add(61 * time.Second)
	tally.Add("a")
	broken = errors.New("disk full")
	run()
	broken = nil
	run()
	run()
	want := []server.Refused{{"a", morning, 2}, {"b", morning, 1}, {"a", morning.Add(time.Minute), 1}}
	if diff := cmp.Diff(kept, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

package twilio

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
)

const (
	callSID  = "CA0123456789abcdef0123456789abcdef"
	childSID = "CA00000000000000000000000000000001"
	textSID  = "SM0123456789abcdef0123456789abcdef"
)

var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// values makes a form of pairs, with the account unless the pairs name one.
func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func form(pairs ...string) url.Values {
	return values(append([]string{"AccountSid", account, "CallSid", callSID, "CallStatus", "in-progress",
		"From", "+12125550100", "To", "+12125550101"}, pairs...)...)
}

func text(pairs ...string) url.Values {
	return values(append([]string{"AccountSid", account, "MessageSid", textSID}, pairs...)...)
}

func TestParse(t *testing.T) {
	shop := callback.Event{At: now, Seq: -1, Account: account, Leg: "a-1", SID: callSID, Status: callback.CallAnswered}
	with := func(ev callback.Event, change func(*callback.Event)) callback.Event {
		change(&ev)
		return ev
	}
	for _, tt := range []struct {
		name, path  string
		query, form url.Values
		token       string
		want        callback.Event
	}{
		{"a shop phone picked up", WhisperPath, values("leg", "a-1"), form(), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Try = callback.Answered, 1
				e.Once = []string{"/twilio/whisper?leg=a-1||" + callSID + "|in-progress"}
			})},
		{"a repeat is known by its token too", WhisperPath, values("leg", "a-1"), form(), "t-1",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Try = callback.Answered, 1
				e.Once = []string{"/twilio/whisper?leg=a-1||" + callSID + "|in-progress", "token|t-1"}
			})},
		{"a key", KeyPath, values("leg", "a-1", "try", "2"), form("Digits", "1", "msg", "Gather End", "FinishedOnKey", ""), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Try, e.Digits = callback.Key, 2, "1"
				e.Once = []string{"/twilio/key?leg=a-1&try=2|1|" + callSID + "|in-progress"}
			})},
		{"no key", KeyPath, values("leg", "a-1", "try", "3"), form("Digits", ""), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Try = callback.Key, 3
				e.Once = []string{"/twilio/key?leg=a-1&try=3||" + callSID + "|in-progress"}
			})},
		{"they talked", DialledPath, values("leg", "a-1", "visitor", "a-2"),
			form("DialCallStatus", "completed", "DialBridged", "true", "DialCallDuration", "5", "DialCallSid", childSID), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Visitor, e.Status, e.Bridged = callback.Dialled, "a-2", callback.CallDone, true
				e.VisitorSID, e.Talked = childSID, 5*time.Second
				e.Once = []string{"/twilio/dialled?leg=a-1&visitor=a-2||" + callSID + "|in-progress"}
			})},
		{"an answered leg that was never bridged", DialledPath, values("leg", "a-1", "visitor", "a-2"),
			form("DialCallStatus", "answered", "DialBridged", "false"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Visitor, e.Status = callback.Dialled, "a-2", callback.CallDone
				e.Once = []string{"/twilio/dialled?leg=a-1&visitor=a-2||" + callSID + "|in-progress"}
			})},
		{"the shop hung up before the bridge", DialledPath, values("leg", "a-1", "visitor", "a-2"),
			form("CallStatus", "completed", "DialCallStatus", "canceled", "DialBridged", "false"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Visitor, e.Status, e.ShopGone = callback.Dialled, "a-2", callback.CallCanceled, true
				e.Once = []string{"/twilio/dialled?leg=a-1&visitor=a-2||" + callSID + "|completed"}
			})},
		{"the visitor's number does not exist", DialledPath, values("leg", "a-1", "visitor", "a-2"),
			form("DialCallStatus", "failed", "ErrorCode", "13224"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Visitor, e.Status = callback.Dialled, "a-2", callback.CallFailed
				e.Code, e.Refusal = 13224, callback.NumberBad
				e.Once = []string{"/twilio/dialled?leg=a-1&visitor=a-2||" + callSID + "|in-progress"}
			})},
		{"a status with its sequence number", StatusPath, values("leg", "a-1"), form("CallStatus", "initiated", "SequenceNumber", "0"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Status, e.Seq = callback.LegStatus, callback.CallQueued, 0
				e.Once = []string{callSID + "|initiated|0"}
			})},
		{"a status without a sequence number", StatusPath, values("leg", "a-1"), form("CallStatus", "busy"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Status = callback.LegStatus, callback.CallBusy
				e.Once = []string{callSID + "|busy|-1"}
			})},
		{"a failed call with Twilio's code", StatusPath, values("leg", "a-1"),
			form("CallStatus", "failed", "SequenceNumber", "2", "ErrorCode", "13227", "SipResponseCode", "403"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Status, e.Seq, e.Code, e.Refusal = callback.LegStatus, callback.CallFailed, 2, 13227, callback.NumberBad
				e.Once = []string{callSID + "|failed|2"}
			})},
		{"a failed call with SIP's code only", StatusPath, values("leg", "a-1"),
			form("CallStatus", "failed", "SequenceNumber", "2", "SipResponseCode", "404"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Status, e.Seq, e.Code, e.Refusal = callback.LegStatus, callback.CallFailed, 2, 404, callback.NumberBad
				e.Once = []string{callSID + "|failed|2"}
			})},
		{"a number that is only out of reach is not bad", StatusPath, values("leg", "a-1"), form("CallStatus", "failed", "ErrorCode", "21214"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Status, e.Code = callback.LegStatus, callback.CallFailed, 21214
				e.Once = []string{callSID + "|failed|-1"}
			})},
		{"the end of a call with its length", StatusPath, values("leg", "a-1"), form("CallStatus", "completed", "CallDuration", "61", "Duration", "2"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Status, e.Talked = callback.LegStatus, callback.CallDone, 61*time.Second
				e.Once = []string{callSID + "|completed|-1"}
			})},
		{"SIP's code of a call that did not fail says nothing", StatusPath, values("leg", "a-1"),
			form("CallStatus", "completed", "SequenceNumber", "3", "SipResponseCode", "200"), "",
			with(shop, func(e *callback.Event) {
				e.Kind, e.Status, e.Seq = callback.LegStatus, callback.CallDone, 3
				e.Once = []string{callSID + "|completed|3"}
			})},
		{"a text was delivered", StatusPath, values("text", "a-t1"), text("MessageStatus", "delivered"), "",
			callback.Event{Kind: callback.TextInfo, At: now, Seq: -1, Account: account, Text: "a-t1", SID: textSID,
				TextNow: callback.TextDelivered, Once: []string{textSID + "|delivered|-1"}}},
		{"a text was lost", StatusPath, values("text", "a-t1"), text("MessageStatus", "undelivered", "ErrorCode", "30006"), "",
			callback.Event{Kind: callback.TextInfo, At: now, Seq: -1, Account: account, Text: "a-t1", SID: textSID, Code: 30006,
				TextNow: callback.TextLost, Once: []string{textSID + "|undelivered|-1"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.path, tt.query, tt.form, tt.token, now)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestParseNamesTheBadParameter(t *testing.T) {
	leg, key, dialled := values("leg", "a-1"), values("leg", "a-1", "try", "1"), values("leg", "a-1", "visitor", "a-2")
	for _, tt := range []struct {
		name, path  string
		query, form url.Values
		want        string
	}{
		{"no leg", WhisperPath, nil, form(), "leg"},
		{"a leg that is none of ours", StatusPath, values("leg", "../etc"), form(), "leg"},
		{"a leg too long", WhisperPath, values("leg", strings.Repeat("a", 65)), form(), "leg"},
		{"no call", WhisperPath, leg, form("CallSid", ""), "CallSid"},
		{"a call that is a text", WhisperPath, leg, form("CallSid", textSID), "CallSid"},
		{"a SID with more behind it", WhisperPath, leg, form("CallSid", callSID+"\n"), "CallSid"},
		{"no account", WhisperPath, leg, form("AccountSid", ""), "AccountSid"},
		{"no status", StatusPath, leg, form("CallStatus", ""), "CallStatus"},
		{"a status that no call has", StatusPath, leg, form("CallStatus", "delivered"), "CallStatus"},
		{"a try that is no number", KeyPath, values("leg", "a-1", "try", "one"), form("Digits", "1"), "try"},
		{"a try before the first", KeyPath, values("leg", "a-1", "try", "0"), form("Digits", "1"), "try"},
		{"a try after the last", KeyPath, values("leg", "a-1", "try", "4"), form("Digits", "1"), "try"},
		{"keys that no phone has", KeyPath, key, form("Digits", "1; drop"), "Digits"},
		{"no visitor", DialledPath, leg, form("DialCallStatus", "busy"), "visitor"},
		{"no outcome", DialledPath, dialled, form(), "DialCallStatus"},
		{"an outcome that is none", DialledPath, dialled, form("DialCallStatus", "ringing"), "DialCallStatus"},
		{"bridged or not", DialledPath, dialled, form("DialCallStatus", "busy", "DialBridged", "perhaps"), "DialBridged"},
		{"a sequence that is no number", StatusPath, leg, form("SequenceNumber", "first"), "SequenceNumber"},
		{"a sequence below nought", StatusPath, leg, form("SequenceNumber", "-1"), "SequenceNumber"},
		{"a length that is no number", StatusPath, leg, form("CallStatus", "completed", "CallDuration", "long"), "CallDuration"},
		{"an error code that is no number", StatusPath, leg, form("ErrorCode", "E1"), "ErrorCode"},
		{"a text without its SID", StatusPath, values("text", "a-t1"), text("MessageStatus", "sent", "MessageSid", ""), "MessageSid"},
		{"a text that we received", StatusPath, values("text", "a-t1"), text("MessageStatus", "received"), "MessageStatus"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.path, tt.query, tt.form, "", now)
			var bad *ParameterError
			if !errors.As(err, &bad) || bad.Name != tt.want {
				t.Fatalf("got %v, want an error that names %s", err, tt.want)
			}
			if strings.Contains(err.Error(), "+1212") {
				t.Errorf("%v holds a phone number", err)
			}
		})
	}
}

func TestParseKnowsNoOtherPath(t *testing.T) {
	_, err := Parse("/twilio/", values("leg", "a-1"), form(), "", now)
	if err == nil || !strings.Contains(err.Error(), "/twilio/") {
		t.Errorf("got %v, want an error that names the path", err)
	}
}

func TestEveryStatusOfACall(t *testing.T) {
	for word, want := range map[string]callback.CallStatus{
		"queued": callback.CallQueued, "initiated": callback.CallQueued, "ringing": callback.CallRinging,
		"in-progress": callback.CallAnswered, "answered": callback.CallAnswered, "completed": callback.CallDone,
		"busy": callback.CallBusy, "no-answer": callback.CallNoAnswer, "failed": callback.CallFailed, "canceled": callback.CallCanceled,
	} {
		ev, err := Parse(StatusPath, values("leg", "a-1"), form("CallStatus", word), "", now)
		if err != nil || ev.Status != want {
			t.Errorf("%s: got %s, %v, want %s", word, ev.Status, err, want)
		}
	}
}

func TestEveryStatusOfAText(t *testing.T) {
	for word, want := range map[string]callback.TextStatus{
		"accepted": callback.TextTaken, "scheduled": callback.TextTaken, "queued": callback.TextTaken, "sending": callback.TextTaken,
		"sent": callback.TextTaken, "partially_delivered": callback.TextTaken, "delivered": callback.TextDelivered, "read": callback.TextDelivered,
		"undelivered": callback.TextLost, "failed": callback.TextLost, "canceled": callback.TextLost,
	} {
		ev, err := Parse(StatusPath, values("text", "a-t1"), text("MessageStatus", word), "", now)
		if err != nil || ev.TextNow != want {
			t.Errorf("%s: got %s, %v, want %s", word, ev.TextNow, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(WhisperPath, "leg=a-1", form().Encode())
	f.Add(KeyPath, "leg=a-1&try=1", form("Digits", "#").Encode())
	f.Add(DialledPath, "leg=a-1&visitor=a-2", form("DialCallStatus", "busy").Encode())
	f.Add(StatusPath, "leg=a-1", form("SequenceNumber", "99999999999999999999").Encode())
	f.Add(StatusPath, "text=a-t1", text("MessageStatus", "sent", "ErrorCode", "-5").Encode())
	f.Add("", "%", "a=\xff")
	f.Fuzz(func(t *testing.T, path, query, body string) {
		q, _ := url.ParseQuery(query)
		b, _ := url.ParseQuery(body)
		ev, err := Parse(path, q, b, "", now)
		if err != nil {
			return
		}
		if ev.Kind == "" || len(ev.Once) == 0 || ev.SID == "" || ev.Account == "" || (ev.Leg == "") == (ev.Text == "") {
			t.Errorf("an event with holes: %+v", ev)
		}
	})
}

// The webhooks that begin and end a call that came in are known again.
func TestACallInIsRecognisedWhenItIsRepeated(t *testing.T) {
	for path, c := range map[string]struct {
		query, form url.Values
		want        []string
		status      callback.CallStatus
	}{
		VoicePath:   {nil, form("From", "+12125550123"), []string{callSID + "|came_in", "token|t-1"}, ""},
		InEndedPath: {values("call", callSID), form("DialCallStatus", "no-answer"), []string{callSID + "|in_ended", "token|t-1"}, callback.CallNoAnswer},
	} {
		ev, err := Parse(path, c.query, c.form, "t-1", time.Now())
		if err != nil || !slices.Equal(ev.Once, c.want) || ev.Status != c.status {
			t.Errorf("%s: %v, %s, %v", path, ev.Once, ev.Status, err)
		}
	}
}

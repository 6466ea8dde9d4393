package twilio

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ringback/server/callback"
)

var (
	ourID   = regexp.MustCompile(`\A[A-Za-z0-9_-]{1,64}\z`)
	anySID  = regexp.MustCompile(`\A[A-Z]{2}[0-9a-fA-F]{32}\z`)
	keysHit = regexp.MustCompile(`\A[0-9*#]{0,16}\z`)
)

// callStatuses are Twilio's words for a call. The events called initiated and
// answered come under these names or under those of the API.
var callStatuses = map[string]callback.CallStatus{
	"queued":      callback.CallQueued,
	"initiated":   callback.CallQueued,
	"ringing":     callback.CallRinging,
	"in-progress": callback.CallAnswered,
	"answered":    callback.CallAnswered,
	"completed":   callback.CallDone,
	"busy":        callback.CallBusy,
	"no-answer":   callback.CallNoAnswer,
	"failed":      callback.CallFailed,
	"canceled":    callback.CallCanceled,
}

// outcomes are the ways in which a Dial ends. Some report an answered leg as
// answered, although it has ended.
var outcomes = map[string]callback.CallStatus{
	"completed": callback.CallDone,
	"answered":  callback.CallDone,
	"busy":      callback.CallBusy,
	"no-answer": callback.CallNoAnswer,
	"failed":    callback.CallFailed,
	"canceled":  callback.CallCanceled,
}

// textStatuses are Twilio's words for a text that we sent.
var textStatuses = map[string]callback.TextStatus{
	"accepted":            callback.TextTaken,
	"scheduled":           callback.TextTaken,
	"queued":              callback.TextTaken,
	"sending":             callback.TextTaken,
	"sent":                callback.TextTaken,
	"partially_delivered": callback.TextTaken,
	"delivered":           callback.TextDelivered,
	"read":                callback.TextDelivered,
	"undelivered":         callback.TextLost,
	"failed":              callback.TextLost,
	"canceled":            callback.TextLost,
}

func (w *webhook) fail(name, want string) {
	if w.err == nil {
		w.err = &ParameterError{Name: name, Want: want}
	}
}

func (w *webhook) account() string { return w.sid("AccountSid", "AC") }

func (w *webhook) id(name string) string {
	id := w.query.Get(name)
	if !ourID.MatchString(id) {
		w.fail(name, "an id of ours, in the query")
	}
	return id
}

func (w *webhook) sid(name string, kinds ...string) string {
	sid := w.form.Get(name)
	if !anySID.MatchString(sid) || !slices.Contains(kinds, sid[:2]) {
		w.fail(name, strings.Join(kinds, " or ")+" and 32 hex digits")
	}
	return sid
}

func (w *webhook) number(values url.Values, name string, least, most int) int {
	n, err := strconv.Atoi(values.Get(name))
	if err != nil || n < least || n > most {
		w.fail(name, "a number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most))
	}
	return n
}

// sequence is -1 where Twilio gives none.
func (w *webhook) sequence() int {
	if w.form.Get("SequenceNumber") == "" {
		return -1
	}
	return w.number(w.form, "SequenceNumber", 0, 1_000_000)
}

// lasted is how long a call was answered, which only its last report knows.
func (w *webhook) lasted(name string) time.Duration {
	if w.form.Get(name) == "" {
		return 0
	}
	return time.Duration(w.number(w.form, name, 0, 1_000_000)) * time.Second
}

func (w *webhook) status() callback.CallStatus {
	status, ok := callStatuses[w.form.Get("CallStatus")]
	if !ok {
		w.fail("CallStatus", "a status of a call")
	}
	return status
}

func (w *webhook) outcome() callback.CallStatus {
	status, ok := outcomes[either(w.form, "DialCallStatus", w.query, outcomeQuery)]
	if !ok {
		w.fail("DialCallStatus", "a way in which a Dial ends")
	}
	return status
}

func (w *webhook) textNow() callback.TextStatus {
	status, ok := textStatuses[w.form.Get("MessageStatus")]
	if !ok {
		w.fail("MessageStatus", "a status of a text that was sent")
	}
	return status
}

func (w *webhook) digits() string {
	digits := either(w.form, "Digits", w.query, digitsQuery)
	if !keysHit.MatchString(digits) {
		w.fail("Digits", "at most 16 keys of a phone")
	}
	return digits
}

func (w *webhook) bridged() bool {
	switch either(w.form, "DialBridged", w.query, bridgedQuery) {
	case "true":
		return true
	case "false", "":
	default:
		w.fail("DialBridged", "true or false")
	}
	return false
}

package twilio

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"ringback/server/callback"
	"ringback/server/number"
)

// ParameterError says which parameter of a webhook is missing or bad. It never
// repeats the value, which may be a phone number.
type ParameterError struct {
	Name string
	Want string // what is allowed
}

func (e *ParameterError) Error() string {
	return fmt.Sprintf("parameter %s must be %s", e.Name, e.Want)
}

// Parse reads a verified webhook as an event. path and query are those of the
// request, form its body, token its TokenHeader (empty: none), now the time of its
// arrival. A *ParameterError names what is missing or bad; any other error says
// that no webhook of ours has that path.
func Parse(path string, query, form url.Values, token string, now time.Time) (callback.Event, error) {
	w := webhook{path: path, query: query, form: form}
	ev := callback.Event{At: now.UTC(), Seq: -1, Account: w.account()}
	switch {
	case path == WhisperPath:
		w.whisper(&ev)
	case path == KeyPath:
		w.key(&ev)
	case path == JoinPath:
		w.join(&ev)
	case path == DialledPath:
		w.dialled(&ev)
	case path == VoicePath:
		w.cameIn(&ev)
	case path == InPath:
		ev.Kind = callback.InAnswered
		w.ofIncoming(&ev)
	case path == InKeyPath:
		ev.Kind = callback.InKey
		ev.Try = w.number(w.query, tryQuery, 1, callback.Whispers)
		ev.Digits = w.digits()
		w.ofIncoming(&ev)
	case path == InEndedPath:
		ev.Kind = callback.InEnded
		ev.Bridged = w.bridged()
		ev.Status = outcomes[either(form, "DialCallStatus", query, outcomeQuery)]
		w.ofIncoming(&ev)
		ev.Once = []string{ev.Call + "|in_ended"}
	case path == TextPath:
		w.textedIn(&ev)
	case path == StatusPath && query.Has(textQuery):
		w.textStatus(&ev)
	case path == StatusPath:
		w.callStatus(&ev)
	default:
		return callback.Event{}, fmt.Errorf("no webhook has the path %.60q", path)
	}
	if w.err != nil {
		return callback.Event{}, w.err
	}
	if token != "" && len(ev.Once) > 0 {
		ev.Once = append(ev.Once, "token|"+token)
	}
	return ev, nil
}

// webhook reads parameters and keeps the first error.
type webhook struct {
	path        string
	query, form url.Values
	err         error
}

func (w *webhook) whisper(ev *callback.Event) {
	ev.Kind = callback.Answered
	ev.Try = 1
	w.shopLeg(ev)
}

func (w *webhook) key(ev *callback.Event) {
	ev.Kind = callback.Key
	ev.Try = w.number(w.query, tryQuery, 1, callback.Whispers)
	ev.Digits = w.digits()
	w.shopLeg(ev)
}

func (w *webhook) join(ev *callback.Event) {
	ev.Kind = callback.Join
	ev.Try = w.number(w.query, tryQuery, 1, mostPauses)
	w.shopLeg(ev)
}

// dialled: DialBridged alone says that they talked. Where it is missing nobody
// knows, and a request that stands on the owner's list by mistake is better than
// a lead that is taken for served.
func (w *webhook) dialled(ev *callback.Event) {
	ev.Kind = callback.Dialled
	ev.Visitor = w.id(visitorQuery)
	w.shopLeg(ev)
	ev.ShopGone = ev.Status.Ended()
	ev.Status = w.outcome()
	ev.Bridged = w.bridged()
	ev.Talked = w.lasted("DialCallDuration")
	if w.form.Get("DialCallSid") != "" { // absent where the Dial came to nothing
		ev.VisitorSID = w.sid("DialCallSid", "CA")
	}
	w.callCode(ev)
}

// shopLeg reads what all webhooks that want TwiML have in common.
func (w *webhook) shopLeg(ev *callback.Event) {
	ev.Leg = w.id(legQuery)
	ev.SID = w.sid("CallSid", "CA")
	ev.Status = w.status()
	ev.Once = []string{w.path + "?" + w.query.Encode() + "|" + w.form.Get("Digits") + "|" + ev.SID + "|" + w.form.Get("CallStatus")}
}

func (w *webhook) callStatus(ev *callback.Event) {
	ev.Kind = callback.LegStatus
	ev.Leg = w.id(legQuery)
	ev.SID = w.sid("CallSid", "CA")
	ev.Status = w.status()
	ev.Seq = w.sequence()
	ev.Talked = w.lasted("CallDuration")
	w.callCode(ev)
	ev.Once = w.report(ev, w.form.Get("CallStatus"))
}

func (w *webhook) textStatus(ev *callback.Event) {
	ev.Kind = callback.TextInfo
	ev.Text = w.id(textQuery)
	ev.SID = w.sid("MessageSid", "SM", "MM")
	ev.TextNow = w.textNow()
	ev.Seq = w.sequence()
	w.code(ev)
	ev.Once = w.report(ev, w.form.Get("MessageStatus"))
}

// cameIn: the caller's own words for a withheld number ("anonymous", "+266696687") are
// none.
func (w *webhook) cameIn(ev *callback.Event) {
	ev.Kind = callback.CalledIn
	ev.Call = w.sid("CallSid", "CA")
	ev.From = caller(w.form.Get("From"))
	ev.Once = []string{ev.Call + "|came_in"}
}

// ofIncoming reads what belongs to a call that came in. The legs that it makes are known
// by it, so nothing is recorded under a key while it lasts: the same webhook again gets
// the same answer.
func (w *webhook) ofIncoming(ev *callback.Event) {
	w.sid("CallSid", "CA")
	if ev.Call = w.query.Get(callQuery); !anySID.MatchString(ev.Call) {
		w.fail(callQuery, "the SID of a call that came in, in the query")
	}
	parent := "ParentCallSid" // the shop's leg says whose it is; the caller's own is it
	if ev.Kind == callback.InEnded {
		parent = "CallSid"
	}
	if said := w.form.Get(parent); said != "" && said != ev.Call {
		w.fail(parent, "the call that came in")
	}
}

func (w *webhook) textedIn(ev *callback.Event) {
	ev.Kind = callback.TextedIn
	ev.SID = w.sid("MessageSid", "SM", "MM")
	ev.From = caller(w.form.Get("From"))
	ev.Said = w.form.Get("Body")
	ev.Once = []string{ev.SID + "|received"}
}

// caller is a number that can be called back, or empty.
func caller(from string) string {
	if _, err := number.ParseE164(from); err != nil {
		return ""
	}
	return from
}

func (w *webhook) report(ev *callback.Event, status string) []string {
	return []string{ev.SID + "|" + status + "|" + strconv.Itoa(ev.Seq)}
}

// code reads Twilio's error code or, where a call failed without one, SIP's
// response.
func (w *webhook) code(ev *callback.Event) {
	if w.form.Get("ErrorCode") != "" {
		ev.Code = w.number(w.form, "ErrorCode", 0, 999_999)
	} else if ev.Status == callback.CallFailed && w.form.Get("SipResponseCode") != "" {
		ev.Code = w.number(w.form, "SipResponseCode", 0, 999)
	}
}

// callCode is code for a call. The heart knows no codes, so it hears in its own
// words when the number can never be called.
func (w *webhook) callCode(ev *callback.Event) {
	w.code(ev)
	if Classify(ev.Code) == callback.NumberBad {
		ev.Refusal = callback.NumberBad
	}
}

package twiliotest

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"ringback/server/practice"
)

// Faults are the ways in which Twilio and the networks around it misbehave. A nil
// function is no fault; they are called side by side.
type Faults struct {
	REST     func(Request) Fate                   // what becomes of a request
	Unlisted func(sid string) bool                // lists do not show it (yet)
	Webhook  func(practice.Webhook) practice.Fate // lost, twice, late, overtaken
	Fails    func(to string) (code int)           // not 0: a call to that number fails with it
	Queues   func(to string) time.Duration        // how long a call to that number stays queued
	Deliver  func(to string) (lostWithCode int)   // not 0: a text to that number is undelivered with it
}

// ofPhones leads the network's faults to those that are set now.
func (s *Server) ofPhones() practice.Faults {
	return practice.Faults{
		Webhook: func(w practice.Webhook) practice.Fate { return meet(s.misbehaves().Webhook, w) },
		Fails:   func(to string) int { return meet(s.misbehaves().Fails, to) },
		Queues:  func(to string) time.Duration { return meet(s.misbehaves().Queues, to) },
		Deliver: func(to string) int { return meet(s.misbehaves().Deliver, to) },
	}
}

// meet asks a fault, if there is one.
func meet[In, Out any](fault func(In) Out, in In) Out {
	if fault == nil {
		var none Out
		return none
	}
	return fault(in)
}

// Request is a request as it was understood.
type Request struct {
	Op   Op
	SID  string     // of the path; empty: none
	Form url.Values // the query of a GET, the body of a POST
}

// Fate is what becomes of a request. The zero value: it is done and answered.
type Fate struct {
	Undone bool          // it is never done
	Wait   time.Duration // it is done that much later; not at all if the client gives up before
	Late   time.Duration // the answer comes that much after it was done
	Reset  bool          // the connection is reset instead of an answer
	Silent bool          // no answer, until the client gives up
	Cut    bool          // the answer breaks off in the middle
	Answer *Answer       // instead of the true one
}

// Answer is what is answered instead of the truth.
type Answer struct {
	Status int
	Type   string // the content type; empty: JSON
	Body   string
	Header http.Header
}

// LostBefore: the connection is reset before anything is done.
func LostBefore() Fate { return Fate{Undone: true, Reset: true} }

// LostAfter: it is done, and the connection reset instead of an answer.
func LostAfter() Fate { return Fate{Reset: true} }

// Hangs: done or not, no answer ever comes.
func Hangs(done bool) Fate { return Fate{Undone: !done, Silent: true} }

// Slow: it is done at once and answered late.
func Slow(by time.Duration) Fate { return Fate{Late: by} }

// Cut: it is done, and half of the answer comes.
func Cut() Fate { return Fate{Cut: true} }

// Says: an answer that is none of Twilio's, whether it was done or not.
func Says(done bool, status int, kind, body string) Fate {
	return Fate{Undone: !done, Answer: &Answer{Status: status, Type: kind, Body: body}}
}

// Page: an HTML page of something between the client and Twilio.
func Page(done bool, status int) Fate {
	return Says(done, status, "text/html", fmt.Sprintf("<html><head><title>%d</title></head><body>%s</body></html>", status, http.StatusText(status)))
}

// Refused: Twilio refuses with one of its codes, in its own words.
func Refused(code int) Fate { return Fate{Undone: true, Answer: refusal(code)} }

// Broken: Twilio answers 500 or 503 in its own words, whether it was done or not.
func Broken(done bool, status int) Fate {
	code := map[int]int{http.StatusServiceUnavailable: 20503}[status]
	if code == 0 {
		code = 20500
	}
	a := errorBody(status, code, "An internal server error has occurred")
	return Fate{Undone: !done, Answer: &a}
}

// Elsewhere: the answer leads to another address.
func Elsewhere(status int, location string) Fate {
	return Fate{Undone: true, Answer: &Answer{Status: status, Header: http.Header{"Location": {location}}}}
}

// refusals are Twilio's sentences and statuses; %s is where it quotes the number.
var refusals = map[int]struct {
	status int
	says   string
}{
	10001: {403, "Account is not active"},
	10004: {429, "Call concurrency limit exceeded"},
	20003: {401, "Authenticate"},
	20005: {401, "Account not active"},
	20006: {403, "Access Denied"},
	20008: {403, "Resource not accessible with Test Account Credentials"},
	20404: {404, "The requested resource was not found"},
	20429: {429, "Too Many Requests"},
	13223: {400, "Dial: Invalid phone number format"},
	13224: {400, "Dial: Twilio does not support calling this number or the number is invalid"},
	13225: {400, "Dial: Forbidden phone number +12125550101"},
	13226: {400, "Dial: Invalid country code"},
	13227: {400, "Dial: No International Permission. Account not authorized to call +12125550101"},
	13214: {400, "Dial: Invalid callerId value"},
	21202: {400, "To number +12125550101 is a premium number"},
	21203: {400, "International calling not enabled"},
	21205: {400, "Url is not a valid URL"},
	21210: {400, "The source phone number provided, +12125550100, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio."},
	21211: {400, "Invalid 'To' Phone Number: +12125550101"},
	21212: {400, "Invalid 'From' Phone Number: +12125550100"},
	21214: {400, "'To' phone number cannot be reached: +12125550101"},
	21215: {400, "Account not authorized to call +12125550101. Perhaps you need to enable some international permissions"},
	21216: {400, "Account not allowed to call +12125550101. It is on a block list"},
	21217: {400, "Phone number does not appear to be valid: +12125550101"},
	21219: {400, "The number +12125550101 is unverified. Trial accounts may only make calls to verified numbers."},
	21220: {400, "Call is not in-progress. Cannot redirect."},
	21408: {403, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +12125550101"},
	21606: {400, "The 'From' phone number provided (+12125550100) is not a valid message-capable Twilio phone number for this destination"},
	21608: {400, "The number +12125550101 is unverified. Trial accounts cannot send messages to unverified numbers"},
	21609: {400, "The 'StatusCallback' URL is not a valid URL"},
	21610: {400, "Attempt to send to unsubscribed recipient"},
	21612: {400, "Message cannot be sent with the current combination of 'To' (+12125550101) and/or 'From' (+12125550100) parameters"},
	21614: {400, "'To' number is not a valid mobile number: +12125550101"},
	21626: {400, "Invalid StatusCallbackEvent"},
	30007: {400, "Message filtered"},
	30032: {400, "Toll-Free Number Has Not Been Verified"},
	30034: {400, "US A2P 10DLC - Message from an Unregistered Number"},
	30450: {400, "Message delivery blocked (Fraud Guard)"},
	32205: {400, "SIP: Trunk geo permission"},
	57012: {401, "Invalid signature"},
	60410: {403, "Verification delivery attempt blocked (Fraud Guard)"},
}

// Codes are those that Refused knows Twilio's own words for, in order.
func Codes() []int { return slices.Sorted(maps.Keys(refusals)) }

func refusal(code int) *Answer {
	r, known := refusals[code]
	if !known {
		r.status, r.says = http.StatusBadRequest, "Refused"
	}
	a := errorBody(r.status, code, r.says)
	return &a
}

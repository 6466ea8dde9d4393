package twilio

import (
	"net/url"
	"strconv"
)

// The paths that Twilio's webhooks come to, below the public address.
const (
	WhisperPath = "/twilio/whisper"         // a shop phone picked up: wants TwiML
	KeyPath     = "/twilio/key"             // a key was pressed: wants TwiML
	JoinPath    = "/twilio/join"            // the pause after an accept is over: wants TwiML
	DialledPath = "/twilio/dialled"         // the Dial has ended: wants TwiML
	VoicePath   = "/twilio/voice"           // somebody rings the shop's number: wants TwiML
	InPath      = "/twilio/in_whisper"      // the shop phone that this was put through to picked up: wants TwiML
	InKeyPath   = "/twilio/in_key"          // a key was pressed there: wants TwiML
	InEndedPath = "/twilio/in_ended"        // that leg has ended: wants TwiML for the caller
	TextPath    = "/twilio/sms"             // somebody texts the shop's number: wants an empty TwiML
	StatusPath  = "/twilio/status_callback" // a report on a call or a text: wants nothing
)

// Names in the query of our addresses. They are lower case, Twilio's own
// parameters are not, so that neither can be taken for the other.
const (
	legQuery     = "leg"
	tryQuery     = "try"
	visitorQuery = "visitor"
	textQuery    = "text"
	callQuery    = "call"
	againQuery   = "again"
	digitsQuery  = "digits"
	outcomeQuery = "outcome"
	bridgedQuery = "bridged"
)

// WhisperURL is where Twilio fetches what a shop phone hears. base is the public
// address without a final slash, here and below.
func WhisperURL(base, leg string) string {
	return address(base, WhisperPath, url.Values{legQuery: {leg}})
}

// KeyURL is where the key pressed in the try-th whisper goes.
func KeyURL(base, leg string, try int) string {
	return address(base, KeyPath, url.Values{legQuery: {leg}, tryQuery: {strconv.Itoa(try)}})
}

// JoinURL is where a shop leg that accepted comes back to after its try-th pause.
func JoinURL(base, leg string, try int) string {
	return address(base, JoinPath, url.Values{legQuery: {leg}, tryQuery: {strconv.Itoa(try)}})
}

// DialledURL is where the end of the visitor's Dial goes. leg is the shop leg.
func DialledURL(base, leg, visitor string) string {
	return address(base, DialledPath, url.Values{legQuery: {leg}, visitorQuery: {visitor}})
}

// InURL is where Twilio fetches what the shop hears of a call that came in under that
// SID.
func InURL(base, call string) string {
	return address(base, InPath, url.Values{callQuery: {call}})
}

// InKeyURL is where the key pressed in the try-th whisper of such a call goes.
func InKeyURL(base, call string, try int) string {
	return address(base, InKeyPath, url.Values{callQuery: {call}, tryQuery: {strconv.Itoa(try)}})
}

// InEndedURL is where the end of the leg to the shop's phone goes.
func InEndedURL(base, call string) string {
	return address(base, InEndedPath, url.Values{callQuery: {call}})
}

// StatusURL is where reports on a leg go.
func StatusURL(base, leg string) string {
	return address(base, StatusPath, url.Values{legQuery: {leg}})
}

// TextStatusURL is where reports on a text go.
func TextStatusURL(base, text string) string {
	return address(base, StatusPath, url.Values{textQuery: {text}})
}

// MaxTimesAgain is how often a webhook that could not be answered is asked for again
// before the call is given up.
const MaxTimesAgain = 3

// AgainURL is where a webhook that wants TwiML is sent once more, because it
// can't be answered now. A redirected request no longer says what the first one
// said (the key, the outcome of the Dial), so the address carries it; Parse reads
// both alike. path, query and form are those of the webhook in hand.
func AgainURL(base, path string, query, form url.Values) string {
	next := url.Values{}
	for _, name := range []string{legQuery, callQuery, tryQuery, visitorQuery} {
		carry(next, name, query.Get(name))
	}
	carry(next, digitsQuery, either(form, "Digits", query, digitsQuery))
	carry(next, outcomeQuery, either(form, "DialCallStatus", query, outcomeQuery))
	carry(next, bridgedQuery, either(form, "DialBridged", query, bridgedQuery))
	next.Set(againQuery, strconv.Itoa(TimesAgain(query)+1))
	return address(base, path, next)
}

// TimesAgain says how often a webhook has been sent once more already, by its query.
func TimesAgain(query url.Values) int {
	n, err := strconv.Atoi(query.Get(againQuery))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func carry(to url.Values, name, value string) {
	if value != "" {
		to.Set(name, value)
	}
}

// either reads what Twilio says, or else what an AgainURL kept of it.
func either(form url.Values, said string, query url.Values, kept string) string {
	if form.Has(said) {
		return form.Get(said)
	}
	return query.Get(kept)
}

// address is the one place where our webhook addresses are put together: Encode
// sorts, so that the same webhook always has the same bytes to sign.
func address(base, path string, query url.Values) string {
	return base + path + "?" + query.Encode()
}

package twilio

import "ringback/server/callback"

// refusals sorts the codes of Twilio's error dictionary that a small shop can
// meet. Twilio warns that causes move between codes, so only the kind hangs on
// one, never a branch of its own. SIP's response codes, which status callbacks
// carry instead, are below 1000 and can't be mistaken for them.
var refusals = map[int]callback.Refusal{
	10001: callback.AccountBad, // account not active
	10004: callback.AccountBad, // limit of calls at once
	20003: callback.AccountBad, // wrong SID or token
	20005: callback.AccountBad, // account not active
	20006: callback.AccountBad, // access denied
	20008: callback.AccountBad, // test credentials
	20404: callback.AccountBad, // no such account, or nothing of that SID in it
	57012: callback.AccountBad, // signature invalid: a token was rotated
	21210: callback.AccountBad, // caller ID not verified
	21212: callback.AccountBad, // caller ID malformed
	21606: callback.AccountBad, // the same for a text: not ours, or can't send texts
	13214: callback.AccountBad, // caller ID bad in Dial
	21205: callback.AccountBad, // webhook address not public
	21609: callback.AccountBad, // the same, for a text
	21222: callback.AccountBad, // SID malformed: never left this computer
	21224: callback.AccountBad, // token malformed: likewise
	21626: callback.AccountBad, // bad StatusCallbackEvent: a defect of ours, no number's
	30032: callback.AccountBad, // toll-free number not verified for texts
	30034: callback.AccountBad, // number not registered for texts (10DLC)

	20429: callback.CarrierDown, // too many REST requests at once
	20500: callback.CarrierDown, // trouble inside Twilio
	20503: callback.CarrierDown, // the same
	11200: callback.CarrierDown, // our webhook failed
	11205: callback.CarrierDown, // our webhook could not be connected
	11210: callback.CarrierDown, // our webhook's name is unknown
	11220: callback.CarrierDown, // our webhook's TLS failed
	15003: callback.CarrierDown, // our answer to a status callback failed

	21211: callback.NumberBad, // no such number
	21217: callback.NumberBad, // not E.164
	13223: callback.NumberBad, // Dial: no such number
	13224: callback.NumberBad, // Dial: can't be reached by Twilio
	13226: callback.NumberBad, // Dial: no such country code
	21203: callback.NumberBad, // region not allowed
	21215: callback.NumberBad, // region not allowed
	13227: callback.NumberBad, // Dial: region not allowed
	32205: callback.NumberBad, // trunk: region not allowed
	21408: callback.NumberBad, // text: region not enabled
	21202: callback.NumberBad, // premium number
	21216: callback.NumberBad, // on Twilio's block list
	13225: callback.NumberBad, // Dial: on Twilio's block list
	21219: callback.NumberBad, // trial account: number not verified
	21608: callback.NumberBad, // the same, for a text

	21610: callback.OptedOut,

	21214: callback.Unreachable, // can't be reached just now
	21612: callback.Unreachable, // text: no way from this number to that
	21614: callback.Unreachable, // text: a landline, which can still be rung
	30003: callback.Unreachable, // handset off or out of reach
	30004: callback.Unreachable, // blocked by the receiver
	30005: callback.Unreachable, // handset unknown
	30006: callback.Unreachable, // landline
	30007: callback.Unreachable, // filtered
	30008: callback.Unreachable, // unknown
	30450: callback.Unreachable, // text: taken for pumping
	60410: callback.Unreachable, // code: taken for fraud

	// RFC 3261, 21.4 and 21.6: the number does not exist. Other SIP codes
	// (486 busy, 487 cancelled, 603 declined …) say nothing against it.
	404: callback.NumberBad,
	410: callback.NumberBad,
	484: callback.NumberBad,
	604: callback.NumberBad,

	// A call that has ended can't be changed: a normal race, no refusal.
	21220: "",
}

// Classify says what kind of refusal one of Twilio's error codes, or a SIP
// response code, is. A code that is not in the table is Unreachable: the attempt
// counts, and nothing is believed of the number or the account. No code (0) and
// 21220, "call is not in progress", are no refusal at all: the empty one.
func Classify(code int) callback.Refusal {
	if code == 0 {
		return ""
	}
	refusal, known := refusals[code]
	if !known {
		return callback.Unreachable
	}
	return refusal
}

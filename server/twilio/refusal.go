package twilio

import "ringback/server/callback"

// refusal is what a code means to us, and the name of the words for it.
type refusal struct {
	kind   callback.Refusal
	reason string
}

// refusals sorts the codes of Twilio's error dictionary that a small shop can
// meet. Twilio warns that causes move between codes, so only the kind hangs on
// one, never a branch of its own. SIP's response codes, which status callbacks
// carry instead, are below 1000 and can't be mistaken for them.
var refusals = map[int]refusal{
	10001: {callback.AccountBad, "inactive"},     // account not active
	10004: {callback.AccountBad, "busy"},         // limit of calls at once
	20003: {callback.AccountBad, "password"},     // wrong SID or token
	20005: {callback.AccountBad, "inactive"},     // account not active
	20006: {callback.AccountBad, "password"},     // access denied
	20008: {callback.AccountBad, "test"},         // test credentials
	20404: {callback.AccountBad, "account"},      // no such account, or nothing of that SID in it
	57012: {callback.AccountBad, "token"},        // signature invalid: a token was rotated
	21210: {callback.AccountBad, "caller_id"},    // caller ID not verified
	21212: {callback.AccountBad, "caller_id"},    // caller ID malformed
	21606: {callback.AccountBad, "caller_id"},    // the same for a text: not ours, or can't send texts
	13214: {callback.AccountBad, "caller_id"},    // caller ID bad in Dial
	21205: {callback.AccountBad, "address"},      // webhook address not public
	21609: {callback.AccountBad, "address"},      // the same, for a text
	21222: {callback.AccountBad, "password"},     // SID malformed: never left this computer
	21224: {callback.AccountBad, "password"},     // token malformed: likewise
	21626: {callback.AccountBad, "defect"},       // bad StatusCallbackEvent: a defect of ours, no number's
	30032: {callback.AccountBad, "unregistered"}, // toll-free number not verified for texts
	30034: {callback.AccountBad, "unregistered"}, // number not registered for texts (10DLC)

	20429: {callback.CarrierDown, "crowded"}, // too many REST requests at once
	20500: {callback.CarrierDown, "twilio"},  // trouble inside Twilio
	20503: {callback.CarrierDown, "twilio"},  // the same
	11200: {callback.CarrierDown, "webhook"}, // our webhook failed
	11205: {callback.CarrierDown, "webhook"}, // our webhook could not be connected
	11210: {callback.CarrierDown, "webhook"}, // our webhook's name is unknown
	11220: {callback.CarrierDown, "webhook"}, // our webhook's TLS failed
	15003: {callback.CarrierDown, "webhook"}, // our answer to a status callback failed

	21211: {callback.NumberBad, "number"},  // no such number
	21217: {callback.NumberBad, "number"},  // not E.164
	13223: {callback.NumberBad, "number"},  // Dial: no such number
	13224: {callback.NumberBad, "number"},  // Dial: can't be reached by Twilio
	13226: {callback.NumberBad, "number"},  // Dial: no such country code
	21203: {callback.NumberBad, "region"},  // region not allowed
	21215: {callback.NumberBad, "region"},  // region not allowed
	13227: {callback.NumberBad, "region"},  // Dial: region not allowed
	32205: {callback.NumberBad, "region"},  // trunk: region not allowed
	21408: {callback.NumberBad, "region"},  // text: region not enabled
	21202: {callback.NumberBad, "premium"}, // premium number
	21216: {callback.NumberBad, "listed"},  // on Twilio's block list
	13225: {callback.NumberBad, "listed"},  // Dial: on Twilio's block list
	21219: {callback.NumberBad, "trial"},   // trial account: number not verified
	21608: {callback.NumberBad, "trial"},   // the same, for a text

	21610: {callback.OptedOut, "opted_out"},

	21214: {callback.Unreachable, "unreachable"}, // can't be reached just now
	21612: {callback.Unreachable, "landline"},    // text: no way from this number to that
	21614: {callback.Unreachable, "landline"},    // text: a landline, which can still be rung
	30003: {callback.Unreachable, "handset"},     // handset off or out of reach
	30004: {callback.Unreachable, "shut"},        // blocked by the receiver
	30005: {callback.Unreachable, "handset"},     // handset unknown
	30006: {callback.Unreachable, "landline"},    // landline
	30007: {callback.Unreachable, "filtered"},    // filtered
	30008: {callback.Unreachable, "handset"},     // unknown
	30450: {callback.Unreachable, "fraud"},       // text: taken for pumping
	60410: {callback.Unreachable, "fraud"},       // code: taken for fraud

	// RFC 3261, 21.4 and 21.6: the number does not exist. Other SIP codes
	// (486 busy, 487 cancelled, 603 declined …) say nothing against it.
	404: {callback.NumberBad, "number"},
	410: {callback.NumberBad, "number"},
	484: {callback.NumberBad, "number"},
	604: {callback.NumberBad, "number"},

	// A call that has ended can't be changed: a normal race, no refusal.
	21220: {},
}

// Classify says what kind of refusal one of Twilio's error codes, or a SIP
// response code, is. A code that is not in the table is Unreachable: the attempt
// counts, and nothing is believed of the number or the account. No code (0) and
// 21220, "call is not in progress", are no refusal at all: the empty one.
func Classify(code int) callback.Refusal {
	if code == 0 {
		return ""
	}
	r, known := refusals[code]
	if !known {
		return callback.Unreachable
	}
	return r.kind
}

// Reason names what the owner is told of a code; assets.Carrier has the words for it. A
// code that is not in the table is "other"; what is no refusal has no reason.
func Reason(code int) string {
	if code == 0 {
		return ""
	}
	r, known := refusals[code]
	if !known {
		return "other"
	}
	return r.reason
}

package number

import "github.com/nyaruka/phonenumbers"

// Kind is what a number is used for, as far as the plan of its country tells.
// The names are stored and shown outside and never change meaning.
type Kind string

// The kinds. Countries such as the US and Canada don't tell landlines from
// mobiles: all of theirs are FixedOrMobile.
const (
	Fixed         Kind = "fixed"
	Mobile        Kind = "mobile"
	FixedOrMobile Kind = "fixed_or_mobile"
	VoIP          Kind = "voip"
	Personal      Kind = "personal"
	TollFree      Kind = "toll_free"
	Premium       Kind = "premium"
	SharedCost    Kind = "shared_cost"
	UAN           Kind = "uan" // one number for all branches of a company
	Pager         Kind = "pager"
	Voicemail     Kind = "voicemail"
	Unknown       Kind = "unknown"
)

// ringing holds the kinds that a person answers and that cost about what an
// ordinary call costs.
var ringing = []Kind{Fixed, Mobile, FixedOrMobile, VoIP, Personal}

var kinds = map[phonenumbers.PhoneNumberType]Kind{
	phonenumbers.FIXED_LINE:           Fixed,
	phonenumbers.MOBILE:               Mobile,
	phonenumbers.FIXED_LINE_OR_MOBILE: FixedOrMobile,
	phonenumbers.VOIP:                 VoIP,
	phonenumbers.PERSONAL_NUMBER:      Personal,
	phonenumbers.TOLL_FREE:            TollFree,
	phonenumbers.PREMIUM_RATE:         Premium,
	phonenumbers.SHARED_COST:          SharedCost,
	phonenumbers.UAN:                  UAN,
	phonenumbers.PAGER:                Pager,
	phonenumbers.VOICEMAIL:            Voicemail,
}

func kindOf(parsed *phonenumbers.PhoneNumber) Kind {
	if kind, ok := kinds[phonenumbers.GetNumberType(parsed)]; ok {
		return kind
	}
	return Unknown
}

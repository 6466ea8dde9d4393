package callback

import "time"

// Role says whose phone a leg rings.
type Role string

const (
	ShopLeg    Role = "shop"
	VisitorLeg Role = "visitor"
)

// CallStatus is how a phone call stands, in the carrier's words.
type CallStatus string

const (
	CallWanted   CallStatus = "wanted"  // ours: committed, not yet handed to the carrier
	CallStarted  CallStatus = "started" // ours: handed to the carrier, who has not answered
	CallQueued   CallStatus = "queued"
	CallRinging  CallStatus = "ringing"
	CallAnswered CallStatus = "in-progress"
	CallDone     CallStatus = "completed"
	CallBusy     CallStatus = "busy"
	CallNoAnswer CallStatus = "no-answer"
	CallFailed   CallStatus = "failed"
	CallCanceled CallStatus = "canceled"
	CallNotMade  CallStatus = "not-made" // ours: never reached the carrier
)

// Ended says that the call can ring or talk no more.
func (s CallStatus) Ended() bool {
	switch s {
	case CallDone, CallBusy, CallNoAnswer, CallFailed, CallCanceled, CallNotMade:
		return true
	case CallWanted, CallStarted, CallQueued, CallRinging, CallAnswered:
	}
	return false
}

// Leg is one phone call that the carrier makes: an attempt, if it is a shop leg.
type Leg struct {
	ID      string // travels in the webhook URLs, so that the first webhook tells the SID
	Role    Role
	Round   int
	Phone   string // the shop phone's label
	By      string // visitor leg: the id of the shop leg whose Dial makes it
	To      string // E.164
	From    string // E.164
	SID     string // the carrier's; empty until known
	Status  CallStatus
	Seq     int     // highest sequence number seen
	Code    int     // the carrier's error code
	Refusal Refusal // NumberBad: the carrier has called the number one that can never be called
	Started time.Time
	Answer  time.Time
	End     time.Time
	Bridged bool
	Bill
}

// Bill is what a call or text costs, and when the carrier is asked about it.
type Bill struct {
	Cost   int64     // millionths of a US dollar: the carrier's price, or until it is known what we reserve
	Priced bool      // Cost is the carrier's price
	LookAt time.Time // when the carrier is asked next how it stands and what it cost; zero: not again
	Looks  int       // times that it was asked
}

// TextStatus is how a text stands.
type TextStatus string

const (
	TextWanted    TextStatus = "wanted"  // committed, not yet handed to the carrier
	TextStarted   TextStatus = "started" // handed to the carrier, who has not answered
	TextTaken     TextStatus = "taken"   // the carrier has it
	TextDelivered TextStatus = "delivered"
	TextLost      TextStatus = "undelivered" // the carrier could not deliver it
	TextReceived  TextStatus = "received"    // the visitor's, to us
	TextRefused   TextStatus = "refused"     // the carrier did not take it, or our gate did not let it go
)

// Has says that the carrier took the text and has not reported it as lost.
func (s TextStatus) Has() bool { return s == TextTaken || s == TextDelivered }

// Text is one text to the shop or the visitor, or one that the visitor sent.
type Text struct {
	ID      string
	Role    Role // to whom; from whom, if it came
	To      string
	From    string
	SID     string
	Status  TextStatus
	Code    int
	Started time.Time
	Came    time.Time // when the visitor's text came; zero: it is ours
	Said    string    // its words, of one that came or that the owner wrote; empty: it tells of the request
	Bill
}

// Ours says that we send it, by ourselves or for the owner.
func (t Text) Ours() bool { return t.Came.IsZero() }

// Written says that it is the owner's own text to the visitor.
func (t Text) Written() bool { return t.Ours() && t.Said != "" }

// going says that the carrier has not taken it yet.
func (t Text) going() bool { return t.Status == TextWanted || t.Status == TextStarted }

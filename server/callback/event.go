package callback

import "time"

// Kind is what happened.
type Kind string

const (
	// From the visitor, the owner, the line and the clock.
	Asked     Kind = "asked"       // a new request
	Cancel    Kind = "cancel"      // withdraw it; By says who
	Move      Kind = "rescheduled" // the visitor wants it at another time; Wanted says when
	CallNow   Kind = "call_now"    // the owner wants the call now
	TickOff   Kind = "tick_off"    // the owner needs it no more
	Undo      Kind = "undo"        // the owner takes back TickOff or Cancel
	Voicemail Kind = "voicemail"   // the owner says: that was only their voicemail
	Turn      Kind = "turn"        // its turn in line has come
	Tick      Kind = "tick"        // its deadline has passed
	Recheck   Kind = "recheck"     // the program started or woke up: ask the carrier now
	Bridge    Kind = "talked_in"   // the visitor called in and they talked
	Started   Kind = "started"     // an effect is about to leave
	Held      Kind = "held"        // the gate did not let an effect go
	Placed    Kind = "placed"      // the carrier took the call; SID is known
	Refused   Kind = "refused"     // the carrier did not take the call
	Lost      Kind = "lost"        // no answer from the carrier: outcome unknown
	NotMade   Kind = "not_made"    // the carrier, asked three times, knows no such call
	TextDone  Kind = "text_taken"  // the carrier took the text
	TextFail  Kind = "text_failed"
	TextInfo  Kind = "text_status" // the carrier reports on a text
	Billed    Kind = "billed"      // the carrier was asked what a call or text cost; Currency empty: it could not tell
	TextedIn  Kind = "texted_in"   // the visitor texted
	TextedOut Kind = "texted_out"  // the owner texts the visitor; Said are the words
	HungUp    Kind = "hung_up"     // the carrier ended a leg as we asked, or could not
	// From the carrier, by webhook or because we asked.
	Answered  Kind = "answered"    // a shop phone picked up and wants the whisper
	Key       Kind = "key"         // a key was pressed in the whisper; Digits may be empty
	Join      Kind = "join"        // the shop leg that accepted has waited for the other phones to be quiet
	Dialled   Kind = "dialled"     // the Dial of the visitor has ended
	LegStatus Kind = "call_status" // a leg's status
	AskFailed Kind = "ask_failed"  // the carrier could not be asked

	// Of a call that came in, by webhook; Call is its SID.
	CalledIn   Kind = "called_in"   // somebody rang the shop's number
	InAnswered Kind = "in_answered" // the shop phone that it was put through to picked up, and wants the whisper
	InKey      Kind = "in_key"      // a key was pressed there
	InEnded    Kind = "in_ended"    // that leg has ended
)

// Event is one thing that happened to a request. Only the fields that its kind
// needs are set.
type Event struct {
	Kind  Kind
	At    time.Time // UTC
	Trace string    // the X-Request-ID of the HTTP request that brought it; empty: none

	By     Reason    // Cancel: who
	Wanted time.Time // Move: when; zero: now
	Note   string    // TickOff: the owner's note
	Who    string    // TickOff: the owner's name

	Leg        string // id of the leg that it is about
	Text       string // id of the text that it is about
	Effect     EffectKind
	SID        string
	Status     CallStatus
	TextNow    TextStatus
	Seq        int // the carrier's sequence number, -1: none
	Code       int // the carrier's error code, 0: none
	Digits     string
	Try        int           // Key, Answered: which whisper; Join: which pause
	Bridged    bool          // Dialled: they talked
	ShopGone   bool          // Dialled: the shop leg had ended by then
	Visitor    string        // Dialled: the visitor leg's id
	VisitorSID string        // Dialled: its SID, where the carrier says
	Refusal    Refusal       // Refused, TextFail, Held; Dialled and LegStatus: NumberBad for a number that can never be called
	Talked     time.Duration // LegStatus, Dialled: how long the call was answered, where the carrier knows
	Asked      bool          // LegStatus, TextInfo: the answer to a question of ours, not a callback
	Price      int64         // Billed, TextInfo: millionths of Currency
	Currency   string        // ISO 4217; empty: the carrier does not know it yet
	Call       string        // a call that came in: its SID
	From       string        // CalledIn, TextedIn: who, E.164; empty: withheld
	Said       string        // TextedIn, TextedOut: the words

	Account string   // webhooks: the account that they name
	Once    []string // webhooks, TextedOut: keys under which a repeat is recognised
}

// Note is a line for the event log: what happened, for people and for proof. Body
// holds no phone number, name, message or public id.
type Note struct {
	Kind string
	Body map[string]any
}

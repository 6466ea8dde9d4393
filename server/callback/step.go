package callback

import "time"

// StepKind is what a phone call shall do next.
type StepKind string

const (
	StepNone    StepKind = ""        // nothing is wanted: an empty answer
	StepWhisper StepKind = "whisper" // say who is waiting, and gather a key
	StepConnect StepKind = "connect" // "Connecting you", then dial the visitor
	StepThrough StepKind = "through" // put a call that came in through to the shop's phone
	StepHold    StepKind = "hold"    // "Connecting you", a pause, then ask us again by Join
	StepSay     StepKind = "say"     // say a phrase, then hang up
	StepHangUp  StepKind = "hang_up" // hang up
	StepAgain   StepKind = "again"   // pause briefly, then ask us again
)

// Phrase is a sentence for somebody at a shop phone; twilio finds its words.
type Phrase string

const (
	SayCancelled Phrase = "say_cancelled" // the caller has cancelled
	SayTaken     Phrase = "say_taken"     // somebody else has accepted already
	SayLater     Phrase = "say_later"     // you will be called again in 15 minutes
	SayTexted    Phrase = "say_texted"    // it will be texted to you
	SayNoAnswer  Phrase = "say_no_answer" // the visitor did not pick up; the request is on your list
	SaySpent     Phrase = "say_spent"     // the day's limit of calls is reached
	// To whoever rings the shop's number.
	SayIncoming Phrase = "say_incoming" // one of the shop's own phones: this number only places calls
	SayRinging  Phrase = "say_ringing"  // we are calling you just now: hang up
	SayClosed   Phrase = "say_closed"   // the shop is closed
	SayBusy     Phrase = "say_busy"     // all lines are taken
	SayOnList   Phrase = "say_on_list"  // nobody can come to the phone; we have your request
	SayNobody   Phrase = "say_nobody"   // nobody can come to the phone; ask on the website

	SayTrouble Phrase = "say_trouble" // something went wrong; the request is on your list
)

// Step is the answer to a webhook that wants instructions, in our words; twilio
// renders it as TwiML.
type Step struct {
	Kind     StepKind
	Phrase   Phrase
	Language string // of the shop: what is said is said in it

	Leg     string // the shop leg that is spoken to
	Call    string // a call that came in: its SID
	Try     int    // which whisper this is, 1 to Whispers; hold: which pause, from 1; connect: how many there were
	Name    string // whisper: who waits, as typed by the visitor
	Number  string // whisper: the visitor's number, E.164
	Message string // whisper: what about, as typed by the visitor

	Visitor string        // connect: the visitor leg's id
	To      string        // connect: whom to dial, E.164
	From    string        // whisper, connect: the shop's number at the carrier, E.164; connect: the caller ID
	Ring    time.Duration // connect: how long the visitor's phone rings
	Talk    time.Duration // connect: the longest talk
	When    time.Time     // say that the shop is closed: until when, in its zone; zero: nobody knows
}

// bare is the step without the visitor's data, as it is recorded: those stand in the
// request alone, so that erasing a person there erases them.
func (s Step) bare() Step {
	s.Name, s.Number, s.Message, s.To = "", "", "", ""
	return s
}

// about gives a recorded step its visitor back.
func (s Step) about(r Request) Step {
	switch s.Kind {
	case StepWhisper:
		s.Name, s.Number, s.Message = r.Name, r.Number, r.Message
	case StepConnect:
		s.To = r.Number
	case StepNone, StepHold, StepThrough, StepSay, StepHangUp, StepAgain:
	}
	return s
}

// Whispers is how many times the whisper is said: call screening eats its start,
// so it is said three times, each time with a chance to press a key.
const Whispers = 3

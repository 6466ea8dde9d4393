package callback

import "time"

// EffectKind is something that the engine wants done outside.
type EffectKind string

const (
	EffectCall   EffectKind = "call"    // ring a shop phone
	EffectHangUp EffectKind = "hang_up" // end a leg
	EffectText   EffectKind = "text"    // send a text
	EffectAsk    EffectKind = "ask"     // ask the carrier how a leg stands
	EffectNotify EffectKind = "notify"  // tell the owner
)

// Effect is a row of the outbox. Effects of one request run strictly in the order
// of their ids, those of different requests side by side. One that was started and
// whose outcome is unknown is reconciled with the carrier, never blindly repeated.
type Effect struct {
	ID      int64
	Request int64
	Kind    EffectKind
	Leg     string
	Text    string
	Notice  NoticeKind
	Carrier string    // the carrier that it was made for; it never runs under another
	Due     time.Time // not before this
	Started time.Time // when it was handed to the carrier; zero: not yet, or known not to be made
	Tries   int       // looks for a lost call, or failed tries of another kind
	Done    time.Time // zero: still to be done
}

// Paid says that the effect costs money and so passes the gate first.
func (k EffectKind) Paid() bool { return k == EffectCall || k == EffectText }

package callback

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Carrier is whatever places calls and texts: Twilio or practice. Its methods may
// be called side by side. Each returns nil, a *CarrierError when the carrier (or
// the network before it) is known not to have done it, or any other error when
// nobody knows: then the engine looks before it repeats.
type Carrier interface {
	// Name tells carriers and accounts apart: an effect made under one never runs
	// under another.
	Name() string
	// Call rings a shop phone and returns the call's SID. What the phone hears is
	// fetched from Base by webhooks that carry the leg's id.
	Call(ctx context.Context, c Call) (sid string, err error)
	// HangUp ends a call, ringing or talking. A call that has ended is no error.
	HangUp(ctx context.Context, sid string) error
	// Ask tells how the call with that SID stands.
	Ask(ctx context.Context, sid string) (Report, error)
	// Find looks for a call whose SID was never learned, made at or after since.
	// known are the SIDs of other calls to that number. ErrNotFound: no such call
	// can be seen (yet).
	Find(ctx context.Context, c Call, since time.Time, known []string) (Report, error)
	// Text sends a text and returns its SID.
	Text(ctx context.Context, m Message) (sid string, err error)
	// AskText tells how the text with that SID stands. ErrNotFound: there is none.
	AskText(ctx context.Context, sid string) (TextReport, error)
	// FindText looks for a text whose SID was never learned. ErrNotFound as in Find.
	FindText(ctx context.Context, m Message, since time.Time) (sid string, err error)
}

// Call is one shop leg to be made.
type Call struct {
	Leg  string
	To   string // E.164
	From string // E.164
	Base string // the public address that its webhooks come to, without a final slash
	Ring time.Duration
	Talk time.Duration // the longest talk that may follow
	// Parent is the SID of the call that dialled this one. Find looks below it. Empty:
	// we asked for the call ourselves.
	Parent string
}

// Message is one text to be sent. It holds what it is about; its words are the
// carrier's business.
type Message struct {
	Text     string // its id
	For      Role   // to the shop: who asked; to the visitor: that nobody could come to the phone
	To       string // E.164
	From     string // E.164
	Base     string // the public address that reports come to
	Language string // of the reader
	Business string
	Name     string        // as typed by the visitor
	Number   string        // the visitor's, E.164
	Said     string        // what the visitor typed
	Missed   bool          // to the shop: its phones rang; else it is closed, or nothing could be called
	Words    string        // the owner's own, sent as they are in place of any of ours; empty: none
	Valid    time.Duration // not worth delivering after this
	// Known are the SIDs of other texts of that request, which FindText leaves out: the
	// owner may have sent the same words before.
	Known []string
}

// Report is how a call stands.
type Report struct {
	SID    string
	Status CallStatus
	Code   int
	Talked time.Duration // how long it was answered; 0 when never or unknown
	// Price is what the call cost, in millionths of Currency (ISO 4217). An empty
	// Currency: not known yet, prices come minutes later or never.
	Price    int64
	Currency string
}

// TextReport is how a text stands. Price and Currency are those of Report.
type TextReport struct {
	Status   TextStatus
	Code     int
	Price    int64
	Currency string
}

// Refusal is why the carrier, or our gate, did not do a thing.
type Refusal string

const (
	NumberBad    Refusal = "number_bad"    // does not exist, or can never be called from here
	Unreachable  Refusal = "unreachable"   // not reached this time
	OptedOut     Refusal = "opted_out"     // the number refuses texts
	AccountBad   Refusal = "account"       // wrong token, suspended, out of money, at its limit
	CarrierDown  Refusal = "carrier_down"  // the carrier or the network can't be used just now
	OverBudget   Refusal = "over_budget"   // our own limit of the day
	NumberBarred Refusal = "number_barred" // blocked or opted out here
)

// passes says that the refusal is none of the number's: the call may be placed later.
func (f Refusal) passes() bool { return f == AccountBad || f == CarrierDown }

// CarrierError says that the carrier is known not to have done what was asked.
type CarrierError struct {
	Refusal Refusal
	Code    int // the carrier's own error code; 0: none
	Err     error
}

func (e *CarrierError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("carrier refused: %s (code %d)", e.Refusal, e.Code)
	}
	return fmt.Sprintf("carrier refused: %s (code %d): %v", e.Refusal, e.Code, e.Err)
}

func (e *CarrierError) Unwrap() error { return e.Err }

// ErrNotFound says that there is no such thing: a request, a leg, a call.
var ErrNotFound = errors.New("not found")

// NoticeKind is what the owner is told.
type NoticeKind string

const (
	NoticeNew    NoticeKind = "new"    // somebody asks
	NoticeMissed NoticeKind = "missed" // somebody needs you
	NoticeStale  NoticeKind = "stale"  // somebody could not be called in time
	NoticeTexted NoticeKind = "texted" // a visitor texted
)

// Notice is one thing to tell the owner.
type Notice struct {
	Kind    NoticeKind
	Request int64
	At      time.Time // when it was decided: after a crash it may be told later
}

// Notifier tells the owner. It must not block for long; an error is logged and the
// notice is not repeated.
type Notifier interface {
	Notify(ctx context.Context, n Notice) error
}

// Package desk is all that an owner can see and ask for, as one interface. The
// window acts through it alone, so that it can one day look at a Ringback on another
// computer. It knows no window, no HTTP and no SQL: shop hands it the engine, the
// store and the practice phones.
package desk

import (
	"context"
	"errors"
	"time"

	"ringback/server/callback"
)

// Desk is what the window sees and asks for. Its methods may be called from any
// goroutine and may wait for the disk: never call them on the window's goroutine.
// Errors are *callback.Error where the wish was refused.
type Desk interface {
	// Shop is the shop as it stands now.
	Shop(ctx context.Context) (Shop, error)
	// Requests is a stretch of a list of requests, newest first.
	Requests(ctx context.Context, q Query) (callback.Stretch, error)
	// Request is one request with its history. callback.ErrNotFound.
	Request(ctx context.Context, id int64) (Detail, error)
	// CallNow rings the shop for that request now; hours, pause and line don't hold it up.
	CallNow(ctx context.Context, id int64) error
	// NewCall rings the shop now for a number that the owner typed, then that number, and
	// returns the request that stands for it. ErrNumber when it is none that can be called.
	NewCall(ctx context.Context, typed, name string) (id int64, err error)
	// EndCall ends the call that is on and withdraws the request.
	EndCall(ctx context.Context, id int64) error
	// Done ticks the request off; a request that is still to be called is withdrawn.
	Done(ctx context.Context, id int64, note string) error
	// Undo takes back Done.
	Undo(ctx context.Context, id int64) error
	// Changed returns a channel that is closed at the next change of anything that
	// Desk shows, and a function to be called once when nobody waits on it any more.
	Changed() (<-chan struct{}, func())
	// Practice are the phones of practice; nil when the shop is live.
	Practice() Practice

	Numbers
	Texts
	Rules
	Bell
	Activity
	Reports
	Care
}

// ErrNumber says that what was typed is no number that can be called.
var ErrNumber = errors.New("that is no phone number that can be called")

// Filter is which requests are looked at.
type Filter int

const (
	NeedsYou Filter = iota // the owner's list
	Today
	All
	Spam // what filled the honeypot: nobody was called
)

// Query asks for a stretch of a list.
type Query struct {
	Filter Filter
	Search string // what was typed: of those the filter shows; empty: all of them
	Most   int    // a search finds no more than the newest so many; 0: 1000
	callback.Span
}

// Shop is the shop as it stands now.
type Shop struct {
	Name     string
	Language string
	Country  string // region: numbers are shown as people there write them
	Zone     *time.Location
	Accent   string // #rrggbb, empty: the program's own
	Practice bool
	Missing  []string // what is missing to go live, in plain sentences
	Trouble  Advice   // why the carrier can't be used just now
	Unsaved  Unsaved  // why nothing can be saved just now
	Opening  Opening  // how its hours stand
	FormURL  string   // where the form is on this computer
	Public   string   // the phone that visitors are told, E.164; empty: none
	Phones   []string // labels of the shop's phones
	NeedsYou int
	Today    int
	All      int
	Spam     int
	Line     []callback.Request // who is on the phone, then who waits in line, in its order; at most 20
	Now      time.Time
}

// Unsaved is why the database can't be written just now: no request is taken then, and
// nobody is called.
type Unsaved string

const (
	Saved        Unsaved = "" // it can
	DiskFull     Unsaved = "full"
	DiskBusy     Unsaved = "busy" // another program holds the database
	DiskReadOnly Unsaved = "read_only"
	DiskDamaged  Unsaved = "damaged" // the database is
	DiskFailed   Unsaved = "failed"
)

// Advice is why the carrier refused something: assets.Carrier explains the reason and
// says what to do. The zero value: it did not.
type Advice struct {
	Reason string
	Code   int // the carrier's; 0: none
}

// Detail is one request and its history.
type Detail struct {
	callback.Request
	Why    Advice // why the carrier refused its call or its text, where that is why it rests
	Place  int    // in line, from 1; 0: none
	Ahead  int
	Events []callback.Entry  // oldest first
	Lost   map[string]Advice // why a text did not arrive, by its id, where the carrier said
	Asked  int               // how often that number has asked, this time included
	// Blocked: the owner wants nothing of the number. OptedOut: the number wants nothing of us.
	Blocked, OptedOut bool
}

// Practice plays the drawn phones. A wish that doesn't fit (answering a phone that
// does not ring) changes nothing.
type Practice interface {
	// Phones are the shop's phone and the visitor's, in this order; the one that rings
	// or talks, else the one that did last.
	Phones() []PracticePhone
	Answer(number string)
	Decline(number string)
	Press(number string, key string)
	HangUp(number string)
	// Texts are the last texts that practice sent, newest first.
	Texts() []PracticeText
	// Pretend makes a request, as if a visitor of that name had filled in the form, and
	// returns it.
	Pretend(ctx context.Context, name, message string) (id int64, err error)
}

// PracticePhone is one drawn phone.
type PracticePhone struct {
	Shop    bool
	Number  string // E.164; empty: no visitor yet
	Label   string // the shop phone's label, or the visitor's name
	State   PhoneState
	Since   time.Time // of the state
	Says    string    // what the phone says just now: the whisper
	Keys    bool      // a key is listened to
	Joined  bool      // the two talk with each other
	Request int64     // 0: none
}

// PhoneState is what a drawn phone does.
type PhoneState string

const (
	Idle    PhoneState = "idle"
	Ringing PhoneState = "ringing"
	OnCall  PhoneState = "on_call"
)

// PracticeText is a text that practice pretended to send.
type PracticeText struct {
	To   string
	Body string
	At   time.Time
	Shop bool // to the shop, else to the visitor
}

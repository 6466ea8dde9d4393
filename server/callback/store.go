package callback

import (
	"context"
	"time"
)

// Store keeps requests, their legs and texts, the outbox and the event log. Every
// Store must pass callbacktest.TestStore.
type Store interface {
	// Update runs f in the one writer's goroutine, in a savepoint of its own, and
	// returns after the commit that makes it durable. When f returns an error,
	// only f's own changes are undone and that error is returned. When the commit
	// fails, everything of the batch is undone and each caller gets an error that
	// wraps ErrNotSaved. f may be run once only, must not block, and must not
	// keep tx. The context bounds the wait for a turn, not the commit: once begun,
	// the answer is always the true one.
	Update(ctx context.Context, f func(tx Tx) error) error
	// View runs f on a consistent snapshot, beside the writer.
	View(ctx context.Context, f func(v Reader) error) error
}

// Reader reads. Everything that it returns is a copy. ErrNotFound where one thing
// was asked for that is not there.
type Reader interface {
	Request(id int64) (Request, error)
	ByPublicID(id string) (Request, error)
	ByLeg(leg string) (Request, error)   // the request that a leg belongs to
	ByText(text string) (Request, error) // the request that a text belongs to
	// ByKey returns the request with that client's key.
	ByKey(key string) (Request, error)
	// OpenFor returns the request of that number that waits or is under way,
	// followers and spam left out.
	OpenFor(number string) (Request, error)
	// Followers returns the ids of the requests that follow that one.
	Followers(id int64) ([]int64, error)
	// UnderWay returns the ids of the requests that have a call on, oldest first; those
	// that follow another are left out, for they have none of their own.
	UnderWay() ([]int64, error)
	// Line returns the ids of the first pending requests that have a place, the
	// owner's own calls (Manual) first, then by QueuedAt and id; those with NotBefore
	// after now included.
	Line(limit int) ([]int64, error)
	// NextTry returns the earliest NotBefore after now in the line; zero: none.
	NextTry(now time.Time) (time.Time, error)
	// Ahead counts the requests that stand before r in line.
	Ahead(r Request) (int, error)
	// ForOpening returns the ids of the requests that are scheduled for an opening other
	// than that one, oldest first; followers left out. A zero time is no opening: all.
	ForOpening(other time.Time, limit int) ([]int64, error)
	// Overdue returns the ids of requests whose deadline has passed, and the
	// earliest deadline still to come (zero: none).
	Overdue(now time.Time, limit int) (ids []int64, next time.Time, err error)
	// Due returns the undone effects that are due and first in their request, and
	// the earliest due time still to come (zero: none).
	Due(now time.Time, limit int) (effects []Effect, next time.Time, err error)
	Effect(id int64) (Effect, error)
	// EffectFor returns the undone effect of that kind for a leg or a text.
	EffectFor(kind EffectKind, id string) (Effect, error)
	// Webhook returns the recorded answer to a webhook under any of these keys.
	Webhook(keys []string) (Step, error)
	// LegsStarted counts the legs handed to the carrier at or after t, and the calls that
	// came in and were put through: each makes a leg to the shop's phone.
	LegsStarted(t time.Time) (int, error)
	// TextsStarted counts the texts handed to the carrier at or after t.
	TextsStarted(t time.Time) (int, error)
	// Unknown says whether a call to that number is of unknown outcome: started,
	// and neither its SID nor its end is known. The leg named is left out.
	Unknown(to, leg string) (bool, error)
	// Lingers says whether a call to that number has not ended although its request has
	// no call on any more: that phone is about to be put down.
	Lingers(to string) (bool, error)
	// OnThePhone returns the ids of the requests that have a leg which was started and
	// has not ended, whatever their status, oldest first.
	OnThePhone() ([]int64, error)
	// SIDs returns the SIDs of all legs to that number made at or after t.
	SIDs(to string, t time.Time) ([]string, error)
	// Looks returns what the carrier is to be asked about by now, and the earliest LookAt
	// still to come (zero: none).
	Looks(now time.Time, limit int) (looks []Look, next time.Time, err error)
	// Spent sums the Cost of all that was handed to the carrier at or after t, and of the
	// calls that came in and were put through.
	Spent(t time.Time) (int64, error)
	// Incoming returns the call with that SID that came in.
	Incoming(sid string) (Incoming, error)
	// OnTheLine returns the calls that came in, were put through and last, oldest first.
	OnTheLine() ([]Incoming, error)
	// Unsettled returns the ids of that number's requests that are open or on the owner's
	// list, oldest first; followers and spam left out.
	Unsettled(number string) ([]int64, error)
	// Newest returns that number's newest request; followers and spam left out.
	Newest(number string) (Request, error)
	// Barred says whether the number is blocked by the owner or has opted out.
	Barred(number string) (blocked, optedOut bool, err error)
	// AskedSince counts requests (spam included) asked at or after t; with a
	// number, only that number's.
	AskedSince(t time.Time, number string) (int, error)
	// Events returns a request's log, oldest first; at most limit, the newest ones.
	Events(request int64, limit int) ([]Entry, error)
	// List returns a stretch of the owner's list, newest first.
	List(q Query) (Stretch, error)
	// Count counts the list; it knows nothing of a search.
	Count(q Query) (int, error)
}

// Tx is a Reader that sees its own changes and can write.
type Tx interface {
	Reader
	// Insert stores a new request and returns its id.
	Insert(r Request) (int64, error)
	// Save stores a request with its legs and texts.
	Save(r Request) error
	// Add puts an effect into the outbox and returns its id.
	Add(e Effect) (int64, error)
	// SaveEffect stores a changed effect.
	SaveEffect(e Effect) error
	// Bar puts a number on a list of those that are not called. Again it changes nothing.
	Bar(number string, why Bar, at time.Time) error
	// Unbar takes it off that list. Again it changes nothing.
	Unbar(number string, why Bar) error
	// SaveIncoming stores a call that came in, by its SID.
	SaveIncoming(in Incoming) error
	// Record remembers the answer to a webhook under all its keys.
	Record(keys []string, request int64, at time.Time, s Step) error
	// Log appends to the event log, hash-chained; request 0 is no request's.
	Log(at time.Time, request int64, n Note) error
}

// Bar is why a number is not called.
type Bar string

const (
	BarBlock  Bar = "blocked"   // the owner wants nothing of it
	BarOptOut Bar = "opted_out" // it wants nothing of us
)

// Entry is one line of the event log.
type Entry struct {
	Seq     int64
	At      time.Time
	Request int64
	Kind    string
	Body    string // JSON; empty after the person was erased
}

// Query says which requests the owner wants to see. The zero value is all but spam;
// requests that follow another one are never listed.
type Query struct {
	ForOwner bool      // only the owner's list
	Spam     bool      // only what looks like spam
	Since    time.Time // asked at or after
	Search   string    // what was typed: see Seek
	Most     int       // no more than the newest so many that have what is sought; 0: 1000
	Span
}

// Span says which part of a list is looked at.
type Span struct {
	At    int   // the place of the first request that is returned; 0: the newest
	Near  int64 // not 0: begin Above places above this request, or where it would stand
	Above int
	Limit int   // 0: 100
	Find  int64 // look for the place of this request, too; 0: of none
}

// Stretch is a part of a list as it stood at one moment. It is full, unless the list is
// shorter: what would reach beyond the end begins further up.
type Stretch struct {
	Requests []Request
	At       int // the place of the first one
	Count    int // how many the list has
	Found    int // the place of the one that was to be found; -1: it is not on the list
}

// Place is where the stretch begins that is asked for, in a list of so many; near is the
// place of Near.
func (s Span) Place(count, near int) (at, limit int) {
	limit = s.Limit
	if limit <= 0 {
		limit = 100
	}
	at = s.At
	if s.Near != 0 {
		at = near - s.Above
	}
	return max(0, min(at, count-limit)), limit
}

// ErrNotSaved says that the disk refused: nothing of it was stored.
var ErrNotSaved = &Error{Code: NotSaved}

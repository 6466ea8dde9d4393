package callback

import "slices"

// Status is where a request stands. The public API shows these names; they never
// change meaning.
type Status string

const (
	Unverified Status = "unverified" // waits for the code that was texted to the visitor
	Pending    Status = "pending"    // accepted; waits for its place in line or for a carrier
	Scheduled  Status = "scheduled"  // will be called at DueAt
	Calling    Status = "calling"    // a round is under way: a shop phone rings or hears the whisper
	Connecting Status = "connecting" // the shop accepted; the visitor's phone rings
	Connected  Status = "connected"  // they talk
	Completed  Status = "completed"  // they talked
	NoAnswer   Status = "no_answer"  // the shop accepted, the visitor was not reached
	Missed     Status = "missed"     // the shop was not reached and has no text
	SMSSent    Status = "sms_sent"   // the shop was not reached and has the visitor's details as a text
	Failed     Status = "failed"     // something is wrong with the visitor's number for good
	Cancelled  Status = "cancelled"  // withdrawn by the visitor or the owner
	Expired    Status = "expired"    // was never verified
)

// Statuses are all of them, in the order of a request's life.
var Statuses = []Status{Unverified, Pending, Scheduled, Calling, Connecting, Connected,
	Completed, NoAnswer, Missed, SMSSent, Failed, Cancelled, Expired}

// moves is the status table of the product: what may follow what. Next refuses
// any other move, and the tests hold this table against the product's.
var moves = map[Status][]Status{
	"":         {Unverified, Pending, Scheduled},
	Unverified: {Pending, Scheduled, Cancelled, Expired},
	Pending:    {Calling, Scheduled, SMSSent, Missed, Failed, Cancelled, Completed},
	Scheduled:  {Pending, SMSSent, Missed, Cancelled, Completed},
	Calling:    {Connecting, Scheduled, SMSSent, Missed, Failed, Cancelled, Pending},
	Connecting: {Connected, Completed, NoAnswer, Missed, Failed, Cancelled},
	Connected:  {Completed, NoAnswer, Missed},
	Completed:  {NoAnswer},
	NoAnswer:   {Scheduled, Pending, Cancelled, Completed},
	Missed:     {SMSSent, Scheduled, Pending, Cancelled, Completed},
	SMSSent:    {Missed, Scheduled, Pending, Cancelled, Completed},
	Failed:     {Pending, Cancelled},
	Cancelled:  {}, // but see undo, which brings back what was
	Expired:    {},
}

// CanBecome says whether the product's table lets a request go from s to t. A
// request stays what it is without asking. The owner's undo of a cancellation is
// the one move that the table can't show.
func (s Status) CanBecome(t Status) bool { return s == t || slices.Contains(moves[s], t) }

// UnderWay says that a call is on: it takes one of the shop's lines.
func (s Status) UnderWay() bool { return s == Calling || s == Connecting || s == Connected }

// Waits says that the request is still to be called.
func (s Status) Waits() bool { return s == Unverified || s == Pending || s == Scheduled }

// Open says that the request waits or is under way: a second wish for the same
// number follows it rather than ringing the visitor twice.
func (s Status) Open() bool { return s.Waits() || s.UnderWay() }

// ForOwner says that the request belongs on the owner's list until it is ticked off.
func (s Status) ForOwner() bool {
	return s == NoAnswer || s == Missed || s == SMSSent || s == Failed
}

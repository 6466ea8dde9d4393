package callback

import (
	"fmt"
	"slices"
	"time"
)

// Request is one visitor's wish to be called, with all that Next needs to decide
// about it. All times are UTC, cut to milliseconds; a zero time is "never".
type Request struct {
	ID       int64  // a number of ours, shown to the owner and in logs; 0 until stored
	PublicID string // 128 random bits: the visitor's only key to the request; in no log, event or webhook
	Salt     string // begins the ids of its legs and texts, so that they can't be mistaken for another database's
	Key      string // the client's own request_key; empty: none
	Trace    string // the X-Request-ID of the post that asked
	Status   Status
	Spam     bool // filled the honeypot: rings nobody, stands under "Looks like spam"

	Number   string // the visitor's, E.164; empty: the person was erased
	Name     string
	Email    string
	Message  string
	Page     string
	Language string // of the visitor: en, es
	Consent  Consent

	AskedAt     time.Time
	PreferredAt time.Time // the time that the visitor chose; zero: now
	UpdatedAt   time.Time // strictly increases with each change

	Since     time.Time // pending: since when nothing but a call before it, or trouble, holds it up
	QueuedAt  time.Time // pending: its place in line, by time; zero: no place (closed, text only; spam)
	NotBefore time.Time // pending: after trouble with the carrier, not tried again before this
	Troubles  int       // times in a row that the carrier could not place the call
	DueAt     time.Time // scheduled: when it will be called
	Deadline  time.Time // when the engine looks at it by itself; zero only at rest

	Rounds   int    // rounds begun
	Visits   int    // times that the visitor was rung
	Round    *Round // the round under way, or the last one
	Legs     []Leg  // every phone call made or to be made for it, oldest first
	Texts    []Text // every text, oldest first
	Manual   bool   // the owner asked for this call: hours, pause and line don't hold it up
	Reason   Reason // why it rests where it rests
	Code     int    // the carrier's error code behind Failed, 0: none
	Accepted string // the label of the phone that accepted
	TalkFrom time.Time
	TalkTo   time.Time

	Follows   int64 // the request of the same number that this one follows; 0: none
	From      int64 // the ended request that the owner's Call now came from; 0: none
	TickedOff *Mark // the owner's mark; nil: none
	Before    *Past // what the owner's undo brings back; nil: nothing
}

// Consent is what the visitor agreed to, kept as proof.
type Consent struct {
	Kind    string // notice or tick
	Ticked  bool
	Version string // of the wording
}

// TextsVisitor says whether the visitor may be texted about the request: a notice
// counts as consent, a tick only when ticked.
func (c Consent) TextsVisitor() bool { return c.Kind == "notice" || c.Ticked }

// Mark is the owner's mark that a request needs nobody any more.
type Mark struct {
	By   string
	At   time.Time
	Note string
}

// Past is what a request was before the owner withdrew it or ticked it off anew.
type Past struct {
	Status Status
	Reason Reason
	DueAt  time.Time
	Since  time.Time
	Mark   *Mark // the mark that it had then; nil: none
}

// Reason says more closely why a request rests, for the owner and the visitor.
type Reason string

const (
	ByVisitor   Reason = "visitor"  // cancelled on the form
	ByOwner     Reason = "owner"    // cancelled or ticked off in the window
	ByOptOut    Reason = "opt_out"  // the visitor texted STOP
	ByBlock     Reason = "blocked"  // the owner blocked the number
	Stale       Reason = "stale"    // could not be called in time: not rung out of the blue
	Budget      Reason = "budget"   // the day's calls are spent
	Trouble     Reason = "trouble"  // the carrier can't be used
	Closed      Reason = "closed"   // text only, outside hours
	ShopHungUp  Reason = "hung_up"  // after the 1, before the bridge
	Unanswered  Reason = "rang"     // nobody at the shop pressed 1
	ByKey2      Reason = "key_2"    // "in 15 minutes"
	ByKey3      Reason = "key_3"    // "text it to me"
	NextRound   Reason = "round"    // scheduled for the plan's next round
	Chosen      Reason = "chosen"   // scheduled for the time that the visitor chose
	Opening     Reason = "opening"  // scheduled for the opening
	Visitor     Reason = "not_home" // the visitor was not reached; scheduled: the visitor's plan
	LooksSpam   Reason = "spam"
	ByCallingIn Reason = "called_in"
)

// Phone is one of the shop's phones.
type Phone struct {
	Label  string
	Number string        // E.164
	Ring   time.Duration // how long it rings before the next one
}

// Round is a snapshot: what a round began with stays true until it ends, whatever
// the owner changes meanwhile.
type Round struct {
	N       int // 1 is the first
	Phones  []Phone
	Tried   int           // phones of this round that were tried: the next one's index
	AtOnce  bool          // all phones ring together, else one after the other
	Took    string        // the leg that accepted; empty: none yet
	TookAt  time.Time     // when it did
	From    string        // the shop's number at the carrier, E.164
	Base    string        // the public address that the legs' webhooks come to
	Account string        // the carrier's account
	Carrier string        // the carrier's name
	Talk    time.Duration // the longest single talk
	Over    bool
}

// Touch notes a change that the visitor can see. UpdatedAt strictly increases, because
// a page that waits for a change names the last one it saw.
func (r *Request) Touch(at time.Time) {
	if !at.After(r.UpdatedAt) {
		at = r.UpdatedAt.Add(time.Millisecond)
	}
	r.UpdatedAt = at
}

// Erased says that nothing of the person is kept any more: nobody can be called.
func (r Request) Erased() bool { return r.Number == "" }

// Live returns the legs that may still ring or talk.
func (r Request) Live() []Leg {
	var live []Leg
	for _, l := range r.Legs {
		if !l.Status.Ended() {
			live = append(live, l)
		}
	}
	return live
}

// Leg finds a leg of the request by its id.
func (r Request) Leg(id string) (Leg, bool) {
	i := r.leg(id)
	if i < 0 {
		return Leg{}, false
	}
	return r.Legs[i], true
}

// dialledBy is the SID of the shop leg whose Dial makes that visitor leg. Empty for a
// shop leg, which we ask for ourselves.
func (r Request) dialledBy(id string) string {
	l, _ := r.Leg(id)
	by, _ := r.Leg(l.By)
	return by.SID
}

// Text finds a text of the request by its id.
func (r Request) Text(id string) (Text, bool) {
	i := r.text(id)
	if i < 0 {
		return Text{}, false
	}
	return r.Texts[i], true
}

func (r Request) leg(id string) int {
	return slices.IndexFunc(r.Legs, func(l Leg) bool { return l.ID == id })
}

func (r Request) text(id string) int {
	return slices.IndexFunc(r.Texts, func(t Text) bool { return t.ID == id })
}

// current returns the index of the leg of that role that the round now stands at, or
// -1: the shop leg that accepted, else the newest one.
func (r Request) current(role Role) int {
	if role == ShopLeg && r.Round != nil && r.Round.Took != "" {
		return r.leg(r.Round.Took)
	}
	for i := len(r.Legs) - 1; i >= 0; i-- {
		if r.Legs[i].Role == role && r.Round != nil && r.Legs[i].Round == r.Round.N {
			return i
		}
	}
	return -1
}

// texted says whether a text to that role was ever wanted; what the owner wrote is another
// thing.
func (r Request) texted(role Role) bool {
	return slices.ContainsFunc(r.Texts, func(t Text) bool { return t.Role == role && t.Ours() && !t.Written() })
}

// ShopHasText says that the shop has the visitor's details as a text.
func (r Request) ShopHasText() bool {
	return slices.ContainsFunc(r.Texts, func(t Text) bool { return t.Role == ShopLeg && t.Status.Has() })
}

// textUnderWay says that a text to the shop may still be taken.
func (r Request) textUnderWay() bool {
	return slices.ContainsFunc(r.Texts, func(t Text) bool {
		return t.Role == ShopLeg && t.going()
	})
}

// clone copies what Next may change, so that the caller's request stays as it was.
func (r Request) clone() Request {
	r.Legs = slices.Clone(r.Legs)
	r.Texts = slices.Clone(r.Texts)
	if r.Round != nil {
		round := *r.Round
		r.Round = &round
	}
	return r
}

// addLeg appends a leg and returns its index. Its id is made of the salt and its
// number, so that Next stays pure.
func (r *Request) addLeg(l Leg) int {
	l.ID = fmt.Sprintf("%s-%d", r.Salt, len(r.Legs)+1)
	r.Legs = append(r.Legs, l)
	return len(r.Legs) - 1
}

func (r *Request) addText(t Text) int {
	t.ID = fmt.Sprintf("%s-t%d", r.Salt, len(r.Texts)+1)
	r.Texts = append(r.Texts, t)
	return len(r.Texts) - 1
}

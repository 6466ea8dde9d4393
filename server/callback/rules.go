package callback

import "time"

// Rules is all that Next knows of the shop at the moment of an event: the owner's
// settings in our own words, and what the engine read in the same transaction.
type Rules struct {
	Business     string
	Language     string // what is said to the shop is said in it
	Phones       []Phone
	AtOnce       bool     // ring all phones together
	TextTo       []string // numbers that the shop is texted at, E.164
	Retry        Plan
	RetryVisitor Plan
	Line         int           // calls that the shop can take at once
	CallsDay     int           // 0: no limit
	SpendDay     int64         // millionths of a US dollar; 0: no limit
	TextsDay     int           // 0: no limit
	Talk         time.Duration // the longest single talk
	RingVisitor  time.Duration

	From    string // the shop's number at the carrier, E.164
	Base    string // the public address
	Account string
	Carrier string

	Open       bool      // at the moment of the event
	Paused     bool      // closed because of a pause
	OpensAt    time.Time // the next opening; zero: none in sight
	AfterHours AfterHours

	Zone       *time.Location // a day is a calendar day in it
	AwakeSince time.Time      // start of the program, or the last wake from sleep
	LineFull   bool           // other calls take all lines, or the phone is just being put down
	CallsLeft  int            // legs that the day's budget still allows; negative: no limit
	SpendLeft  int64          // money that it still has, in millionths of a US dollar; negative: no limit
}

// Day returns the beginnings of the calendar day of t and of the next one; nil is UTC.
// A limit "by the day" counts from there.
func Day(t time.Time, zone *time.Location) (today, tomorrow time.Time) {
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	return midnight(y, m, d, zone), midnight(y, m, d+1, zone)
}

// midnight is the first instant of a day: where clocks skip midnight, Date may answer
// with the last hour of the day before.
func midnight(y int, m time.Month, d int, zone *time.Location) time.Time {
	t := time.Date(y, m, d, 0, 0, 0, 0, zone)
	if noon := time.Date(y, m, d, 12, 0, 0, 0, zone); t.Day() != noon.Day() {
		return time.Date(y, m, d, 1, 0, 0, 0, zone)
	}
	return t
}

// opensAt is the next opening as the shop's clock shows it; zero: none in sight.
func (r Rules) opensAt() time.Time {
	if r.OpensAt.IsZero() || r.Zone == nil {
		return r.OpensAt
	}
	return r.OpensAt.In(r.Zone)
}

// opening is when who waits for the opening is due: at any time while it is open, which
// is zero too; known is false when no opening is in sight. It is cut to milliseconds like
// every time of a request, and not to one at which the shop is closed still.
func (r Rules) opening() (at time.Time, known bool) {
	if r.Open || r.OpensAt.IsZero() {
		return time.Time{}, r.Open
	}
	return r.OpensAt.Add(time.Millisecond - time.Nanosecond).UTC().Truncate(time.Millisecond), true
}

func (r Rules) dayStart(at time.Time) time.Time {
	today, _ := Day(at, r.Zone)
	return today
}

// AfterHours says what becomes of a wish outside hours.
type AfterHours string

const (
	TextOnly        AfterHours = "text_only"
	TextAndSchedule AfterHours = "text_and_schedule"
	CallAnyway      AfterHours = "call_anyway"
)

// Plan says how often something is tried and how long it waits in between.
type Plan struct {
	Attempts int
	After    []time.Duration // the last one repeats
}

// Next returns when the try after the given number of tries is due, and false when
// the plan has no further one.
func (p Plan) Next(done int, now time.Time) (time.Time, bool) {
	if done >= p.Attempts || len(p.After) == 0 {
		return time.Time{}, false
	}
	i := min(max(done, 1), len(p.After)) - 1
	return now.Add(p.After[i]), true
}

// The times that the product's rules name.
const (
	StaleAfter   = 15 * time.Minute // what is due, now or at a time, and could not start within this is not rung any more
	InAWhile     = 15 * time.Minute // key 2
	AskAgain     = 30 * time.Second // a status that should have moved: asked at latest this much later
	WhisperTakes = 40 * time.Second // three whispers and their pauses
	QuietTakes   = 2 * time.Second  // all at once: the longest that the accept waits for the other phones to be quiet
	ActionTakes  = 5 * time.Second  // how long a Dial action may come after the callbacks that announce it
	TalkCheck    = 2 * time.Minute  // a talk is looked at this often, in case every report of its end was lost
	Unlimited    = 4 * time.Hour    // the longest talk where the owner set no limit: the carrier ends it then
	GiveUp       = 10 * time.Minute // a carrier that can't be asked for this long is believed to have ended the call
)

package practice

import (
	"errors"
	"regexp"
	"time"

	"ringback/server/callback"
	"ringback/server/twilio"
)

var e164 = regexp.MustCompile(`\A\+[1-9][0-9]{1,14}\z`)

// errClosed is why a network that was closed refuses.
var errClosed = errors.New("the practice network is closed")

// defaultRing is Twilio's.
const defaultRing = 60 * time.Second

// Order is a call as the REST interface of a network is asked for it. Call makes one
// of the engine's wish; a server that plays Twilio makes one of each request.
type Order struct {
	To, From string        // E.164
	URL      string        // where the TwiML of the answered call is fetched
	Reports  string        // where status callbacks go; empty: nowhere
	Events   []string      // which ones: initiated, ringing, answered, completed
	Ring     time.Duration // 0: Twilio's 60 s
	Limit    time.Duration // the longest that the call may be answered; 0: no limit
}

// Place makes a call and returns its SID at once; it rings beside. The error is a
// *callback.CarrierError.
func (n *Network) Place(o Order) (string, error) {
	if err := n.deliverable(o.To, o.From); err != nil {
		return "", err
	}
	c := n.newCall(n.ctx, o.To, o.From)
	c.reports, c.events, c.limit = o.Reports, o.Events, o.Limit
	ring := o.Ring
	if ring <= 0 {
		ring = defaultRing
	}
	if !n.register(c) {
		return "", refuse(callback.CarrierDown, 0, errClosed)
	}
	n.start(func() { n.run(c, ring, o.URL) })
	return c.sid, nil
}

// deliverable refuses what can't be called or texted.
func (n *Network) deliverable(to, from string) error {
	switch {
	case n.Handler == nil:
		return refuse(callback.CarrierDown, 0, errors.New("the practice network has no handler for webhooks"))
	case !e164.MatchString(to):
		return refuse(twilio.Classify(21211), 21211, errors.New("the called number is not E.164"))
	case !e164.MatchString(from):
		return refuse(twilio.Classify(21212), 21212, errors.New("the caller's number is not E.164"))
	}
	return nil
}

// Record is a call as it stands.
type Record struct {
	SID      string
	Parent   string // the SID of the call that dialled it; empty: it was ordered
	To, From string
	Status   callback.CallStatus
	Created  time.Time
	Answered time.Time // zero: never
	Ended    time.Time // zero: not yet
	Code     int
	Said     string // the last sentence that was said on it
}

// Record returns the call with that SID; false: it is not known (any more).
func (n *Network) Record(sid string) (Record, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	c := n.calls[sid]
	if c == nil {
		return Record{}, false
	}
	return c.record(), true
}

// Records returns the calls that are still known, oldest first.
func (n *Network) Records() []Record {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := make([]Record, len(n.order))
	for i, c := range n.order {
		all[i] = c.record()
	}
	return all
}

// record is for those who hold the mutex.
func (c *call) record() Record {
	r := Record{SID: c.sid, To: c.to, From: c.from, Status: c.status, Created: c.created, Answered: c.answered, Ended: c.ended, Code: c.code, Said: c.said}
	if c.parent != nil {
		r.Parent = c.parent.sid
	}
	return r
}

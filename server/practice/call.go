package practice

import (
	"context"
	"errors"
	"slices"
	"time"

	"ringback/server/callback"
)

// Why a call ends before its time.
var (
	errHungUp = errors.New("the person hung up")
	errAsked  = errors.New("the engine hung up")
	errOver   = errors.New("the call is over")
)

// call is one phone call, ringing, talking or over.
type call struct {
	n        *Network
	sid      string
	to, from string
	parent   *call         // the call that dialled this one; nil: we were asked for it
	inbound  bool          // somebody called us
	limit    time.Duration // the longest that it may be answered; 0: no limit
	reports  string        // where status callbacks go
	events   []string      // which ones

	ctx    context.Context // ends with the call
	hang   context.CancelCauseFunc
	picked chan bool // true: answered, false: declined
	keys   chan string
	out    chan Webhook // status callbacks, in order

	// Guarded by the network's mutex.
	status   callback.CallStatus
	created  time.Time
	answered time.Time
	ended    time.Time
	taken    bool // the person has picked up or declined
	code     int
	seq      int
	said     string // the last sentence that was said
	sound    Sound
	changed  chan struct{} // closed at the next change of sound
}

func (n *Network) newCall(parent context.Context, to, from string) *call {
	ctx, hang := context.WithCancelCause(parent)
	return &call{
		n: n, sid: "CA" + random(), to: to, from: from,
		ctx: ctx, hang: hang,
		picked: make(chan bool, 1),
		keys:   make(chan string, 16),
		out:    make(chan Webhook, 8), // a call has four events at most
		status: callback.CallQueued, created: n.now(),
		changed: make(chan struct{}),
	}
}

// register makes the call known and starts its status callbacks; false: the
// network is closed.
func (n *Network) register(c *call) bool {
	if !n.start(func() { n.reportInOrder(c) }) {
		c.hang(errOver)
		return false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.calls[c.sid] = c
	n.order = append(n.order, c)
	n.forget()
	return true
}

// forget drops the oldest calls that have ended.
func (n *Network) forget() {
	for i := 0; len(n.order) > keptCalls && i < len(n.order); {
		if old := n.order[i]; old.status.Ended() {
			delete(n.calls, old.sid)
			n.order = slices.Delete(n.order, i, i+1)
			continue
		}
		i++
	}
}

// run is a call from its first ring to its end.
func (n *Network) run(c *call, ring time.Duration, address string) {
	status := callback.CallCanceled
	if n.wait(c.ctx, n.scaled(ask(n.Faults.Queues, c.to))) {
		status = n.ring(c, ring)
	}
	if status == callback.CallAnswered {
		n.cutAfter(c, c.limit)
		n.play(c, address)
		status = callback.CallDone
	}
	n.end(c, status)
}

// cutAfter ends a call that is answered for too long.
func (n *Network) cutAfter(c *call, limit time.Duration) {
	if limit <= 0 {
		return
	}
	n.start(func() {
		if n.wait(c.ctx, n.scaled(limit)) {
			c.hang(errOver)
		}
	})
}

// ring lets the phone ring for that long at most. It returns CallAnswered, or how
// the call ends: busy, no answer, failed, or cancelled while it rang.
func (n *Network) ring(c *call, long time.Duration) callback.CallStatus {
	n.report(c, "initiated", "initiated")
	if code := ask(n.Faults.Fails, c.to); code != 0 {
		n.fail(c, code)
		return callback.CallFailed
	}
	if !n.seize(c) {
		return callback.CallBusy
	}
	n.start(func() { n.lend(c) })
	timer := time.NewTimer(n.scaled(long))
	defer timer.Stop()
	select {
	case answered := <-c.picked:
		if !answered {
			return callback.CallBusy
		}
		n.answer(c)
		return callback.CallAnswered
	case <-timer.C:
		return callback.CallNoAnswer
	case <-c.ctx.Done():
		return callback.CallCanceled
	}
}

func (n *Network) fail(c *call, code int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	c.code = code
}

// seize makes the phone ring; false: it is on another call.
func (n *Network) seize(c *call) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.phones[c.to] != nil {
		return false
	}
	n.phones[c.to] = c
	c.status = callback.CallRinging
	c.hear(func(s *Sound) { s.State, s.Since = Ringing, n.now() })
	n.reportLocked(c, "ringing", "ringing")
	return true
}

// lend lets the person have the phone. A person who puts it down after picking
// it up ends the call; one who never did lets it ring.
func (n *Network) lend(c *call) {
	n.person(c.to).Take(c.ctx, &Handset{call: c})
	n.mu.Lock()
	taken := c.taken
	n.mu.Unlock()
	if taken {
		c.hang(errHungUp)
	}
}

func (n *Network) person(number string) Person {
	if n.Person != nil {
		if p := n.Person(number); p != nil {
			return p
		}
	}
	return Script{Speed: n.Speed}
}

func (n *Network) answer(c *call) {
	n.mu.Lock()
	defer n.mu.Unlock()
	c.status = callback.CallAnswered
	c.answered = n.now()
	c.hear(func(s *Sound) { s.State, s.Since = Talking, n.now() })
	n.reportLocked(c, "answered", "in-progress")
}

// end ends a call with that status, once: the first end is the true one.
func (n *Network) end(c *call, status callback.CallStatus) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c.status.Ended() {
		return
	}
	c.status = status
	c.ended = n.now()
	if n.phones[c.to] == c {
		delete(n.phones, c.to)
	}
	c.hear(func(s *Sound) { *s = Sound{State: Over, Since: n.now()} })
	n.reportLocked(c, "completed", string(status))
	close(c.out)
	c.hang(errOver)
}

// talked is how long the call was answered; the caller holds the mutex.
func (c *call) talked(now time.Time) time.Duration {
	switch {
	case c.answered.IsZero():
		return 0
	case c.ended.IsZero():
		return now.Sub(c.answered)
	}
	return c.ended.Sub(c.answered)
}

// hear changes what is heard on the phone; the caller holds the mutex.
func (c *call) hear(change func(*Sound)) {
	change(&c.sound)
	close(c.changed)
	c.changed = make(chan struct{})
}

// hears is hear for those who don't hold the mutex.
func (n *Network) hears(c *call, change func(*Sound)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	c.hear(change)
}

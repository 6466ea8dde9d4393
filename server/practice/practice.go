// Package practice is a telephone network in memory: a carrier that rings made-up
// phones, fetches TwiML from us, runs it, and posts signed webhooks, as Twilio
// does, with no account, no network and no cost. People at its phones are played
// by hand or by a script. It knows the words of telephony and of Twilio's
// webhooks; it knows nothing of requests, and of the calls of an earlier start
// only that they have ended.
package practice

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"ringback/server/callback"
)

// DefaultBase is an address that is reserved for never existing.
const DefaultBase = "http://practice.invalid"

const (
	keptCalls    = 1000 // calls that can be asked about; older ones have ended
	keptTexts    = 100
	keptWarnings = 20
)

var _ callback.Carrier = (*Network)(nil)

// Network is the practice carrier. Its fields are set before the first call and
// not changed after. Its methods may be called side by side.
type Network struct {
	Handler http.Handler               // gets the webhooks, in process; nil: nothing can be called
	Account string                     // set by New
	Token   string                     // signs the webhooks; of this start, made by New
	Base    string                     // the public address that Call.Base is expected to be
	Person  func(number string) Person // who is at a phone; nil, or its nil: the Script
	Speed   float64                    // 10: everything takes a tenth of its time; 0: as in life
	Word    time.Duration              // how long a spoken word takes; 0: 60 ms, which a script understands
	Faults  Faults
	Log     *slog.Logger // nil: silent

	now  func() time.Time
	born time.Time

	ctx     context.Context // ends with Close
	stop    context.CancelFunc
	running sync.WaitGroup // our own goroutines
	serving sync.WaitGroup // those in which the handler runs

	mu       sync.Mutex
	closed   bool
	calls    map[string]*call // by SID
	order    []*call          // the same, oldest first
	phones   map[string]*call // what each phone is busy with
	texts    []SentText       // oldest first
	warnings []string         // oldest first
}

// account is the same at each start: the webhooks of a round that began before a
// restart must name the account that it began with.
const account = "AC00000000000000000000000000000000"

// New returns a network with a token of its own. now is time.Now when nil; it
// dates what happens, but what takes time is measured by timers.
func New(now func() time.Time) *Network {
	if now == nil {
		now = time.Now
	}
	ctx, stop := context.WithCancel(context.Background())
	return &Network{
		Account: account, Token: random(), Base: DefaultBase,
		now: now,
		// The engine's times are cut to milliseconds: a call of this very
		// millisecond is not one of an earlier start.
		born: now().Truncate(time.Millisecond),
		ctx:  ctx, stop: stop,
		calls: map[string]*call{}, phones: map[string]*call{},
	}
}

// Name is the same at each start, so that what was to be done before a restart is
// done after it.
func (n *Network) Name() string { return "practice" }

// Close ends all calls and returns when everything that the network started has
// ended; for a handler that does not return it waits two seconds. No webhook tells
// of it. Called twice it does nothing.
func (n *Network) Close() error {
	n.mu.Lock()
	n.closed = true
	n.mu.Unlock()
	n.stop()
	n.running.Wait()
	served := make(chan struct{})
	go func() {
		n.serving.Wait()
		close(served)
	}()
	patience := time.NewTimer(2 * time.Second)
	defer patience.Stop()
	select {
	case <-served:
	case <-patience.C:
	}
	return nil
}

// start runs f beside, unless the network is closed.
func (n *Network) start(f func()) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return false
	}
	n.running.Go(f)
	return true
}

// scaled is how long d takes at the network's speed.
func (n *Network) scaled(d time.Duration) time.Duration { return scaled(d, n.Speed) }

func scaled(d time.Duration, speed float64) time.Duration {
	if speed <= 0 {
		return d
	}
	return time.Duration(float64(d) / speed)
}

// speaking is how long it takes to say a text, before the speed.
func (n *Network) speaking(text string) time.Duration {
	word := n.Word
	if word == 0 {
		word = 60 * time.Millisecond
	}
	return time.Duration(len(strings.Fields(text))) * word
}

// warn keeps what Twilio would have complained about: its error code and what it
// is about, never a number or a text.
func (n *Network) warn(code int, c *call, what string) {
	n.mu.Lock()
	n.warnings = lastOf(append(n.warnings, what), keptWarnings)
	n.mu.Unlock()
	if n.Log != nil {
		n.Log.Warn("practice: the carrier complains", "code", code, "sid", c.sid, "about", what)
	}
}

// Warnings returns what Twilio would have complained about, the last 20, oldest
// first. Rightly written TwiML and handlers cause none.
func (n *Network) Warnings() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.warnings...)
}

// lastOf keeps the last most elements.
func lastOf[T any](all []T, most int) []T { return all[max(0, len(all)-most):] }

// random is 32 hex digits, as in a SID or a token.
func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

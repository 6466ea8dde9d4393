package practice

import (
	"net/url"
	"time"

	"ringback/server/callback"
)

// Faults are the ways in which a network misbehaves, for the project's tests. A
// nil function is no fault. They are called side by side, from the goroutines of
// the calls, and must return at once.
type Faults struct {
	Webhook  func(Webhook) Fate                 // what becomes of a webhook
	Call     func(callback.Call) Outcome        // what becomes of the wish for a call
	Text     func(callback.Message) Outcome     // what becomes of the wish for a text
	HangUp   func(sid string) error             // an error: not done, and the engine hears that
	Ask      func(sid string) error             // an error: not told
	Find     func(callback.Call) error          // an error: not looked
	FindText func(callback.Message) error       // an error: not looked
	Fails    func(to string) (code int)         // not 0: a call to that number fails with it
	Queues   func(to string) time.Duration      // how long a call to that number waits before it is dialled
	Deliver  func(to string) (lostWithCode int) // not 0: a text to that number is undelivered with it
}

// Webhook is a webhook about to be posted.
type Webhook struct {
	URL   string
	Form  url.Values
	TwiML bool // it wants instructions, so the call waits for the answer
}

// Fate is what becomes of a webhook. The zero value: it arrives once, at once.
type Fate struct {
	Drop   bool          // it never arrives
	Repeat int           // it arrives so many times more, with the same token; the last answer counts
	Delay  time.Duration // it comes that much later; status callbacks behind it overtake it
}

// Outcome is what becomes of a wish. The zero value: it is done, and the answer
// arrives.
type Outcome struct {
	Err  error // what the engine hears instead of the answer
	Done bool  // with Err: it is done all the same, only the answer is lost
}

func ask[In, Out any](f func(In) Out, in In) Out {
	if f == nil {
		var none Out
		return none
	}
	return f(in)
}

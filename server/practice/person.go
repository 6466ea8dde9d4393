package practice

import "context"

// Person is whoever is at a phone. The same Person may have several phones.
type Person interface {
	// Take plays one call, from its first ring on, and is called in a goroutine of
	// its own. To return after picking up is to hang up; to return before is to let
	// it ring. ctx ends with the call, for whatever reason; then Take must return.
	Take(ctx context.Context, h *Handset)
}

// Nobody lets the phone ring.
type Nobody struct{}

func (Nobody) Take(context.Context, *Handset) {}

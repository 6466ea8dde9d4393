package practice

import (
	"strings"
	"time"
)

// State is what a phone does.
type State string

const (
	Idle    State = ""        // no call
	Ringing State = "ringing" // it rings
	Talking State = "talking" // it was picked up
	Over    State = "over"    // the call has ended
)

// Sound is what is heard on a phone.
type Sound struct {
	State   State
	Since   time.Time // of the state
	Says    string    // the sentence that is said, or was said last
	Gathers bool      // a key is waited for
	Dials   string    // the number that rings at the other end
	With    string    // the number that it is joined with
}

// Handset is one call at one phone, in the hand of the Person who has it. All its
// methods may be called side by side, also when the call is over.
type Handset struct {
	call *call
}

// Number is the phone's own number, From the one that it shows.
func (h *Handset) Number() string { return h.call.to }

// From is the number that the phone shows.
func (h *Handset) From() string { return h.call.from }

// Dialled says that the call was made by another call's Dial.
func (h *Handset) Dialled() bool { return h.call.parent != nil }

// Hears is what is heard now.
func (h *Handset) Hears() Sound {
	h.call.n.mu.Lock()
	defer h.call.n.mu.Unlock()
	return h.call.sound
}

// Changed is closed when something else is heard. Take it before Hears, or a
// change in between goes unnoticed.
func (h *Handset) Changed() <-chan struct{} {
	h.call.n.mu.Lock()
	defer h.call.n.mu.Unlock()
	return h.call.changed
}

// Answer picks up; false: it does not ring, or not any more.
func (h *Handset) Answer() bool { return h.take(true) }

// Decline makes the caller hear that the phone is busy; false as in Answer.
func (h *Handset) Decline() bool { return h.take(false) }

func (h *Handset) take(answer bool) bool {
	h.call.n.mu.Lock()
	defer h.call.n.mu.Unlock()
	if h.call.sound.State != Ringing || h.call.taken {
		return false
	}
	h.call.taken = true
	h.call.picked <- answer
	return true
}

// Press presses one of the keys 0 to 9, * and #; false: nobody hears it, or there
// is no such key.
func (h *Handset) Press(key string) bool {
	if !isKey(key) || h.Hears().State != Talking {
		return false
	}
	select {
	case h.call.keys <- key:
		return true
	default: // sixteen keys that nobody asked for
		return false
	}
}

// HangUp puts the phone down; false: it was not picked up, or is down already.
func (h *Handset) HangUp() bool {
	if h.Hears().State != Talking {
		return false
	}
	h.call.hang(errHungUp)
	return true
}

func isKey(key string) bool {
	return len(key) == 1 && strings.Contains("0123456789*#", key)
}

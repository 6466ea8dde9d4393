package practice

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
)

// Why a phone can't be played.
var (
	ErrNotRinging = errors.New("the phone is not ringing")
	ErrNotTalking = errors.New("nobody is on the phone")
	ErrNoKey      = errors.New("a phone has the keys 0 to 9, * and #")
)

// keptPhones is how many phones that have rung are remembered.
const keptPhones = 20

// Hand is a Person whose phones are played from outside, by the buttons of a
// window. A phone that nobody touches rings until the caller gives up. The zero
// value is ready.
type Hand struct {
	mu      sync.Mutex
	phones  map[string]*Handset // nil value: idle
	recent  []string            // the numbers that rang, the last one last
	changed chan struct{}
}

// PhoneState is a phone as it can be drawn: a number and what is heard.
type PhoneState struct {
	Number string
	From   string // the number that it shows; empty when idle
	Sound
}

// CanAnswer says that Answer and Decline will be heard.
func (p PhoneState) CanAnswer() bool { return p.State == Ringing }

// CanHangUp says that Press and HangUp will be heard.
func (p PhoneState) CanHangUp() bool { return p.State == Talking }

// Take lets the phone ring until a button is pressed.
func (h *Hand) Take(ctx context.Context, set *Handset) {
	h.lift(set)
	defer h.lay(set)
	for {
		changed := set.Changed()
		h.hint()
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// Phones returns the phones that have rung, by number, the idle ones included.
func (h *Hand) Phones() []PhoneState {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []PhoneState
	for number, set := range h.phones {
		all = append(all, drawn(number, set))
	}
	slices.SortFunc(all, func(a, b PhoneState) int { return cmp.Compare(a.Number, b.Number) })
	return all
}

func drawn(number string, set *Handset) PhoneState {
	if set == nil {
		return PhoneState{Number: number}
	}
	sound := set.Hears()
	if sound.State == Over {
		return PhoneState{Number: number}
	}
	return PhoneState{Number: number, From: set.From(), Sound: sound}
}

// Answer picks up. ErrNotRinging: there is nothing to pick up (any more).
func (h *Hand) Answer(number string) error {
	return h.press(number, (*Handset).Answer, ErrNotRinging)
}

// Decline makes the caller hear that the phone is busy. ErrNotRinging as in Answer.
func (h *Hand) Decline(number string) error {
	return h.press(number, (*Handset).Decline, ErrNotRinging)
}

// HangUp puts the phone down. ErrNotTalking: it is down.
func (h *Hand) HangUp(number string) error {
	return h.press(number, (*Handset).HangUp, ErrNotTalking)
}

// Press presses a key, 0 to 9, * or #. ErrNoKey: it is none of these;
// ErrNotTalking: nobody hears it.
func (h *Hand) Press(number, key string) error {
	if !isKey(key) {
		return ErrNoKey
	}
	return h.press(number, func(set *Handset) bool { return set.Press(key) }, ErrNotTalking)
}

func (h *Hand) press(number string, button func(*Handset) bool, otherwise error) error {
	h.mu.Lock()
	set := h.phones[number]
	h.mu.Unlock()
	if set == nil || !button(set) {
		return otherwise
	}
	return nil
}

// Changed is closed when a phone does something else. Take it before Phones, or a
// change in between goes unnoticed.
func (h *Hand) Changed() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changed == nil {
		h.changed = make(chan struct{})
	}
	return h.changed
}

func (h *Hand) hint() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changed != nil {
		close(h.changed)
		h.changed = nil
	}
}

func (h *Hand) lift(set *Handset) {
	h.mu.Lock()
	defer h.mu.Unlock()
	number := set.Number()
	if h.phones == nil {
		h.phones = map[string]*Handset{}
	}
	h.phones[number] = set
	h.recent = append(slices.DeleteFunc(h.recent, func(n string) bool { return n == number }), number)
	h.forget()
}

// lay makes the phone idle, unless it has another call by now.
func (h *Hand) lay(set *Handset) {
	h.mu.Lock()
	if h.phones[set.Number()] == set {
		h.phones[set.Number()] = nil
	}
	h.mu.Unlock()
	h.hint()
}

// forget drops idle phones that rang long ago.
func (h *Hand) forget() {
	for i := 0; len(h.recent) > keptPhones && i < len(h.recent); {
		if number := h.recent[i]; h.phones[number] == nil {
			delete(h.phones, number)
			h.recent = slices.Delete(h.recent, i, i+1)
			continue
		}
		i++
	}
}

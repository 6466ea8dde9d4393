package practice

import (
	"context"
	"time"
)

// Script is a person who does what the last digit of the phone's number says; the
// contract lists it. A shop's phone (one that we rang) 0 to 5 answers and presses
// 1, 6 is busy, 7 does not answer, 8 is a voicemail, 9 answers and presses
// nothing. A visitor's phone (one that a Dial rang) 0 to 6 answers and talks for
// five seconds, 7 is busy, 8 does not answer, 9 is a voicemail.
type Script struct {
	Speed float64 // 10: a tenth of the time; 0: as in life
}

// How long scripted people take.
const (
	scriptAnswers    = time.Second     // the shop, which waits for the phone
	scriptPicksUp    = 2 * time.Second // a visitor
	scriptPresses    = time.Second     // from hearing the whisper to the key
	scriptTalks      = 5 * time.Second
	voicemailWaits   = 4 * time.Second
	voicemailRecords = 10 * time.Second
)

// Take plays the call.
func (s Script) Take(ctx context.Context, h *Handset) {
	last := h.Number()[len(h.Number())-1]
	if h.Dialled() {
		s.visitor(ctx, h, last)
	} else {
		s.shop(ctx, h, last)
	}
}

func (s Script) shop(ctx context.Context, h *Handset, last byte) {
	switch last {
	case '6':
		h.Decline()
	case '7':
	case '8':
		s.answer(ctx, h, voicemailWaits)
		<-ctx.Done()
	case '9':
		s.answer(ctx, h, scriptAnswers)
		<-ctx.Done()
	default:
		s.answer(ctx, h, scriptAnswers)
		if hear(ctx, h, func(sound Sound) bool { return sound.Gathers }) && s.pause(ctx, scriptPresses) {
			h.Press("1")
		}
		<-ctx.Done()
	}
}

func (s Script) visitor(ctx context.Context, h *Handset, last byte) {
	joined := func(sound Sound) bool { return sound.With != "" }
	switch last {
	case '7':
		h.Decline()
	case '8':
	case '9':
		s.answer(ctx, h, voicemailWaits)
		hear(ctx, h, joined)
		s.pause(ctx, voicemailRecords)
	default:
		s.answer(ctx, h, scriptPicksUp)
		hear(ctx, h, joined)
		s.pause(ctx, scriptTalks)
	}
}

func (s Script) answer(ctx context.Context, h *Handset, after time.Duration) {
	if s.pause(ctx, after) {
		h.Answer()
	}
}

// pause lets time pass; false: the call ended first.
func (s Script) pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(scaled(d, s.Speed))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// hear waits until something is heard; false: the call ended first.
func hear(ctx context.Context, h *Handset, what func(Sound) bool) bool {
	for {
		changed := h.Changed()
		if what(h.Hears()) {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

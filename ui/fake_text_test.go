package ui

import (
	"context"
	"slices"

	"ringback/server/callback"
)

// Text notes what was texted; the same key again is nothing new, as for the real one.
func (f *fakeDesk) Text(_ context.Context, id int64, key, words string) error {
	f.mu.Lock()
	again := slices.Contains(f.keys, key)
	if f.refuse == nil {
		f.keys = append(f.keys, key)
	}
	f.mu.Unlock()
	if again {
		return nil
	}
	return f.wish("text “"+words+"”", id, func(r *callback.Request) {
		r.Texts = append(r.Texts, callback.Text{Role: callback.VisitorLeg, To: r.Number, Status: callback.TextTaken, Said: words})
	})
}

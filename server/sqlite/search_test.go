package sqlite

import (
	"testing"
	"unicode"

	"ringback/server/callback"
)

// Unicode has what SQLite's own tables of it take otherwise: whatever can be typed is one
// word for both, or parts words for both, but never an error.
func TestWhateverIsTypedCanBeSought(t *testing.T) {
	s := open(t, Memory)
	for r := rune(1); r <= 0x1ffff; r++ {
		if !unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.P, unicode.S) || unicode.In(r, unicode.Han, unicode.Hangul) {
			continue
		}
		err := s.View(t.Context(), func(v callback.Reader) error {
			_, err := v.List(callback.Query{Search: string(r) + " a" + string(r) + "b"})
			return err
		})
		if err != nil {
			t.Errorf("%U: %v", r, err)
		}
	}
}

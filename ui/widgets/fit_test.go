package widgets

import (
	"testing"
	"unicode/utf8"
)

func TestFitCutsBetweenLetters(t *testing.T) {
	cases := []struct {
		name, text string
		runes      float32
		want       string
	}{
		{"a letter and its accent stay together", "ae\u0301e\u0301", 3, "a…"},
		{"a thumb and its skin stay together", "a👍\U0001f3fdbb", 3, "a…"},
		{"two emoji that are joined stay together", "a👩\u200d🍳bb", 3, "a…"},
		{"no joint stands before the ellipsis", "a👩\u200d🍳bb", 4, "a👩…"},
		{"what fits exactly is whole", "abc", 3, "abc"},
		{"the ellipsis alone", "abc", 1, "…"},
		{"nothing", "abc", 0, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := fit(c.text, c.runes, func(s string) float32 { return float32(utf8.RuneCountInString(s)) })
			if got != c.want {
				t.Errorf("fit(%q, %v) is %q, want %q", c.text, c.runes, got, c.want)
			}
		})
	}
}

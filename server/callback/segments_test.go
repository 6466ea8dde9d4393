package callback

import (
	"strings"
	"testing"
)

func TestSegments(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		n, left int
	}{
		"no text":                                  {"", 0, 160},
		"an ordinary one":                          {strings.Repeat("a", 159), 1, 1},
		"as much as fits into one":                 {strings.Repeat("ñ", 160), 1, 0},
		"one letter more needs a second":           {strings.Repeat("a", 161), 2, 145},
		"a euro takes two units":                   {strings.Repeat("€", 80), 1, 0},
		"and is not cut in two":                    {strings.Repeat("a", 152) + "€" + strings.Repeat("a", 20), 2, 131},
		"three full ones":                          {strings.Repeat("a", 459), 3, 0},
		"a letter outside the alphabet halves it":  {strings.Repeat("a", 69) + "ć", 1, 0},
		"one more of those":                        {strings.Repeat("ć", 71), 2, 63},
		"an emoji takes two units of UTF-16":       {strings.Repeat("😀", 35), 1, 0},
		"and is not cut in two either":             {strings.Repeat("a", 66) + "😀" + strings.Repeat("a", 10), 2, 55},
		"what is no letter at all counts as a one": {"\xff", 1, 69},
	} {
		t.Run(name, func(t *testing.T) {
			if n, left := Segments(c.text); n != c.n || left != c.left {
				t.Errorf("%d segments with %d left, want %d with %d", n, left, c.n, c.left)
			}
		})
	}
}

func TestATextGoesOnOneLineAndHidesNothing(t *testing.T) {
	for typed, want := range map[string]string{
		"  We open \n at nine.\t": "We open at nine.",
		"a\u202eb\x00c":           "a b c",
		"👩‍🍳 is coming":           "👩‍🍳 is coming",
		" \n ":                    "",
	} {
		if got := Tidy(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}

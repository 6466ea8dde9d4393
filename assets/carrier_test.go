package assets

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryReasonIsExplainedInEveryLanguage(t *testing.T) {
	want := slices.Sorted(maps.Keys(carrier()[fallback]))
	for lang, words := range carrier() {
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(words))); diff != "" {
			t.Errorf("%s (-%s +%s):\n%s", lang, fallback, lang, diff)
		}
		for key, sentence := range words {
			if sentence == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
		}
	}
}

func TestAReasonWithoutWordsIsAnsweredWithThoseForAny(t *testing.T) {
	what, do := Carrier("en", "no such reason")
	if otherWhat, otherDo := Carrier("en", "other"); what != otherWhat || do != otherDo {
		t.Errorf("got %q, %q", what, do)
	}
}

package assets

import (
	"maps"
	"regexp"
	"slices"
	"testing"
)

var place = regexp.MustCompile(`\{[a-z]+\}`)

func TestEverySpokenLanguageSaysTheSameThings(t *testing.T) {
	english := spoken()[fallback]
	if len(spoken()) < 2 {
		t.Fatalf("got %d spoken languages, want English and Spanish at least", len(spoken()))
	}
	for lang, sentences := range spoken() {
		if got, want := slices.Sorted(maps.Keys(sentences)), slices.Sorted(maps.Keys(english)); !slices.Equal(got, want) {
			t.Errorf("keys of %s: got %q, want %q", lang, got, want)
		}
		for key, sentence := range sentences {
			got, want := place.FindAllString(sentence, -1), place.FindAllString(english[key], -1)
			if !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
				t.Errorf("places of %s in %s: got %q, want %q", key, lang, got, want)
			}
		}
	}
}

func TestSpoken(t *testing.T) {
	for _, tt := range []struct {
		name, lang, key string
		args            map[string]string
		want            string
	}{
		{"a sentence in its language", "es", "connecting", nil, "Le comunicamos."},
		{"a region of a language", "es-MX", "connecting", nil, "Le comunicamos."},
		{"a language that is not spoken is English", "fr", "connecting", nil, "Connecting you."},
		{"no language is English", "", "connecting", nil, "Connecting you."},
		{"places are filled", "en", "whisper_number", map[string]string{"who": "Ann", "number": "1 2"}, "Ann, 1 2. Press 1 to connect."},
		{"a place inside a value is not filled", "en", "whisper_number", map[string]string{"who": "{number}", "number": "1"}, "{number}, 1. Press 1 to connect."},
		{"an unknown key comes back itself", "en", "say_nothing", nil, "say_nothing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Spoken(tt.lang, tt.key, tt.args); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

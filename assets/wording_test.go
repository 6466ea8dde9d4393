package assets

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryLanguageSaysEverySentenceWithTheSamePlaces(t *testing.T) {
	place := regexp.MustCompile(`\{[a-z]+\}`)
	places := func(s string) []string {
		found := place.FindAllString(s, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	for key, said := range sentences() {
		if len(said) != len(Languages()) {
			t.Errorf("%s is said in %d languages, want %d", key, len(said), len(Languages()))
		}
		for _, language := range Languages() {
			if said[language] == "" {
				t.Errorf("%s is not said in %s", key, language)
			}
			if diff := cmp.Diff(places(said[language]), places(said[fallback])); diff != "" {
				t.Errorf("%s has other places in %s than in English:\n%s", key, language, diff)
			}
			if rest := place.ReplaceAllString(said[language], ""); regexp.MustCompile(`[{}<>]`).MatchString(rest) {
				t.Errorf("%s in %s has a brace or an angle bracket too many: %s", key, language, said[language])
			}
		}
	}
}

func TestEnglishComesFirst(t *testing.T) {
	if diff := cmp.Diff(Languages(), []string{"en", "es"}); diff != "" {
		t.Error(diff)
	}
}

func TestSay(t *testing.T) {
	cases := []struct {
		name, language, key string
		args                map[string]string
		want                string
	}{
		{"a sentence without places", "en", "cancel", nil, "Cancel"},
		{"in another language", "es", "cancel", nil, "Cancelar"},
		{"a region speaks its language", "es-MX", "cancel", nil, "Cancelar"},
		{"an unknown language is answered in English", "tlh", "cancel", nil, "Cancel"},
		{"no language is answered in English", "", "cancel", nil, "Cancel"},
		{"a place is filled", "en", "open_until", map[string]string{"time": "17:00"}, "Open now, until 17:00"},
		{"a value is not searched for places", "en", "open_until", map[string]string{"time": "{time}"}, "Open now, until {time}"},
		{"a value that lacks leaves its sentence for the plain one", "en", "error_number_blocked", nil, "We can’t call this number."},
		{"a value that is there keeps the full one", "en", "error_number_blocked", map[string]string{"phone": "555"}, "We can’t call this number. Please call us: 555."},
		{"an unknown key comes back itself", "en", "no_such_key", nil, "no_such_key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Words(c.language).Say(c.key, c.args); got != c.want {
				t.Errorf("said %q, want %q", got, c.want)
			}
		})
	}
}

func TestEverySentenceThatNamesTheShopsPhoneCanDoWithoutIt(t *testing.T) {
	for key, said := range sentences() {
		if regexp.MustCompile(`\{phone\}`).MatchString(said[fallback]) && !Words(fallback).Has(key+"_plain") {
			t.Errorf("%s has no %s_plain", key, key)
		}
	}
}

func TestMatchLanguage(t *testing.T) {
	both := []string{"en", "es"}
	cases := []struct {
		name, header string
		allowed      []string
		want         string
	}{
		{"the wish is met", "es", both, "es"},
		{"a region is met by its language", "es-AR,es;q=0.9", both, "es"},
		{"the weightier wish wins", "en;q=0.5, es;q=0.8", both, "es"},
		{"a wish that can't be met is passed over", "ja, es;q=0.5", both, "es"},
		{"no wish gets the shop's first", "", []string{"es", "en"}, "es"},
		{"a wish for what is not offered gets the shop's first", "ja", []string{"es", "en"}, "es"},
		{"a broken header gets the shop's first", ";;q=x,,", []string{"es", "en"}, "es"},
		{"anything will do", "*", []string{"es", "en"}, "es"},
		{"a language that is spoken but not offered is not used", "es", []string{"en"}, "en"},
		{"nothing offered is English", "es", nil, "en"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := MatchLanguage(c.header, c.allowed); got != c.want {
				t.Errorf("matched %q, want %q", got, c.want)
			}
		})
	}
}

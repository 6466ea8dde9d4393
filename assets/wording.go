package assets

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// fallback is the language in which every sentence was first written.
const fallback = "en"

// sentences holds form/wording.json: key, language, sentence.
var sentences = sync.OnceValue(func() map[string]map[string]string {
	var all map[string]map[string]string
	if err := json.Unmarshal(formFile("wording.json"), &all); err != nil {
		panic("assets: form/wording.json: " + err.Error())
	}
	return all
})

// Languages returns the codes of the languages that the visitor's side speaks,
// English first, the others sorted.
func Languages() []string {
	codes := slices.Sorted(maps.Keys(sentences()["language_name"]))
	at := slices.Index(codes, fallback)
	return append([]string{fallback}, slices.Delete(codes, at, at+1)...)
}

// MatchLanguage picks from allowed the language that fits an Accept-Language
// header best. With no header, a broken one or no fit it is the first of
// allowed; with none allowed, English.
func MatchLanguage(header string, allowed []string) string {
	if len(allowed) == 0 {
		return fallback
	}
	wished, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(wished) == 0 {
		return allowed[0]
	}
	tags := make([]language.Tag, len(allowed))
	for i, code := range allowed {
		tags[i] = language.Make(code)
	}
	_, at, sure := language.NewMatcher(tags).Match(wished...)
	if sure == language.No {
		return allowed[0]
	}
	return allowed[at]
}

// Wording is what the visitor's side says in one language.
type Wording struct {
	language string
}

// Words returns the wording of a language, by a code such as "es" or "es-MX".
// A language that is not spoken is answered with English.
func Words(language string) Wording {
	base, _, _ := strings.Cut(language, "-")
	if !slices.Contains(Languages(), base) {
		base = fallback
	}
	return Wording{language: base}
}

// Language returns the code of the language that is really spoken.
func (w Wording) Language() string { return w.language }

// Has reports whether there is a sentence for the key.
func (w Wording) Has(key string) bool {
	_, ok := sentences()[key]
	return ok
}

// Say returns the sentence of a key with its {places} filled from args, as
// plain text that still has to be escaped. Where a place has no value and a
// sentence key_plain does without it, that one is said: a shop without a public
// number never says "call us: ." A key that does not exist comes back itself,
// because a visitor is helped more by an odd word than by no page.
func (w Wording) Say(key string, args map[string]string) string {
	var b strings.Builder
	for _, part := range w.Parts(key, args) {
		b.WriteString(part.Text)
	}
	return b.String()
}

// Part is a piece of a sentence.
type Part struct {
	Text  string // the words, or the value
	Place string // which place the value fills; empty for words
}

// Parts is Say for those who set values apart from words, as a page does that
// isolates their direction.
func (w Wording) Parts(key string, args map[string]string) []Part {
	parts, missing := w.parts(key, args)
	if missing && w.Has(key+"_plain") {
		parts, _ = w.parts(key+"_plain", args)
	}
	return parts
}

func (w Wording) parts(key string, args map[string]string) (parts []Part, missing bool) {
	rest, ok := sentences()[key][w.language]
	if !ok {
		return []Part{{Text: key}}, false
	}
	for {
		before, after, found := strings.Cut(rest, "{")
		place, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return append(parts, Part{Text: rest}), missing
		}
		parts = append(parts, Part{Text: before}, Part{Text: args[place], Place: place})
		missing = missing || args[place] == ""
		rest = tail
	}
}

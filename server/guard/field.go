package guard

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ringback/server/callback"
)

// longest is how many characters a field may have.
var longest = map[string]int{
	"name":        120,
	"email":       254,
	"message":     1000,
	"page":        2000,
	"request_key": 200,
}

// LastDay is how far ahead a call can be wished for.
const LastDay = 60 * 24 * time.Hour

// Text cleans what was typed into a field: broken UTF-8, controls and blanks at both
// ends go, lines end in a line feed, and only a message may have more than one line.
// What is then longer than the field may be is refused with FieldTooLong; characters
// are counted, not bytes. A field without a limit is only cleaned.
func Text(field, typed string) (string, error) {
	text := clean(typed, field == "message")
	if most, limited := longest[field]; limited && utf8.RuneCountInString(text) > most {
		return "", &Refusal{Code: FieldTooLong, Field: field, Limit: most}
	}
	return text, nil
}

func clean(typed string, lines bool) string {
	// A browser sends a line break as two characters and counts it as one.
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(typed, "\uFFFD"))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

// rfc3339 is the shape of a time. Go's Parse takes more: an offset of 24 hours, a comma
// before the fraction.
var rfc3339 = regexp.MustCompile(`\A[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}(\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z`)

// Time reads when a visitor wants to be called, as RFC 3339. Nothing typed, and what
// is past, is now: the zero time. The refusal is TimeInvalid, for what can't be read
// and for what is further ahead than LastDay, or TimeNotOpen.
func (g *Guard) Time(typed string) (time.Time, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return time.Time{}, nil
	}
	typed = strings.ToUpper(typed) // RFC 3339 allows small letters, Go does not
	at, err := time.Parse(time.RFC3339, typed)
	now := g.now()
	switch {
	case err != nil, !rfc3339.MatchString(typed), at.After(now.Add(LastDay)):
		return time.Time{}, refuse(TimeInvalid, "preferred_at")
	case !at.After(now):
		return time.Time{}, nil
	}
	if open := g.Rules().Open; open != nil && !open(at) {
		return time.Time{}, refuse(TimeNotOpen, "preferred_at")
	}
	return at, nil
}

var wordingVersion = regexp.MustCompile(`\A[A-Za-z0-9._-]{1,40}\z`)

// Consent says what the visitor agreed to. version names the words that the visitor
// saw; where none is named, they are the present ones. The refusal is
// ConsentRequired, only where a tick is asked for.
func (g *Guard) Consent(ticked bool, version string) (callback.Consent, error) {
	rules := g.Rules()
	if rules.Consent == Tick && !ticked {
		return callback.Consent{}, refuse(ConsentRequired, "consent")
	}
	if !wordingVersion.MatchString(version) {
		version = rules.Wording
	}
	return callback.Consent{Kind: rules.Consent, Ticked: ticked, Version: version}, nil
}

// Trapped says whether the field that people don't see was filled in.
func Trapped(website string) bool { return strings.TrimSpace(website) != "" }

package number

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTyped is the longest input in characters. The longest number with every
// digit set apart has some thirty.
const maxTyped = 40

// clean reduces what was typed to digits, after a plus if there was one.
// phonenumbers would do so too, but it also turns letters into digits, cuts
// extensions off and stops reading where a second number begins, and it passes
// digits that it can't read; here each of these is either read right or refused.
func clean(input string) (string, error) {
	input = strings.TrimFunc(input, ignored)
	if input == "" {
		return "", ErrRequired
	}
	if utf8.RuneCountInString(input) > maxTyped {
		return "", ErrInvalid
	}
	var b strings.Builder
	for _, r := range input {
		if d, ok := digit(r); ok {
			b.WriteByte('0' + d)
		} else if plus(r) && b.Len() == 0 {
			b.WriteByte('+')
		} else if !ignored(r) && !separates(r) {
			return "", ErrInvalid
		}
	}
	return b.String(), nil
}

// ignored says whether r can't be seen: blanks, and the direction and joining
// marks that come along when a number is copied from a contact list.
func ignored(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

func plus(r rune) bool { return r == '+' || r == '＋' }

// separates says whether r is something that people group digits with. The long
// vowel mark is what a Japanese keyboard gives for a dash.
func separates(r rune) bool {
	return unicode.Is(unicode.Pd, r) || strings.ContainsRune(".()[]/~·−ー．（）［］／～", r)
}

// digit is the value of a decimal digit of any script. Unicode keeps the ten
// digits of a script together, in order, from zero.
func digit(r rune) (byte, bool) {
	for _, d := range unicode.Nd.R16 {
		if rune(d.Lo) <= r && r <= rune(d.Hi) {
			return byte((r - rune(d.Lo)) % 10), true
		}
	}
	for _, d := range unicode.Nd.R32 {
		if rune(d.Lo) <= r && r <= rune(d.Hi) {
			return byte((r - rune(d.Lo)) % 10), true
		}
	}
	return 0, false
}

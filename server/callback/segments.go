package callback

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// LongestText is how many segments a text of the owner's may have: each costs a text.
const LongestText = 3

// What one segment holds: of a text that fits into one, and of a longer one, whose
// segments each need room to say which they are.
const (
	septets, septetsOfMany = 160, 153 // units of the phones' own alphabet
	units, unitsOfMany     = 70, 67   // units of UTF-16, if one letter is not in that alphabet
)

// The alphabet of GSM 03.38; the letters of the second line take two units each.
const (
	gsmPlain = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmTwice = "^{}\\[~]|€"
)

// Segments says how many segments a text is sent and paid in, and how many more units
// the last one has room for. An ordinary letter takes one unit; one letter outside the
// phones' own alphabet, as an emoji, makes all of the text take more room.
func Segments(text string) (n, left int) {
	if strings.ContainsFunc(text, func(r rune) bool { return inSeptets(r) == 0 }) {
		return fill(text, units, unitsOfMany, utf16.RuneLen)
	}
	return fill(text, septets, septetsOfMany, inSeptets)
}

// inSeptets is 0 for a letter that is not in the alphabet.
func inSeptets(r rune) int {
	switch {
	case strings.ContainsRune(gsmPlain, r):
		return 1
	case strings.ContainsRune(gsmTwice, r):
		return 2
	}
	return 0
}

// fill lays the letters into segments; none is cut in two.
func fill(text string, one, each int, size func(rune) int) (n, left int) {
	all := 0
	for _, r := range text {
		all += max(1, size(r))
	}
	if all <= one {
		return min(1, all), one - all
	}
	for _, r := range text {
		s := max(1, size(r))
		if s > left {
			n, left = n+1, each
		}
		left -= s
	}
	return n, left
}

// joiner holds emoji and some scripts' letters together.
const joiner = '\u200d'

// Tidy is a text as it is sent: on one line, without controls and characters that turn or
// hide text.
func Tidy(typed string) string {
	return strings.Join(strings.FieldsFunc(typed, func(r rune) bool {
		return unicode.IsSpace(r) || r == utf8.RuneError || unicode.In(r, unicode.C) && r != joiner
	}), " ")
}

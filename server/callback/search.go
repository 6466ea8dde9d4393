package callback

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Sought is what somebody searches for: of each part a request must have one of the
// alternatives, of an alternative all words. A word is in a request where one begins with
// it, in name, message, mail or the owner's note, or where its number has it as a part.
// Empty: everything.
type Sought [][][]string

// Seek makes it out of what was typed. A number is found in any spelling: with or without
// its country's code or the 0 before an area's, in groups or whole.
func Seek(typed string) Sought {
	var sought Sought
	fields := strings.Fields(typed)
	for len(fields) > 0 {
		n := slices.IndexFunc(fields, func(f string) bool { return !numeric(f) })
		switch {
		case n == 0:
			for _, word := range words(fields[0]) {
				if word = fold(word); word != "" {
					sought = append(sought, [][]string{{word}})
				}
			}
			n = 1
		case n < 0:
			n = len(fields)
			fallthrough
		default:
			sought = append(sought, numbers(strings.Join(fields[:n], " "))...)
		}
		fields = fields[n:]
	}
	return sought
}

// In says whether the request is one of those that are sought. The number is looked at
// first, because that is quick.
func (s Sought) In(r Request) bool {
	inNumber := func(word string) bool { return len(word) <= NumberPart && strings.Contains(r.Number, word) }
	there := sync.OnceValue(func() []string {
		text := r.Name + " " + r.Email + " " + r.Message
		if r.TickedOff != nil {
			text += " " + r.TickedOff.Note
		}
		return words(fold(text))
	})
	has := func(word string) bool {
		return inNumber(word) || slices.ContainsFunc(there(), func(w string) bool { return strings.HasPrefix(w, word) })
	}
	for _, readings := range s {
		if !slices.ContainsFunc(readings, func(all []string) bool { return every(all, inNumber) }) &&
			!slices.ContainsFunc(readings, func(all []string) bool { return every(all, has) }) {
			return false
		}
	}
	return true
}

func every(words []string, is func(string) bool) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !is(w) })
}

// fold takes away what a search does not look at: capitals and the marks on letters.
func fold(s string) string {
	return norm.NFC.String(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))))
}

// numeric says that the field can be a part of a phone number.
func numeric(field string) bool {
	return strings.IndexFunc(field, func(r rune) bool {
		return !digit(r) && !strings.ContainsRune("+()-./\u2010\u2011\u2012\u2013", r)
	}) < 0
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

// numbers are the readings of some digits: one number, that number as it is written from
// abroad, or a number each.
func numbers(typed string) Sought {
	groups := strings.FieldsFunc(strings.ReplaceAll(typed, "(0)", " "), func(r rune) bool { return !digit(r) })
	if len(groups) == 0 {
		return nil
	}
	whole := strings.Join(groups, "")
	readings := [][]string{{whole}}
	if len(whole) > NumberPart {
		readings = append(readings, parts(whole))
	}
	if abroad := strings.TrimLeft(whole, "0"); abroad != whole && abroad != "" {
		readings = append(readings, parts(abroad))
	}
	if len(groups) > 1 && len(whole) < shortNumber {
		readings = append(readings, groups)
	}
	return Sought{readings}
}

// shortNumber is how many digits a number has at least: fewer may be several numbers.
const shortNumber = 7

// NumberPart is how many digits of a number stand together as a word that is searched.
const NumberPart = 5

// parts are the words that a number has which has these digits as a part.
func parts(digits string) []string {
	if len(digits) <= NumberPart {
		return []string{digits}
	}
	var all []string
	for i := range len(digits) - NumberPart + 1 {
		all = append(all, digits[i:i+NumberPart])
	}
	return all
}

// words are the letters and digits of a text. A mark above or below a letter belongs to
// it; one with a room of its own, as in Indian scripts, parts words.
func words(field string) []string {
	return strings.FieldsFunc(field, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.N, unicode.Mn) || unicode.Is(onceMarks, r)
	})
}

// onceMarks were such marks in Unicode before they were called letters, and are in the
// tables of those who index words.
var onceMarks = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x19b0, Hi: 0x19c9, Stride: 1}, {Lo: 0x1cf2, Hi: 0x1cf3, Stride: 1}}}

package twilio

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"ringback/assets"
)

// Longest parts of what a visitor typed that are read out, in characters.
const (
	longestName    = 40
	longestMessage = 140
)

// How long one whisper may take. Call screening and the trial announcement eat
// the start of a call, so it is said three times, each within this.
const whisperTime = 8 * time.Second

// charactersSecond is how many characters a speech engine reads in a second; a
// digit takes as long as a word of digitLetters.
const (
	charactersSecond = 15
	digitLetters     = 5
)

const whisperRoom = int(whisperTime/time.Second) * charactersSecond

// length estimates how long it takes to say s, in characters.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += weight(r)
	}
	return n
}

func weight(r rune) int {
	if unicode.IsDigit(r) {
		return digitLetters
	}
	return 1
}

// sayable are the signs that speech engines read as a pause or a word. Brackets,
// angle brackets, braces, ampersands, backslashes and the like are not among
// them: some engines read markup or commands in them, [[slnc 500]] for one.
const sayable = `.,;:!?'’-/@%+#$€£¿¡`

// tag is what a visitor may have pasted from a page, or meant as markup.
var tag = regexp.MustCompile(`<[A-Za-z/!?][^<>]*>`)

// clean makes one line of plain words of what a visitor typed: markup, controls,
// bidi characters, emoji and every sign that an engine could take for a command
// become a blank, and runs of blanks become one. A lone ampersand is said in the
// language.
func clean(s, lang string) string {
	s = tag.ReplaceAllLiteralString(s, " ")
	s = strings.ReplaceAll(s, " & ", " "+assets.Spoken(lang, "and", nil)+" ")
	words := strings.FieldsFunc(s, func(r rune) bool { return !says(r) })
	return strings.Join(words, " ")
}

func says(r rune) bool {
	return r != unicode.ReplacementChar &&
		(unicode.In(r, unicode.L, unicode.M, unicode.Nd) || strings.ContainsRune(sayable, r))
}

// shorten cuts s after a word so that it has at most that many characters and can
// be said within room. One word that is too long for both is cut in itself.
func shorten(s string, characters, room int) string {
	end, space, n, used := len(s), -1, 0, 0
	for i, r := range s {
		n++
		used += weight(r)
		if n > characters || used > room {
			end = i
			break
		}
		if r == ' ' {
			space = i
		}
	}
	switch {
	case end == len(s), s[end] == ' ':
	case space >= 0:
		end = space
	}
	return strings.TrimRight(s[:end], " ,;:-/")
}

// sentence ends s with a full stop unless it ends with a mark of its own.
func sentence(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

package twilio

import (
	"strings"
	"unicode/utf8"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/number"
)

// Longest parts of a text, in characters. What a visitor typed is cut so that a
// text costs a few segments, not twenty.
const (
	longestTextName     = 60
	longestTextMessage  = 300
	longestTextBusiness = 60
)

// TextBody writes a text: to the shop who asks for a call and why, to the visitor
// that nobody could come to the phone, or the owner's own words. The number is written internationally, so
// that a tap on it dials anywhere.
func TextBody(m callback.Message) string {
	if m.Words != "" {
		return m.Words
	}
	key := "text_waiting"
	switch {
	case m.For == callback.VisitorLeg:
		key = "text_visitor"
	case m.Missed:
		key = "text_missed"
	}
	who := cut(callback.Tidy(m.Name), longestTextName)
	if who == "" {
		who = assets.Spoken(m.Language, "somebody", nil)
	}
	message := cut(callback.Tidy(m.Said), longestTextMessage)
	if message != "" {
		message = "“" + message + "”"
	}
	return strings.TrimSpace(assets.Spoken(m.Language, key, map[string]string{
		"business": cut(callback.Tidy(m.Business), longestTextBusiness),
		"who":      who, "number": number.Display(m.Number, ""), "message": message,
	}))
}

// cut shortens s to that many characters, the last one then an ellipsis.
func cut(s string, characters int) string {
	if utf8.RuneCountInString(s) <= characters {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:characters-1]), " ") + "…"
}

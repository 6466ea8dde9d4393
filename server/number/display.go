package number

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// longestGroup is how many digits in a row people can keep in mind while they
// listen.
const longestGroup = 4

// Display prints a number for people in the home region: (212) 555-0123 where
// they share its calling code, +44 20 7946 0018 elsewhere and where the number
// can't exist. What is no E.164 number, such as a withheld caller, comes back as
// it is.
func Display(number, home string) string {
	if !e164.MatchString(number) {
		return number
	}
	parsed, err := phonenumbers.Parse(number, phonenumbers.UNKNOWN_REGION)
	if err != nil {
		return number
	}
	if int(parsed.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(home) {
		shown := phonenumbers.Format(parsed, phonenumbers.NATIONAL)
		// phonenumbers 1.8.1 loses the area code of Argentina's mobiles, and a
		// number that leads elsewhere must not be shown.
		if again, err := Parse(shown, home, nil); err == nil && again.E164 == number {
			return shown
		}
	}
	return phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL)
}

// Spoken is the same number for a speech engine in any language: the digits
// apart, so that none is read as "two hundred and twelve", with a pause after
// each group: "2 1 2, 5 5 5, 0 1 2 3". Empty where there is no digit to speak.
func Spoken(number, home string) string {
	var spoken []string
	for _, group := range strings.FieldsFunc(Display(number, home), notDigit) {
		for _, part := range breathe(group) {
			spoken = append(spoken, strings.Join(strings.Split(part, ""), " "))
		}
	}
	return strings.Join(spoken, ", ")
}

func notDigit(r rune) bool { return !unicode.IsDigit(r) }

// breathe splits a long group into the fewest parts, as even as can be.
func breathe(group string) []string {
	count := (len(group) + longestGroup - 1) / longestGroup
	var parts []string
	for ; count > 0; count-- {
		size := (len(group) + count - 1) / count
		parts = append(parts, group[:size])
		group = group[size:]
	}
	return parts
}

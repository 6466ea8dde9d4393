// Package number turns what people type into phone numbers, judges whether a
// number exists in its country's plan and what kind it is, and prints numbers
// for the eye and for the ear. It is the only user of phonenumbers. It knows
// nothing of calls, shops or settings: which regions are served and which kinds
// may be rung today is for its callers to decide.
package number

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// What can be wrong with a number. None of them repeats the input, so that they
// may be logged.
var (
	// ErrRequired: nothing was typed but blanks.
	ErrRequired = errors.New("a phone number is required")
	// ErrInvalid: no phone can have this number.
	ErrInvalid = errors.New("not a phone number that can exist")
	// ErrForm: the number may exist, but is not written as settings want it.
	// It is an ErrInvalid too.
	ErrForm = fmt.Errorf("%w: not in the form +12125550101", ErrInvalid)
)

// NoCountry is the region of numbers that belong to no country: satellite
// phones, international toll-free and the like.
const NoCountry = "001"

// maxDigits is the longest number of E.164. phonenumbers accepts up to 17
// digits after the calling code, carriers do not.
const maxDigits = 15

var e164 = regexp.MustCompile(`\A\+[1-9][0-9]{1,14}\z`)

// Number is a number that exists in its country's plan. It comes only from
// Parse and ParseE164, and parsing its E164 again gives the same Number.
type Number struct {
	E164   string // +12125550101
	Region string // ISO 3166 code, by the number itself: +14165550123 is CA; or NoCountry
	Kind   Kind
}

// Rings says whether the number may be rung for a visitor: an ordinary phone of
// some country. Not premium, shared-cost and toll-free numbers, pagers and
// voicemail boxes, nor satellite phones, which are a trap for the bill.
func (n Number) Rings() bool {
	return n.Region != NoCountry && slices.Contains(ringing, n.Kind)
}

// Parse reads a number as a visitor types it: with blanks, dots, dashes,
// brackets and slashes, with + or an international prefix or in national form,
// in the digits of any script. A national form is read in the home region and
// then in each served region, and the first reading that can exist wins; see
// national for the one exception. Letters, a second number and an extension are
// refused, because dropping any of them would ring somebody else.
//
// The error is ErrRequired or ErrInvalid. Regions are ISO 3166 codes in capitals;
// an unknown one reads nothing.
func Parse(input, home string, served []string) (Number, error) {
	typed, err := clean(input)
	if err != nil {
		return Number{}, err
	}
	if digits, ok := strings.CutPrefix(typed, "+"); ok {
		// "+0044" is how some write both prefixes at once.
		return international(strings.TrimPrefix(digits, "00"))
	}
	if n, ok := national(typed, append([]string{home}, served...)); ok {
		return n, nil
	}
	// 00 is the world's usual prefix, and is typed in countries where it
	// doesn't work too.
	if digits, ok := strings.CutPrefix(typed, "00"); ok {
		return international(digits)
	}
	return Number{}, ErrInvalid
}

// ParseE164 reads a number as the settings and the carrier write it: a plus and
// up to 15 digits, nothing between them. The error is ErrRequired, ErrForm or
// ErrInvalid.
func ParseE164(s string) (Number, error) {
	if s == "" {
		return Number{}, ErrRequired
	}
	if !e164.MatchString(s) {
		return Number{}, ErrForm
	}
	n, err := international(s[1:])
	if err == nil && n.E164 != s {
		// "+4402079460018": the zero is dialled inside the country only.
		return Number{}, ErrForm
	}
	return n, err
}

// national reads digits without a plus. Where a country dials a prefix before
// its national numbers (0 in Germany), readings with the prefix come first:
// otherwise the New York number 212 555 0123 would be somebody in Solingen for
// a shop in Germany that serves the US as well. Without its prefix only a
// mobile is believed, because what else lacks it is most likely a number
// without its area code, and that is a stranger's.
func national(digits string, regions []string) (Number, bool) {
	var bare Number
	for _, region := range regions {
		parsed, err := phonenumbers.ParseAndKeepRawInput(digits, region)
		if err != nil {
			continue
		}
		n, ok := judge(parsed)
		switch {
		case !ok:
		case phonenumbers.IsNationalPrefixPresentIfRequired(parsed):
			return n, true
		case bare == Number{} && n.Kind == Mobile:
			bare = n
		}
	}
	return bare, bare != Number{}
}

// international reads a number from its calling code on, the same wherever it
// is read.
func international(digits string) (Number, error) {
	parsed, err := phonenumbers.Parse("+"+digits, phonenumbers.UNKNOWN_REGION)
	if err != nil {
		return Number{}, ErrInvalid
	}
	n, ok := judge(parsed)
	if !ok {
		return Number{}, ErrInvalid
	}
	return n, nil
}

func judge(parsed *phonenumbers.PhoneNumber) (Number, bool) {
	if !phonenumbers.IsValidNumber(parsed) {
		return Number{}, false
	}
	n := Number{
		E164:   phonenumbers.Format(parsed, phonenumbers.E164),
		Region: phonenumbers.GetRegionCodeForNumber(parsed),
		Kind:   kindOf(parsed),
	}
	return n, len(n.E164) <= len("+")+maxDigits
}

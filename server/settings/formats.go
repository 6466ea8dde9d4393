package settings

import (
	"encoding/hex"
	"errors"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"ringback/server/number"
)

// formats are the meanings of text that a schema cannot spell, by the name
// that settings.schema.json gives them. Each error completes the sentence
// that begins with the value.
var formats = map[string]func(string) error{
	"account-or-empty": orEmpty(checkAccount),
	"colour":           fits(`^#[0-9A-Fa-f]{6}$`, "is not a colour such as #0b6e4f"),
	"header-or-empty":  orEmpty(fits(`^[A-Za-z0-9-]{1,100}$`, "is not the name of a header, such as X-Real-IP")),
	"host-or-empty":    orEmpty(checkHost),
	"https-or-empty":   orEmpty(checkPublicURL),
	"interval":         func(s string) error { _, err := parseInterval(s); return err },
	"label":            checkLabel,
	"line":             checkLine,
	"mail-or-empty":    orEmpty(checkMail),
	"moment-or-empty":  orEmpty(checkMoment),
	"number":           checkNumber,
	"number-or-empty":  orEmpty(checkNumber),
	"origin":           checkOrigin,
	"page-or-empty":    orEmpty(checkPage),
	"region":           checkRegion,
	"region-or-empty":  orEmpty(checkRegion),
	"service":          checkService,
	"text":             checkText,
	"zone":             checkZone,
}

// orEmpty lets text be empty that otherwise has to pass check.
func orEmpty(check func(string) error) func(string) error {
	return func(s string) error {
		if s == "" {
			return nil
		}
		return check(s)
	}
}

// fits checks against a pattern and says otherwise what was wanted.
func fits(pattern, otherwise string) func(string) error {
	re := regexp.MustCompile(pattern)
	return func(s string) error {
		if !re.MatchString(s) {
			return errors.New(otherwise)
		}
		return nil
	}
}

// checkAccount wants an account's SID. Its error is said without the value
// (see secretPath), because people paste the auth token here.
func checkAccount(s string) error {
	digits, ok := strings.CutPrefix(s, "AC")
	if raw, err := hex.DecodeString(digits); !ok || err != nil || len(raw) != 16 {
		return errors.New("is not AC and 32 hexadecimal digits")
	}
	return nil
}

// checkNumber wants a number that a phone can have, spelled as it is stored
// and compared everywhere.
func checkNumber(s string) error {
	n, err := number.ParseE164(s)
	if err != nil || n.E164 != s {
		return errors.New("is not a phone number that can be called, written as +12125550101")
	}
	return nil
}

func checkRegion(s string) error {
	if !slices.Contains(number.Regions(), s) {
		return errors.New("is not a country, written as US")
	}
	return nil
}

func checkMail(s string) error {
	if a, err := mail.ParseAddress(s); err != nil || a.Address != s || len(s) > 254 {
		return errors.New("is not a mail address such as ann@example.com")
	}
	return nil
}

func checkMoment(s string) error {
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		return errors.New("is not a time such as 2026-12-24T18:00:00Z")
	}
	return nil
}

func checkLabel(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("is empty; a phone's label says which phone it is")
	}
	return checkLine(s)
}

// checkLine refuses what could break a log, a text or the whisper: control
// characters, and format characters such as those that turn writing around.
func checkLine(s string) error {
	if strings.ContainsFunc(s, unprintable) {
		return errors.New("holds a line break or an invisible character")
	}
	return nil
}

func checkText(s string) error {
	return checkLine(strings.ReplaceAll(s, "\n", " "))
}

// The format characters that honest text needs: emoji and several scripts are
// written with them.
const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
)

func unprintable(r rune) bool {
	if r == zeroWidthNonJoiner || r == zeroWidthJoiner {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// checkService never repeats the URL, nor the error of net/url, which would.
func checkService(s string) error {
	if u, err := url.Parse(s); err != nil || u.Scheme == "" || strings.ContainsFunc(s, unprintable) {
		return errors.New("is not a service's URL such as ntfy://host/topic")
	}
	return nil
}

func checkDate(s string) error {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return errors.New("is not a date, YYYY-MM-DD")
	}
	return nil
}

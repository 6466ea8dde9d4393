package guard_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/guard"
)

// code is the refusal's, or empty.
func code(t *testing.T, err error) callback.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	var refusal *guard.Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("%v is no refusal", err)
	}
	return refusal.Code
}

func TestWhichNumbersAreServed(t *testing.T) {
	cases := []struct {
		name, typed string
		want        callback.Code
		e164        string
	}{
		{"a number of the shop's country", "(212) 555-0123", "", "+12125550123"},
		{"a number of another country that is served", "+1 416 555 0123", "", "+14165550123"},
		{"nothing typed", " ", guard.PhoneRequired, ""},
		{"no number", "call me", guard.PhoneInvalid, ""},
		{"a number that no phone can have", "+15551234567", guard.PhoneInvalid, ""},
		{"the carrier's own number", "212-555-0100", callback.NumberBlocked, "+12125550100"},
		{"a country that is not served", "+44 20 7946 0018", guard.CountryNotServed, "+442079460018"},
		{"the same calling code is not the same country", "+1 876 555 0123", guard.CountryNotServed, "+18765550123"},
		{"a premium number", "+1 900 555 0123", guard.KindNotServed, "+19005550123"},
		{"a toll-free number", "+1 800 555 0123", guard.KindNotServed, "+18005550123"},
		{"a satellite phone", "+8816 2150 0123", guard.KindNotServed, "+881621500123"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, err := newGate().Number(c.typed)
			if got := code(t, err); got != c.want || n.E164 != c.e164 {
				t.Errorf("got %q and %q, want %q and %q", got, n.E164, c.want, c.e164)
			}
		})
	}
}

func TestReadDoesNotAskWhetherANumberIsServed(t *testing.T) {
	n, err := newGate().Read("+44 20 7946 0018")
	if err != nil || n.E164 != "+442079460018" {
		t.Errorf("read %q and %v", n.E164, err)
	}
}

func TestTextIsCleanedAndMeasuredInCharacters(t *testing.T) {
	cases := []struct {
		name, field, typed string
		want               string
		code               callback.Code
	}{
		{"a name of 120 characters", "name", strings.Repeat("é", 120), strings.Repeat("é", 120), ""},
		{"a name of 121", "name", strings.Repeat("é", 121), "", guard.FieldTooLong},
		{"a mail address of 254", "email", strings.Repeat("a", 254), strings.Repeat("a", 254), ""},
		{"a mail address of 255", "email", strings.Repeat("a", 255), "", guard.FieldTooLong},
		{"a message of 1,000", "message", strings.Repeat("🥐", 1000), strings.Repeat("🥐", 1000), ""},
		{"a message of 1,001", "message", strings.Repeat("🥐", 1001), "", guard.FieldTooLong},
		{"a page of 2,000", "page", strings.Repeat("x", 2000), strings.Repeat("x", 2000), ""},
		{"a page of 2,001", "page", strings.Repeat("x", 2001), "", guard.FieldTooLong},
		{"a key of 201", "request_key", strings.Repeat("k", 201), "", guard.FieldTooLong},
		{"blanks at the ends don't count", "name", strings.Repeat(" ", 200) + "Jane", "Jane", ""},
		{"a line break is one character", "message", strings.Repeat("a\r\n", 499) + "bc", strings.Repeat("a\n", 499) + "bc", ""},
		{"a name has one line", "name", "Jane\r\nBcc: all@x.example", "Jane Bcc: all@x.example", ""},
		{"controls go", "name", "Ja\x00ne\x1b", "Jane", ""},
		{"broken text is mended", "message", "caf\xe9", "caf\uFFFD", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := guard.Text(c.field, c.typed)
			if diff := cmp.Diff(got, c.want); diff != "" || code(t, err) != c.code {
				t.Errorf("refusal %q, want %q; got -, want +:\n%s", code(t, err), c.code, diff)
			}
		})
	}
}

func TestTooLongSaysWhichFieldAndHowMuchIsAllowed(t *testing.T) {
	_, err := guard.Text("name", strings.Repeat("x", 121))
	want := &guard.Refusal{Code: guard.FieldTooLong, Field: "name", Limit: 120}
	var got *guard.Refusal
	if !errors.As(err, &got) || *got != *want {
		t.Errorf("got %+v, want %+v", err, want)
	}
}

func TestWhenAVisitorCanWishToBeCalled(t *testing.T) {
	cases := []struct {
		name, typed string
		want        time.Time
		code        callback.Code
	}{
		{"nothing is now", " ", time.Time{}, ""},
		{"a time to come", "2026-11-24T13:00:00-05:00", noon.Add(time.Hour), ""},
		{"small letters", "2026-11-24t18:00:00z", noon.Add(time.Hour), ""},
		{"this moment is now", "2026-11-24T12:00:00-05:00", time.Time{}, ""},
		{"the past is now", "2020-01-01T00:00:00Z", time.Time{}, ""},
		{"in 60 days", noon.Add(guard.LastDay).Format(time.RFC3339), noon.Add(guard.LastDay), ""},
		{"a second later is too far", noon.Add(guard.LastDay + time.Second).Format(time.RFC3339), time.Time{}, guard.TimeInvalid},
		{"no zone", "2026-11-24T13:00:00", time.Time{}, guard.TimeInvalid},
		{"a day that is none", "2026-11-31T13:00:00Z", time.Time{}, guard.TimeInvalid},
		{"an offset of a whole day", "2026-11-24T13:00:00+24:00", time.Time{}, guard.TimeInvalid},
		{"a comma before the fraction", "2026-11-24T18:00:00,5Z", time.Time{}, guard.TimeInvalid},
		{"words", "tomorrow", time.Time{}, guard.TimeInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := newGate().Time(c.typed)
			if !got.Equal(c.want) || code(t, err) != c.code {
				t.Errorf("got %v and %q, want %v and %q", got, code(t, err), c.want, c.code)
			}
		})
	}
}

func TestConsent(t *testing.T) {
	cases := []struct {
		name, kind string
		ticked     bool
		version    string
		want       callback.Consent
		code       callback.Code
	}{
		{"a notice needs no tick", guard.Notice, false, "w0", callback.Consent{Kind: "notice", Version: "w0"}, ""},
		{"a tick that is there", guard.Tick, true, "w0", callback.Consent{Kind: "tick", Ticked: true, Version: "w0"}, ""},
		{"a tick that lacks", guard.Tick, false, "w0", callback.Consent{}, guard.ConsentRequired},
		{"words that are not named are the present ones", guard.Notice, false, "", callback.Consent{Kind: "notice", Version: "w1"}, ""},
		{"a version that is none is the present one", guard.Notice, false, "a b", callback.Consent{Kind: "notice", Version: "w1"}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := newGate()
			g.rules.Consent = c.kind
			got, err := g.Consent(c.ticked, c.version)
			if got != c.want || code(t, err) != c.code {
				t.Errorf("got %+v and %q, want %+v and %q", got, code(t, err), c.want, c.code)
			}
		})
	}
}

func TestTrap(t *testing.T) {
	for website, want := range map[string]bool{"": false, "  ": false, "http://spam.example": true} {
		if got := guard.Trapped(website); got != want {
			t.Errorf("Trapped(%q) is %v", website, got)
		}
	}
}

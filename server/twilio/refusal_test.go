package twilio

import (
	"testing"

	"ringback/assets"
	"ringback/server/callback"
)

// Twilio's error table as the product reads it: what a code is about decides
// what becomes of the request, so each row is written out here a second time.
func TestClassify(t *testing.T) {
	rows := map[int]struct {
		means string
		want  callback.Refusal
	}{
		0:     {"no code is no refusal", ""},
		10001: {"account not active", callback.AccountBad},
		10004: {"limit of calls at once", callback.AccountBad},
		20003: {"wrong SID or token", callback.AccountBad},
		20005: {"account not active", callback.AccountBad},
		20006: {"access denied", callback.AccountBad},
		20008: {"test credentials", callback.AccountBad},
		20404: {"no such account", callback.AccountBad},
		20500: {"trouble inside Twilio", callback.CarrierDown},
		20503: {"trouble inside Twilio", callback.CarrierDown},
		21606: {"sender of a text not ours", callback.AccountBad},
		57012: {"signature invalid after a rotation", callback.AccountBad},
		21210: {"caller ID not ours", callback.AccountBad},
		21212: {"caller ID malformed", callback.AccountBad},
		13214: {"caller ID bad in Dial", callback.AccountBad},
		21205: {"webhook address not public", callback.AccountBad},
		21609: {"text callback address not public", callback.AccountBad},
		21222: {"SID malformed", callback.AccountBad},
		21224: {"token malformed", callback.AccountBad},
		21626: {"our own defect", callback.AccountBad},
		30032: {"toll-free not verified", callback.AccountBad},
		30034: {"10DLC not registered", callback.AccountBad},
		20429: {"too many REST requests", callback.CarrierDown},
		11200: {"webhook failed", callback.CarrierDown},
		11205: {"webhook not connected", callback.CarrierDown},
		11210: {"webhook name unknown", callback.CarrierDown},
		11220: {"webhook TLS", callback.CarrierDown},
		15003: {"status callback failed", callback.CarrierDown},
		21211: {"no such number", callback.NumberBad},
		21217: {"not E.164", callback.NumberBad},
		13223: {"Dial: no such number", callback.NumberBad},
		13224: {"Dial: not reachable", callback.NumberBad},
		13226: {"Dial: no such country", callback.NumberBad},
		21203: {"region", callback.NumberBad},
		21215: {"region", callback.NumberBad},
		13227: {"Dial: region", callback.NumberBad},
		32205: {"trunk: region", callback.NumberBad},
		21408: {"text: region", callback.NumberBad},
		21202: {"premium", callback.NumberBad},
		21216: {"block list", callback.NumberBad},
		13225: {"Dial: block list", callback.NumberBad},
		21219: {"trial: unverified", callback.NumberBad},
		21608: {"trial: unverified for texts", callback.NumberBad},
		21610: {"opted out", callback.OptedOut},
		21214: {"not reached now", callback.Unreachable},
		21612: {"no way for the text", callback.Unreachable},
		21614: {"landline", callback.Unreachable},
		30003: {"handset off", callback.Unreachable},
		30004: {"blocked", callback.Unreachable},
		30005: {"unknown handset", callback.Unreachable},
		30006: {"landline", callback.Unreachable},
		30007: {"filtered", callback.Unreachable},
		30008: {"unknown", callback.Unreachable},
		30450: {"pumping block", callback.Unreachable},
		60410: {"fraud block", callback.Unreachable},
		21220: {"call over already: a normal race", ""},
		404:   {"SIP: not found", callback.NumberBad},
		410:   {"SIP: gone", callback.NumberBad},
		484:   {"SIP: incomplete", callback.NumberBad},
		604:   {"SIP: exists nowhere", callback.NumberBad},
		486:   {"SIP: busy says nothing against the number", callback.Unreachable},
		99999: {"a code nobody knows", callback.Unreachable},
	}
	for code, row := range rows {
		if got := Classify(code); got != row.want {
			t.Errorf("%d, %s: got %q, want %q", code, row.means, got, row.want)
		}
	}
	for code := range refusals {
		if _, tested := rows[code]; !tested {
			t.Errorf("code %d is in the table and has no row here", code)
		}
	}
}

// What the owner reads must exist for each, and say what to do.
func TestEveryCodeIsExplained(t *testing.T) {
	other, _ := assets.Carrier("en", "other")
	for code := range refusals {
		reason := Reason(code)
		if Classify(code) == "" {
			if reason != "" {
				t.Errorf("%d is no refusal and is explained as %s", code, reason)
			}
			continue
		}
		for _, lang := range []string{"en", "es"} {
			if what, do := assets.Carrier(lang, reason); what == "" || do == "" || what == other {
				t.Errorf("%d: %s has no words in %s", code, reason, lang)
			}
		}
	}
	if Reason(0) != "" || Reason(99999) != "other" {
		t.Errorf("no code is %q, an unknown one %q", Reason(0), Reason(99999))
	}
}

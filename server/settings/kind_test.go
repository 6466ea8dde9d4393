package settings

import (
	"slices"
	"strings"
	"testing"
)

func TestAFaultHasAKindForWhoeverHasWordsOfItsOwn(t *testing.T) {
	fresh := Default("UTC", "US")
	fresh.Twilio.Number = "+12125550100"
	for _, c := range []struct {
		name, file string
		want       Kind
		args       string
	}{
		{"no number", `{"business": {"public_phone": "12"}}`, "number", ""},
		{"no mail address", `{"business": {"public_email": "ann"}}`, "mail", ""},
		{"no page", `{"business": {"privacy_url": "privacy"}}`, "page", ""},
		{"no colour", `{"form": {"accent": "red"}}`, "colour", ""},
		{"too little", `{"business": {"phones": [{"number": "+12125550101", "ring_seconds": 1}]}}`, OutOfRange, "5 60"},
		{"too long", `{"business": {"name": "` + strings.Repeat("x", 121) + `"}}`, TooLong, "121 120"},
		{"too many", `{"retry": {"after_minutes": [` + strings.Repeat("1,", 40) + `1]}}`, TooMany, ""},
		{"a list that needs an entry", `{"guard": {"countries": []}}`, NoEntry, ""},
		{"twice", `{"guard": {"countries": ["US", "US"]}}`, Repeated, ""},
		{"a part of a cent", `{"limits": {"spend_day_usd": 0.001}}`, NotCents, ""},
		{"text for a number", `{"limits": {"calls_day": "many"}}`, WrongType, ""},
		{"no such choice", `{"business": {"ring": "loudly"}}`, NoChoice, ""},
		{"needed with another", `{"tunnel": {"kind": "address"}}`, Needed, ""},
		{"the same phone again", `{"business": {"phones": [{"number": "+12125550101"}, {"number": "+12125550101"}]}}`, SamePhone, "1"},
		{"the Twilio number", `{"business": {"phones": [{"number": "+12125550100"}]}}`, OwnNumber, ""},
		{"a country without holidays", `{"hours": {"holidays": "VA"}}`, NoHolidays, ""},
		{"times that overlap", `{"hours": {"week": {"mon": ["09:00-12:00", "11:00-13:00"]}}}`, TimesOverlap, "09:00-12:00"},
		{"an unknown key", `{"hurry": 1}`, OtherFault, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, faults := Merge(fresh, []byte(c.file))
			if len(faults) != 1 || faults[0].Kind != c.want {
				t.Fatalf("the faults are %#v", faults)
			}
			if want := strings.Fields(c.args); len(want) > 0 && !slices.Equal(faults[0].Args, want) {
				t.Errorf("its arguments are %q, want %q", faults[0].Args, want)
			}
		})
	}
}

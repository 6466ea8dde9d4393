package number_test

import (
	"testing"

	"ringback/server/number"
)

func TestZone(t *testing.T) {
	cases := []struct{ name, number, want string }{
		{"a city's", "+12125550123", "America/New_York"},
		{"another city's of the same country", "+13105550123", "America/Los_Angeles"},
		{"a part's of a country without trunk prefixes", "+34822123456", "Atlantic/Canary"},
		{"a small country's", "+4930123456", "Europe/Berlin"},
		{"a mobile's where the country has but one", "+4915112345678", "Europe/Berlin"},
		{"a mobile's where mobiles have area codes", "+5511961234567", "America/Sao_Paulo"},
		{"none for a mobile of a wide country", "+61412345678", ""},
		{"none for a toll-free number", "+18005550123", ""},
		{"none for a satellite phone", "+881612345678", ""},
		{"none for a number that can't exist", "+15551234567", ""},
		{"none for a withheld caller", "anonymous", ""},
		{"none for nothing", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			zone, ok := number.Zone(c.number)
			if ok != (c.want != "") {
				t.Fatalf("got %v, %v; want %q", zone, ok, c.want)
			}
			if ok && zone.String() != c.want {
				t.Errorf("got %v, want %s", zone, c.want)
			}
		})
	}
}

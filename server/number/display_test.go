package number_test

import (
	"testing"

	"ringback/server/number"
)

func TestDisplayAndSpoken(t *testing.T) {
	cases := []struct {
		name, number, home string
		display, spoken    string
	}{
		{"at home", "+12125550123", "US", "(212) 555-0123", "2 1 2, 5 5 5, 0 1 2 3"},
		{"under the same calling code", "+14165550123", "US", "(416) 555-0123", "4 1 6, 5 5 5, 0 1 2 3"},
		{"abroad", "+442079460018", "US", "+44 20 7946 0018", "4 4, 2 0, 7 9 4 6, 0 0 1 8"},
		{"from abroad", "+12125550123", "GB", "+1 212-555-0123", "1, 2 1 2, 5 5 5, 0 1 2 3"},
		{"with the trunk prefix at home", "+33612345678", "FR", "06 12 34 56 78", "0 6, 1 2, 3 4, 5 6, 7 8"},
		{"with Italy's zero", "+390668211234", "US", "+39 06 6821 1234", "3 9, 0 6, 6 8 2 1, 1 2 3 4"},
		{"long groups get a breath", "+447400123456", "GB", "07400 123456", "0 7 4, 0 0, 1 2 3, 4 5 6"},
		{"never in a national form that leads elsewhere", "+5491123456789", "AR", "+54 9 11 2345-6789", "5 4, 9, 1 1, 2 3 4 5, 6 7 8 9"},
		{"a home that doesn't exist", "+12125550123", "QQ", "+1 212-555-0123", "1, 2 1 2, 5 5 5, 0 1 2 3"},
		{"a caller's number that can't exist", "+15551234567", "US", "+1 555-123-4567", "1, 5 5 5, 1 2 3, 4 5 6 7"},
		{"a calling code that doesn't exist", "+2105550123", "US", "+2105550123", "2 1 0 5, 5 5 0, 1 2 3"},
		{"a withheld caller", "anonymous", "US", "anonymous", ""},
		{"a short code", "88811", "US", "88811", "8 8 8, 1 1"},
		{"nothing", "", "US", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := number.Display(c.number, c.home); got != c.display {
				t.Errorf("Display = %q, want %q", got, c.display)
			}
			if got := number.Spoken(c.number, c.home); got != c.spoken {
				t.Errorf("Spoken = %q, want %q", got, c.spoken)
			}
		})
	}
}

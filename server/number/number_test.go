package number_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"ringback/server/number"
)

func TestParse(t *testing.T) {
	cases := []struct {
		name, input, home, served string
		want                      number.Number
	}{
		// United States and Canada: one calling code, two regions.
		{"national form", "(212) 555-0123", "US", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"the default practice phone", "+12125550101", "US", "", num("+12125550101", "US", number.FixedOrMobile)},
		{"dots", "212.555.0123", "US", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"national form with the trunk prefix", "1-212-555-0123", "US", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"a Canadian number is Canada's, whatever the home", "416 555 0123", "US", "", num("+14165550123", "CA", number.FixedOrMobile)},
		{"a US number is the US's, whatever the home", "212 555 0123", "CA", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"a Jamaican number is Jamaica's, under the same calling code", "876 555 0123", "US", "", num("+18765550123", "JM", number.Mobile)},
		{"toll-free is told", "800 555 0123", "US", "", num("+18005550123", "US", number.TollFree)},
		{"premium is told", "900 555 0123", "US", "", num("+19005550123", "US", number.Premium)},

		// Great Britain.
		{"a landline", "020 7946 0018", "GB", "", num("+442079460018", "GB", number.Fixed)},
		{"a mobile", "07400 123456", "GB", "", num("+447400123456", "GB", number.Mobile)},
		{"a mobile without its trunk prefix", "7400 123456", "GB", "", num("+447400123456", "GB", number.Mobile)},
		{"the bracketed zero of letterheads", "+44 (0)20 7946 0018", "US", "", num("+442079460018", "GB", number.Fixed)},
		{"the calling code without a plus", "44 20 7946 0018", "GB", "", num("+442079460018", "GB", number.Fixed)},
		{"a Guernsey number is Guernsey's", "07911 123456", "GB", "", num("+447911123456", "GG", number.Mobile)},
		{"what costs more than a call is told", "0845 123 4567", "GB", "", num("+448451234567", "GB", number.Premium)},
		{"a personal number is told", "070 1234 5678", "GB", "", num("+447012345678", "GB", number.Personal)},

		// Germany: numbers have no fixed length.
		{"slash", "030/123456", "DE", "", num("+4930123456", "DE", number.Fixed)},
		{"dashes as a typesetter makes them", "030–1234–56", "DE", "", num("+4930123456", "DE", number.Fixed)},
		{"a German mobile", "0151 12345678", "DE", "", num("+4915112345678", "DE", number.Mobile)},

		// Others.
		{"France", "06 12 34 56 78", "FR", "", num("+33612345678", "FR", number.Mobile)},
		{"Spain, which has no trunk prefix", "612 34 56 78", "ES", "", num("+34612345678", "ES", number.Mobile)},
		{"Mexico", "55 1234 5678", "MX", "", num("+525512345678", "MX", number.FixedOrMobile)},
		{"Italy keeps the zero of its landlines", "06 6821 1234", "IT", "", num("+390668211234", "IT", number.Fixed)},
		{"and keeps it in international form", "+39 06 6821 1234", "US", "", num("+390668211234", "IT", number.Fixed)},
		{"an Italian mobile has none", "312 345 6789", "IT", "", num("+393123456789", "IT", number.Mobile)},
		{"Japan, with the dash of its keyboards", "03ー1234ー5678", "JP", "", num("+81312345678", "JP", number.Fixed)},
		{"Brazil", "(11) 96123-4567", "BR", "", num("+5511961234567", "BR", number.Mobile)},
		{"Brazil, with the long-distance carrier's code", "0 15 11 96123-4567", "BR", "", num("+5511961234567", "BR", number.Mobile)},
		{"Australia", "0412 345 678", "AU", "", num("+61412345678", "AU", number.Mobile)},
		{"Argentina's 15 becomes the 9 of its mobiles", "011 15 2345-6789", "AR", "", num("+5491123456789", "AR", number.Mobile)},
		{"a satellite phone has no country", "+881 612 345 678", "US", "", num("+881612345678", number.NoCountry, number.Mobile)},

		// International prefixes.
		{"00 where it works", "00 1 212 555 0123", "GB", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"00 where it doesn't", "0044 20 7946 0018", "US", "", num("+442079460018", "GB", number.Fixed)},
		{"the US's own prefix", "011 44 20 7946 0018", "US", "", num("+442079460018", "GB", number.Fixed)},
		{"Japan's own prefix", "010 1 212 555 0123", "JP", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"Australia's own prefix", "0011 1 212 555 0123", "AU", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"both prefixes at once", "+0044 20 7946 0018", "US", "", num("+442079460018", "GB", number.Fixed)},
		{"a plus in brackets", "(+44) 20 7946 0018", "US", "", num("+442079460018", "GB", number.Fixed)},
		{"a full-width plus", "＋44 20 7946 0018", "US", "", num("+442079460018", "GB", number.Fixed)},
		{"a plus needs no region", "+44 20 7946 0018", "", "", num("+442079460018", "GB", number.Fixed)},

		// Served regions.
		{"home comes before served", "020 7946 0018", "GB", "US DE", num("+442079460018", "GB", number.Fixed)},
		{"served when home can't be", "020 7946 0018", "US", "CA GB", num("+442079460018", "GB", number.Fixed)},
		{"the first served wins", "0151 12345678", "US", "DE AT", num("+4915112345678", "DE", number.Mobile)},
		{"the first served wins among mobiles without their trunk prefix", "612345678", "US", "FR MA", num("+33612345678", "FR", number.Mobile)},
		{"and so it does in the other order", "612345678", "US", "MA FR", num("+212612345678", "MA", number.Mobile)},
		{"a region that doesn't exist reads nothing", "(212) 555-0123", "QQ", "US", num("+12125550123", "US", number.FixedOrMobile)},
		{"a complete US number is no Solingen number without its zero", "(212) 555-0123", "DE", "US", num("+12125550123", "US", number.FixedOrMobile)},

		// Scripts, and what a clipboard brings along.
		{"full-width digits", "（２１２）　５５５－０１２３", "US", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"Arabic digits", "٠٢٠ ٧٩٤٦ ٠٠١٨", "GB", "", num("+442079460018", "GB", number.Fixed)},
		{"Devanagari digits", "+४४ २० ७९४६ ००१८", "IN", "", num("+442079460018", "GB", number.Fixed)},
		{"marks of direction", "\u202a+44 20 7946 0018\u202c", "US", "", num("+442079460018", "GB", number.Fixed)},
		{"a non-breaking blank and a line's end", "212\u00a0555\u00a00123\r\n", "US", "", num("+12125550123", "US", number.FixedOrMobile)},
		{"every digit apart", "0 0 4 9 - 1 5 1 - 1 2 3 4 5 6 7 8", "DE", "", num("+4915112345678", "DE", number.Mobile)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := number.Parse(c.input, c.home, strings.Fields(c.served))
			if err != nil {
				t.Fatalf("Parse(%q): %v", c.input, err)
			}
			if got != c.want {
				t.Errorf("Parse(%q) = %+v, want %+v", c.input, got, c.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	cases := []struct {
		name, input, home string
		want              error
	}{
		{"nothing", "", "US", number.ErrRequired},
		{"blanks", " \t\u3000\r\n", "US", number.ErrRequired},
		{"marks that can't be seen", "\u200e\u202c\ufeff", "US", number.ErrRequired},
		{"punctuation alone", "---", "US", number.ErrInvalid},
		{"a plus alone", "+", "US", number.ErrInvalid},
		{"an area code that doesn't exist", "+15551234567", "US", number.ErrInvalid},
		{"the same in national form", "555 123 4567", "US", number.ErrInvalid},
		{"a number without its area code", "555-0123", "US", number.ErrInvalid},
		{"a German one, which would be somebody's in another town", "5550123", "DE", number.ErrInvalid},
		{"a digit too few", "212 555 012", "US", number.ErrInvalid},
		{"a digit too many", "212 555 01234", "US", number.ErrInvalid},
		{"a calling code that doesn't exist, though the rest is a number here", "+210 555 0123", "US", number.ErrInvalid},
		{"a national form behind a plus", "+020 7946 0018", "GB", number.ErrInvalid},
		{"an emergency number", "911", "US", number.ErrInvalid},
		{"a short code", "116 117", "DE", number.ErrInvalid},
		{"letters that are digits on a keypad", "1-800-FLOWERS", "US", number.ErrInvalid},
		{"letters after the number", "212 555 0123 please", "US", number.ErrInvalid},
		{"letters before the number", "tel:+12125550123", "US", number.ErrInvalid},
		{"an extension", "212 555 0123 x12", "US", number.ErrInvalid},
		{"an extension in words", "212 555 0123 ext. 12", "US", number.ErrInvalid},
		{"an extension of RFC 3966", "+12125550123;ext=12", "US", number.ErrInvalid},
		{"an extension behind a hash", "212 555 0123 #12", "US", number.ErrInvalid},
		{"digits to be sent after the call is answered", "212 555 0123,,12", "US", number.ErrInvalid},
		{"a service code", "*67 212 555 0123", "US", number.ErrInvalid},
		{"two numbers", "212 555 0123 / 212 555 0124", "US", number.ErrInvalid},
		{"a second plus", "++12125550123", "US", number.ErrInvalid},
		{"a plus at the end", "12125550123+", "US", number.ErrInvalid},
		{"a national form of a country that is not served", "020 7946 0018", "US", number.ErrInvalid},
		{"a national form without any region", "(212) 555-0123", "", number.ErrInvalid},
		{"more digits than a carrier dials, though Germany has such numbers", "030 11111111111111", "DE", number.ErrInvalid},
		{"more than forty characters", "212" + strings.Repeat(" ", 31) + "5550123", "US", number.ErrInvalid},
		{"a very long input", strings.Repeat("1", 1<<20), "US", number.ErrInvalid},
		{"bytes that are no text", "212555\xff0123", "US", number.ErrInvalid},
		{"a superscript", "212 555 012³", "US", number.ErrInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := number.Parse(c.input, c.home, nil)
			if !errors.Is(err, c.want) || got != (number.Number{}) {
				t.Errorf("Parse(%.60q) = %+v, %v; want error %q", c.input, got, err, c.want)
			}
		})
	}
}

func TestParseTakesFortyCharactersAndLeavesTheBlanksAroundThemUncounted(t *testing.T) {
	input := strings.Repeat(" ", 100) + "212" + strings.Repeat(" ", 30) + "5550123" + strings.Repeat(" ", 100)
	if got, err := number.Parse(input, "US", nil); err != nil || got.E164 != "+12125550123" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestParseLeavesTheServedListAlone(t *testing.T) {
	served := slices.Grow([]string{"CA", "GB"}, 8)
	if _, err := number.Parse("020 7946 0018", "US", served); err != nil || !slices.Equal(served, []string{"CA", "GB"}) {
		t.Errorf("got %v, served is now %v", err, served)
	}
}

func TestParseE164(t *testing.T) {
	cases := []struct {
		name, input string
		want        error
	}{
		{"the contract's shop phone", "+12125550101", nil},
		{"the contract's Twilio number", "+12125550100", nil},
		{"the contract's public phone", "+12125550199", nil},
		{"a toll-free number, which a shop may have", "+18005550100", nil},
		{"the shortest there is, of a branch network in Iran", "+989601", nil},
		{"the longest there is", "+493011111111111", nil},
		{"nothing", "", number.ErrRequired},
		{"no plus", "12125550101", number.ErrForm},
		{"something between the digits", "+1 212 555 0101", number.ErrForm},
		{"a line's end", "+12125550101\n", number.ErrForm},
		{"digits of another script", "+１2125550101", number.ErrForm},
		{"a zero that is dialled inside the country only", "+4402079460018", number.ErrForm},
		{"more than fifteen digits", "+4930111111111111", number.ErrForm},
		{"an area code that doesn't exist", "+15551234567", number.ErrInvalid},
		{"a calling code that doesn't exist", "+2105550123", number.ErrInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := number.ParseE164(c.input)
			if !errors.Is(err, c.want) {
				t.Fatalf("ParseE164(%q): got error %v, want %v", c.input, err, c.want)
			}
			if c.want == nil && got.E164 != c.input {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestANumberInTheWrongFormIsInvalidToo(t *testing.T) {
	if !errors.Is(number.ErrForm, number.ErrInvalid) || errors.Is(number.ErrInvalid, number.ErrForm) {
		t.Error("ErrForm should be one kind of ErrInvalid")
	}
}

func TestRings(t *testing.T) {
	cases := map[string]bool{
		"+442079460018": true,  // fixed
		"+447400123456": true,  // mobile
		"+12125550123":  true,  // fixed or mobile
		"+445612345678": true,  // VoIP
		"+447012345678": true,  // personal
		"+18005550123":  false, // toll-free
		"+19005550123":  false, // premium
		"+39848123456":  false, // shared cost
		"+445512345678": false, // UAN
		"+447640123456": false, // pager
		"+61412345678":  true,  // mobile
		"+881612345678": false, // a satellite phone is a mobile, of no country
		"+80012345678":  false, // international toll-free
	}
	for e164, want := range cases {
		n, err := number.ParseE164(e164)
		if err != nil {
			t.Errorf("%s: %v", e164, err)
		} else if got := n.Rings(); got != want {
			t.Errorf("%s, which is %s of %s: got %v, want %v", e164, n.Kind, n.Region, got, want)
		}
	}
	if (number.Number{}).Rings() {
		t.Error("no number at all rings")
	}
}

func num(e164, region string, kind number.Kind) number.Number {
	return number.Number{E164: e164, Region: region, Kind: kind}
}

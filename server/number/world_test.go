package number

import (
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// every calls f with an example number of each region and kind of the world.
func every(f func(region string, kind phonenumbers.PhoneNumberType, example *phonenumbers.PhoneNumber)) {
	for _, region := range Regions() {
		for kind := range kinds {
			if example := phonenumbers.GetExampleNumberForType(region, kind); example != nil {
				f(region, kind, example)
			}
		}
	}
}

func TestEveryCountrysNumbersAreReadAsTheyArePrinted(t *testing.T) {
	foreign := map[string]bool{} // shown in international form at home
	every(func(region string, kind phonenumbers.PhoneNumberType, example *phonenumbers.PhoneNumber) {
		want := phonenumbers.Format(example, phonenumbers.E164)
		for _, home := range []string{region, "US", "DE"} {
			printed := Display(want, home)
			got, err := Parse(printed, home, nil)
			if err != nil || got.E164 != want {
				t.Errorf("%s %s, printed %q for %s: got %q, %v", region, kinds[kind], printed, home, got.E164, err)
			}
			if home == region && printed[0] == '+' {
				foreign[region+" "+string(kinds[kind])] = true
			}
		}
	})
	// When this fails because the set is empty, phonenumbers was mended and
	// Display needs its check no longer.
	if diff := cmp.Diff(foreign, map[string]bool{"AR mobile": true}); diff != "" {
		t.Errorf("without a national form (- got, + want):\n%s", diff)
	}
}

// What a person might type, and what they should not.
var pieces = []rune("0123456789012345678901234567890123456789+＋ .-()/x#;,*A٣५３\u200e\u00a0\n\xff")

func TestWhatIsAcceptedReadsAgainAsItself(t *testing.T) {
	regions := Regions()
	rapid.Check(t, func(t *rapid.T) {
		input := rapid.OneOf(
			rapid.StringOfN(rapid.RuneFrom(pieces), 0, 24, -1),
			rapid.StringMatching(`[+]?[0-9]{6,17}`),
			rapid.String(),
		).Draw(t, "input")
		home := rapid.SampledFrom(regions).Draw(t, "home")
		served := rapid.SliceOfN(rapid.SampledFrom(regions), 0, 4).Draw(t, "served")

		first, err := Parse(input, home, served)
		if err != nil {
			if first != (Number{}) {
				t.Fatalf("an error came with a number: %+v, %v", first, err)
			}
			return
		}
		again, err := Parse(first.E164, rapid.SampledFrom(regions).Draw(t, "elsewhere"), nil)
		if err != nil || again != first {
			t.Fatalf("%+v read again is %+v, %v", first, again, err)
		}
		strict, err := ParseE164(first.E164)
		if err != nil || strict != first {
			t.Fatalf("%+v read strictly is %+v, %v", first, strict, err)
		}
	})
}

func TestDisplayAndSpokenTakeAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		input := rapid.OneOf(rapid.StringMatching(`[+][0-9]{0,18}`), rapid.String()).Draw(t, "input")
		home := rapid.OneOf(rapid.SampledFrom(Regions()), rapid.String()).Draw(t, "home")
		if shown := Display(input, home); shown == "" && input != "" {
			t.Fatalf("Display(%q, %q) is empty", input, home)
		}
		Spoken(input, home)
	})
}

func TestDigitReadsEveryScript(t *testing.T) {
	for _, table := range unicode.Nd.R16 {
		wholeTens(t, rune(table.Lo), rune(table.Hi), int(table.Stride))
	}
	for _, table := range unicode.Nd.R32 {
		wholeTens(t, rune(table.Lo), rune(table.Hi), int(table.Stride))
	}
	// Where Unicode itself gives the plain digit, both must agree.
	for r := range rune(unicode.MaxRune) {
		value, ok := digit(r)
		if ok != unicode.IsDigit(r) {
			t.Fatalf("%U is a digit: %v", r, ok)
		}
		plain := norm.NFKC.String(string(r))
		if ok && plain != string(r) && plain != string('0'+rune(value)) {
			t.Errorf("%U is %s, read as %d", r, plain, value)
		}
	}
}

// wholeTens fails where a table of a new Unicode would break digit.
func wholeTens(t *testing.T, lo, hi rune, stride int) {
	t.Helper()
	if stride != 1 || (hi-lo+1)%10 != 0 {
		t.Errorf("%U to %U are not whole tens", lo, hi)
	}
}

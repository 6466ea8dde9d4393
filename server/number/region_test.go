package number_test

import (
	"slices"
	"testing"

	"ringback/server/number"
)

func TestRegions(t *testing.T) {
	got := number.Regions()
	if !slices.IsSorted(got) {
		t.Error("not in order")
	}
	for _, region := range []string{"US", "CA", "GB", "DE", "JM", "XK"} {
		if !slices.Contains(got, region) {
			t.Errorf("%s is missing", region)
		}
	}
	if slices.Contains(got, number.NoCountry) {
		t.Error("what belongs to no country is among the countries")
	}
	got[0] = "changed"
	if number.Regions()[0] == "changed" {
		t.Error("two callers share one list")
	}
}

func TestRegionName(t *testing.T) {
	cases := []struct{ name, region, lang, want string }{
		{"English", "US", "en", "United States"},
		{"Spanish", "US", "es", "Estados Unidos"},
		{"a language of a country", "DE", "pt-BR", "Alemanha"},
		{"a language without names falls back to English", "DE", "tlh", "Germany"},
		{"no language falls back to English", "DE", "", "Germany"},
		{"a bad tag falls back to English", "DE", "!", "Germany"},
		{"no region comes back as it is", "Utopia", "en", "Utopia"},
		{"nothing stays nothing", "", "en", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := number.RegionName(c.region, c.lang); got != c.want {
				t.Errorf("RegionName(%q, %q) = %q, want %q", c.region, c.lang, got, c.want)
			}
		})
	}
}

func TestEveryRegionHasAName(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		for _, region := range number.Regions() {
			if got := number.RegionName(region, lang); got == region || got == "" {
				t.Errorf("%s has no name in %s: %q", region, lang, got)
			}
		}
	}
}

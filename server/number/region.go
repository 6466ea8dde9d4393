package number

import (
	"maps"
	"slices"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Regions lists the ISO 3166 codes of all regions that have a numbering plan,
// in order of the alphabet. The list is the caller's own.
func Regions() []string {
	return slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions()))
}

// RegionName is what a region is called in a language, which is a BCP 47 tag:
// "United States", "Estados Unidos". In a language without a name for it it is
// the English one, and what is no region comes back as it is.
func RegionName(region, lang string) string {
	parsed, err := language.ParseRegion(region)
	if err != nil {
		return region
	}
	for _, tag := range []language.Tag{language.Make(lang), language.English} {
		if namer := display.Regions(tag); namer != nil {
			if name := namer.Name(parsed); name != "" {
				return name
			}
		}
	}
	return region
}

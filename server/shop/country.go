package shop

import (
	"golang.org/x/text/language"
)

// localCountry guesses the computer's country from its locale, as the user's variables
// say it: en_US.UTF-8 is US. Empty when they don't.
func localCountry(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_TELEPHONE", "LANG"} {
		locale := getenv(name)
		for i, c := range locale {
			if c == '.' || c == '@' {
				locale = locale[:i]
				break
			}
		}
		tag, err := language.Parse(locale)
		if err != nil {
			continue
		}
		if region, confidence := tag.Region(); confidence == language.Exact {
			return region.String()
		}
	}
	return ""
}

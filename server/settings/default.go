package settings

import (
	"slices"

	"ringback/server/number"
)

// freshCallsDay is all that a shop may call in a day until its owner has
// looked at the limits, so that no setting left alone can cost much.
const freshCallsDay = 20

// defaultRingSeconds is how long a phone rings if its entry does not say.
const defaultRingSeconds = 20

// Default is what a fresh shop starts with. zone and country are the
// computer's; a zone that does not exist becomes UTC, an unknown country US.
// Keys that this version does not yet obey (see NotObeyed) start at the value
// that describes what the program does, such as no captcha.
func Default(zone, country string) Settings {
	if checkZone(zone) != nil {
		zone = "UTC"
	}
	if !slices.Contains(number.Regions(), country) {
		country = "US"
	}
	return Settings{
		Business: Business{
			Country:    country,
			Language:   "en",
			Phones:     []Phone{},
			SMSNumbers: []string{},
			Line:       1,
			Ring:       InTurn,
		},
		Tunnel: Tunnel{Kind: NoTunnel},
		Hours: Hours{
			Timezone:   zone,
			Week:       alwaysOpen(),
			Dates:      map[string][]string{},
			AfterHours: TextAndSchedule,
		},
		Form: Form{
			Origins:   []string{},
			Ask:       []string{"name", "message"},
			Consent:   Notice,
			Accent:    "#0b6e4f",
			Languages: Languages(),
		},
		Guard: Guard{
			Captcha:      Captcha{Kind: NoCaptcha},
			VerifyPhone:  Never,
			Countries:    []string{country},
			PerIP:        PerIP{Minute: 5, Hour: 50, Day: 200},
			PerNumberDay: 3,
		},
		Limits:       Limits{RequestsDay: 2000, CallsDay: freshCallsDay, TextsDay: 200, CallMinutes: 60, SpendDayUSD: 20},
		Retry:        Retry{Attempts: 3, AfterMinutes: []int{5, 30}},
		RetryVisitor: Retry{Attempts: 2, AfterMinutes: []int{15}},
		Privacy:      Privacy{KeepRequestsDays: 365, KeepEventsDays: 730},
		Notify:       Notify{Desktop: true, URLs: []string{}},
		Unset:        unset(),
	}
}

// alwaysOpen gives each day a list of its own, so that changing one never
// changes another.
func alwaysOpen() Week {
	day := func() []string { return []string{"00:00-24:00"} }
	return Week{Mon: day(), Tue: day(), Wed: day(), Thu: day(), Fri: day(), Sat: day(), Sun: day()}
}

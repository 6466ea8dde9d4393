package server

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"

	"ringback/assets"
	"ringback/server/guard"
	"ringback/server/number"
	"ringback/server/settings"
)

// GuardRules says in the guard's words what the owner has set.
func GuardRules(now settings.Settings) guard.Rules {
	return guard.Rules{
		Home:      now.Business.Country,
		Countries: now.Guard.Countries,
		Own:       ownNumbers(now),
		PerIP:     guard.PerIP(now.Guard.PerIP),
		Open:      now.Hours.Plan().Open,
		Zone:      now.Hours.Zone(),
		Consent:   now.Form.Consent,
		Wording:   consentVersion(now),
	}
}

// ownNumbers are those that are never rung as a visitor's: the call would meet itself.
func ownNumbers(now settings.Settings) []string {
	own := []string{now.Twilio.Number, now.Business.PublicPhone}
	own = append(own, now.Business.SMSNumbers...)
	for _, p := range now.Business.Phones {
		own = append(own, p.Number)
	}
	return own
}

// consentVersion changes with the words of the consent, in whichever language.
func consentVersion(now settings.Settings) string {
	sum := sha256.New()
	sum.Write([]byte(now.Form.Consent))
	for _, language := range assets.Languages() {
		sum.Write([]byte("\n" + consentWords(now, language)))
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// consentWords are what the visitor agrees to: the owner's own, or ours.
func consentWords(now settings.Settings, language string) string {
	key := "consent_" + now.Form.Consent
	return cmp.Or(now.Form.ConsentText, assets.Words(language).Say(key, map[string]string{"shop": shopName(now)}))
}

// shopName is never empty: a fresh shop has not said its name yet.
func shopName(now settings.Settings) string { return cmp.Or(now.Business.Name, "Ringback") }

func countryNames(regions []string, language string) []string {
	names := make([]string, len(regions))
	for i, region := range regions {
		names[i] = number.RegionName(region, language)
	}
	return names
}

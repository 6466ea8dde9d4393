package server

import (
	"crypto/rand"
	"net/http"
	"strings"

	"ringback/server/number"
	"ringback/server/settings"
)

// siteOf is what stands on every page.
func (s *Server) siteOf(r *http.Request, wished string) Site {
	now := s.Settings()
	language := s.language(r, wished)
	return Site{
		Language:  language,
		Languages: now.Form.Languages,
		Accent:    now.Form.Accent,
		Nonce:     rand.Text(),
		Shop: ShopCard{
			Name:       shopName(now),
			Phone:      number.Display(now.Business.PublicPhone, now.Business.Country),
			PhoneE164:  now.Business.PublicPhone,
			Email:      now.Business.PublicEmail,
			Address:    now.Business.Address,
			Hours:      weekLine(language, now.Hours.Plan()),
			PrivacyURL: now.Business.PrivacyURL,
		},
		Opening: s.opening(language, now.Hours.Plan()),
	}
}

// ringsFrom is the number that a visitor's phone will show, as people read it.
func ringsFrom(now settings.Settings) string {
	return number.Display(now.Twilio.Number, now.Business.Country)
}

// city names a zone for people: "America/New_York" is New York. Empty where a zone is
// no city's.
func city(zone string) string {
	_, name, found := strings.Cut(zone, "/")
	if !found || strings.HasPrefix(zone, "Etc/") {
		return ""
	}
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}

package ui

import (
	"time"

	"ringback/server/desk"
	"ringback/server/settings"
)

// settledShop has been set up.
func settledShop() *fakeDesk {
	f := busyShop()
	set := f.rules()
	set.Looked = true
	set.Business.Phones = []settings.Phone{
		{Label: "Counter", Number: "+12125550141", RingSeconds: 25},
		{Label: "Ann's mobile", Number: "+12125550142", RingSeconds: 25},
		{Label: "Bakehouse behind the yard, second door", Number: "+442079460018", RingSeconds: 20},
	}
	set.Business.PublicPhone, set.Business.PrivacyURL = "+12125550199", "https://anns-bakery.example/privacy"
	set.Twilio = settings.Twilio{AccountSID: "AC0123456789abcdef0123456789abcdef", Number: "+12125550100"}
	set.Tunnel = settings.Tunnel{Kind: settings.OwnAddress, URL: "https://anns-bakery.example", ClientIPHeader: "X-Real-IP"}
	set.Form.Origins = []string{"https://anns-bakery.example", "https://www.anns-bakery.example"}
	f.set = set
	f.shop.FormURL = "https://anns-bakery.example/"
	f.secrets = map[string]bool{"TWILIO_AUTH_TOKEN": true}
	for i := range 4 {
		at := noon.Add(-time.Duration(i) * 24 * time.Hour)
		f.backups = append(f.backups, desk.Backup{File: "/data/backups/" + at.Format("20060102") + ".db", Made: at, Why: desk.Nightly})
	}
	f.backups[2].Why, f.backups[3].Why = desk.BeforeRestore, desk.BeforeUpdate
	return f
}

// newShop has everything as a fresh one has.
func newShop() *fakeDesk { return emptyShop(true) }

// settingsOf goes to the settings, and to a section of them by its place.
func (o *opened) settingsOf(at int) *settingsPage {
	o.t.Helper()
	var p *settingsPage
	for _, l := range o.places {
		if here, ok := l.page.(*settingsPage); ok {
			p = here
			o.visit(here)
		}
	}
	p.goTo(p.sections[at])
	o.until("the settings were read", func() bool { return p.read })
	return p
}

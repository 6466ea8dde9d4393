package ui

import (
	"slices"
	"testing"
	"time"

	"ringback/server/desk"
	"ringback/server/settings"
	"ringback/ui/widgets"
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

// spoiltShop has an address that can't be reached, and a number that is none.
func spoiltShop() *fakeDesk {
	f := settledShop()
	f.shop.Trouble = desk.Advice{Reason: "auth", Code: 20003}
	return f
}

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

func TestGallerySettings(t *testing.T) {
	sections := []string{"shop", "phones", "twilio", "address", "guard", "retry", "form", "notify", "privacy", "start", "about"}
	for _, state := range []struct {
		name  string
		desk  func() *fakeDesk
		shows []string // where it looks otherwise
	}{
		{"busy", settledShop, sections},
		{"empty", newShop, []string{"phones", "twilio", "guard", "privacy"}},
		{"troubled", spoiltShop, []string{"phones", "twilio"}},
	} {
		for _, look := range []struct {
			name          string
			variant       Variant
			width, height float32
		}{
			{"light", Light, startWidth, startHeight}, {"dark", Dark, startWidth, startHeight},
			{"minimum", Light, widgets.MinWidth, widgets.MinHeight},
		} {
			for _, section := range state.shows {
				name := "settings-" + section + "-" + state.name + "-" + look.name
				t.Run(name, func(t *testing.T) {
					o := openIn(t, state.desk(), look.variant)
					o.resize(look.width, look.height)
					p := o.settingsOf(slices.Index(sections, section))
					if state.name == "troubled" && section == "phones" {
						p.phones.rows[2].number.Type("(212) 555-01")
						o.until("it is said", func() bool { return p.phones.rows[2].line.Says() != "" })
					}
					o.keep(name)
				})
			}
		}
	}
}

package ui

import (
	"errors"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/server/desk"
	"ringback/server/settings"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// Places of the sections.
const (
	atShop = iota
	atPhones
	atTwilio
	atAddress
	atGuard
	atRetry
	atForm
	atNotify
	atPrivacy
	atStart
	atAbout
)

// fieldAt is the field of the section on the screen for that path.
func (p *settingsPage) fieldAt(t *testing.T, path string) *settingsField {
	t.Helper()
	for _, s := range p.sections[p.at].shown {
		if f, ok := s.(*settingsField); ok && f.path == path {
			return f
		}
	}
	t.Fatalf("there is no field for %s", path)
	return nil
}

// enter types something into a field and leaves it.
func (o *opened) enter(f *settingsField, typed string) {
	o.win.Canvas().Focus(f.Entry())
	f.Type(typed)
	o.win.Canvas().Unfocus()
}

// applied waits until that was the last file that was applied.
func (o *opened) applied(f *fakeDesk, file string) {
	o.t.Helper()
	o.until("something was applied", func() bool { return len(f.asked()) > 0 })
	if done := f.asked(); done[len(done)-1] != "apply "+file {
		o.t.Fatalf("it was asked for\n%s\nwant\napply %s", strings.Join(done, "\n"), file)
	}
}

// pressOver presses a button of the dialog that is open.
func (o *opened) pressOver(label string) {
	o.t.Helper()
	var found *widgets.Button
	walk(o.win.Canvas().Overlays().Top(), func(c fyne.CanvasObject) bool {
		if b, ok := c.(*widgets.Button); ok && b.Label() == label {
			found = b
		}
		return true
	})
	if found == nil {
		o.t.Fatalf("the dialog has no button %q", label)
	}
	test.Tap(found)
}

func TestAFieldIsAppliedWhenItIsLeft(t *testing.T) {
	for _, c := range []struct {
		name        string
		at          int
		path, typed string
		file, shown string
	}{
		{"the name", atShop, "business.name", "Bob's Bakery", `{"business":{"name":"Bob's Bakery"}}`, "Bob's Bakery"},
		{"the country by its name", atShop, "business.country", "canada", `{"business":{"country":"CA"}}`, "Canada"},
		{"the public phone in any spelling", atShop, "business.public_phone", "212.555.0177", `{"business":{"public_phone":"+12125550177"}}`, "(212) 555-0177"},
		{"a field that is emptied", atShop, "business.privacy_url", "", `{"business":{"privacy_url":""}}`, ""},
		{"the accent", atShop, "form.accent", "#7a1f5c", `{"form":{"accent":"#7a1f5c"}}`, "#7a1f5c"},
		{"the line", atPhones, "business.line", "2", `{"business":{"line":2}}`, "2"},
		{"where texts go", atPhones, "business.sms_numbers", "212 555 0141; +1 212 555 0142", `{"business":{"sms_numbers":["+12125550141","+12125550142"]}}`, "(212) 555-0141, (212) 555-0142"},
		{"the account", atTwilio, "twilio.account_sid", "ACffffffffffffffffffffffffffffffff", `{"twilio":{"account_sid":"ACffffffffffffffffffffffffffffffff"}}`, "ACffffffffffffffffffffffffffffffff"},
		{"the address", atAddress, "tunnel.url", "https://bob.example", `{"tunnel":{"kind":"address","url":"https://bob.example"}}`, "https://bob.example"},
		{"the countries", atGuard, "guard.countries", "US, canada", `{"guard":{"countries":["US","CA"]}}`, "United States, Canada"},
		{"a limit", atGuard, "limits.calls_day", "0", `{"limits":{"calls_day":0}}`, "0"},
		{"money with a comma", atGuard, "limits.spend_day_usd", "7,50", `{"limits":{"spend_day_usd":7.5}}`, "7.5"},
		{"the plan", atRetry, "retry.after_minutes", "5,10 , 60", `{"retry":{"after_minutes":[5,10,60]}}`, "5, 10, 60"},
		{"the sites", atForm, "form.origins", "https://a.example", `{"form":{"origins":["https://a.example"]}}`, "https://a.example"},
		{"how long requests are kept", atPrivacy, "privacy.keep_requests_days", "30", `{"privacy":{"keep_requests_days":30}}`, "30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := settledShop()
			o := open(t, f)
			field := o.settingsOf(c.at).fieldAt(t, c.path)
			o.enter(field, c.typed)
			o.applied(f, c.file)
			o.until("it stands there as people write it", func() bool { return field.Text() == c.shown && field.shown == c.shown })
			o.until("it is said to be saved", func() bool { return o.says("saved, in use since 10:41") })
		})
	}
}

func TestWhatIsWrongStandsUnderItsFieldWhileItIsTypedAndChangesNothing(t *testing.T) {
	for _, c := range []struct {
		name        string
		at          int
		path, typed string
		says        string
	}{
		{"no number", atShop, "business.public_phone", "212 555", "That is no number that can be called; look for a digit too few or too many"},
		{"no mail address", atShop, "business.public_email", "ann", "That is no mail address such as ann@example.com"},
		{"no page", atShop, "business.privacy_url", "privacy", "That is no page's address such as https://anns-bakery.example/privacy"},
		{"no colour", atShop, "form.accent", "red", "It must be # and six digits or letters from a to f, such as #0b6e4f"},
		{"no country", atShop, "business.country", "Atlantis", "No such country is known; write it as United States or US"},
		{"too much", atPhones, "business.line", "51", "It must be from 1 to 50"},
		{"no figure", atGuard, "limits.calls_day", "many", "Enter a whole number"},
		{"an empty list", atGuard, "guard.countries", "", "It needs one at least"},
		{"a second one that is wrong", atGuard, "guard.countries", "US, Atlantis", "No such country is known; write it as United States or US"},
		{"a part of a cent", atGuard, "limits.spend_day_usd", "1.999", "It must be in whole cents"},
		{"an address with a path", atAddress, "tunnel.url", "https://a.example/x", "It must be https:// and a host, without a path"},
		{"an address that is needed", atAddress, "tunnel.url", "", "Type your address here"},
		{"no account", atTwilio, "twilio.account_sid", "AC12", "It must be AC and 32 digits or letters from a to f"},
		{"a phone of the shop", atTwilio, "twilio.number", "+1 212 555 0141", "This is refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := settledShop()
			before := f.rules()
			o := open(t, f)
			field := o.settingsOf(c.at).fieldAt(t, c.path)
			if c.says == "This is refused" {
				c.says = "That is the Twilio number, which can't call itself"
			}
			field.Type(c.typed)
			o.until("it is said", func() bool { return field.Says() == c.says })
			if len(f.asked()) > 0 {
				t.Errorf("typing alone did %v", f.asked())
			}
			o.enter(field, c.typed)
			o.until("it was refused", func() bool { return len(f.asked()) == 1 })
			f.change(func() { f.shop.NeedsYou = 7 })
			o.until("something else changed", func() bool { return o.shop.NeedsYou == 7 })
			o.until("it is still said", func() bool { return field.Says() == c.says })
			if field.Text() != c.typed || len(settings.Changes(before, f.rules())) > 0 {
				t.Errorf("the field has %q", field.Text())
			}
			field.Type(field.shown)
			o.until("nothing is wrong", func() bool { return field.Says() == field.help })
		})
	}
}

func TestWhatChangesElsewhereShowsUpWithoutOverwritingWhatIsTyped(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	p := o.settingsOf(atShop)
	name, phone := p.fieldAt(t, "business.name"), p.fieldAt(t, "business.public_phone")
	name.Type("Bob")
	f.change(func() { f.set.Business.Name, f.set.Business.PublicPhone = "Carol's", "+12125550111" })
	o.until("the other one shows up", func() bool { return phone.Text() == "(212) 555-0111" })
	if name.Text() != "Bob" {
		t.Errorf("what was typed became %q", name.Text())
	}
}

func TestEachWrongFieldOfASectionSaysSo(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	p := o.settingsOf(atGuard)
	paths := []string{"guard.per_ip.minute", "guard.per_ip.hour", "limits.calls_day", "limits.texts_day"}
	for _, path := range paths {
		o.enter(p.fieldAt(t, path), "a few") // faster than anything is checked
	}
	o.settle()
	for _, path := range paths {
		if f := p.fieldAt(t, path); f.Says() != "Enter a whole number" {
			t.Errorf("%s says %q", path, f.Says())
		}
	}
}

func TestChecksDoNotPileUp(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	field := o.settingsOf(atShop).fieldAt(t, "business.name")
	for range 200 {
		field.Type(field.Text() + "x")
	}
	o.until("the last one was checked", func() bool { return field.Says() != "" })
	if f.checks > 3 {
		t.Errorf("%d checks were made", f.checks)
	}
}

func TestWhatIsTypedLastIsAppliedWhenThePageIsLeft(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	field := o.settingsOf(atShop).fieldAt(t, "business.name")
	o.win.Canvas().Focus(field.Entry())
	field.Type("Bob's")
	o.visit(o.requests)
	o.applied(f, `{"business":{"name":"Bob's"}}`)
}

func TestEnterAppliesASettingToo(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	field := o.settingsOf(atShop).fieldAt(t, "business.name")
	o.win.Canvas().Focus(field.Entry())
	field.Type("Bob's")
	field.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.applied(f, `{"business":{"name":"Bob's"}}`)
	if !field.Focused() {
		t.Error("the field was left")
	}
}

func TestChoosingAnotherSectionShowsIt(t *testing.T) {
	o := open(t, settledShop())
	o.settingsOf(atShop)
	nav, _ := find(o, func(n *widgets.NavItem) bool { return n.Label() == "Twilio" })
	test.Tap(nav)
	o.wantSays("Account SID")
	o.wantNot("What visitors see")
	if !nav.Selected() {
		t.Error("the list does not say where one is")
	}
}

func TestAChangeThatWaitsForCallsSaysSo(t *testing.T) {
	f := settledShop()
	f.later = true
	o := open(t, f)
	o.enter(o.settingsOf(atTwilio).fieldAt(t, "twilio.number"), "+12125550155")
	o.until("it is said", func() bool {
		return o.says("saved; account, number and public address follow when the calls under way have ended")
	})
}

func TestChoicesAndTicksAreAppliedAtOnce(t *testing.T) {
	for _, c := range []struct {
		name, file string
		at         int
		do         func(p *settingsPage)
	}{
		{"how phones ring", `{"business":{"ring":"all_at_once"}}`, atPhones, func(p *settingsPage) { p.choose("business.ring", "all_at_once") }},
		{"the language", `{"business":{"language":"es"}}`, atShop, func(p *settingsPage) { p.choose("business.language", "es") }},
		{"no public address", `{"tunnel":{"kind":"none"}}`, atAddress, func(p *settingsPage) { p.choose("tunnel.kind", "none") }},
		{"consent", `{"form":{"consent":"tick"}}`, atForm, func(p *settingsPage) { p.choose("form.consent", "tick") }},
		{"one more question, behind those there are", `{"form":{"ask":["message","name","email"]}}`, atForm, func(p *settingsPage) { p.tickOf("form.ask", 1) }},
		{"one question less", `{"form":{"ask":["message"]}}`, atForm, func(p *settingsPage) { p.tickOf("form.ask", 0) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := settledShop()
			f.set.Form.Ask = []string{"message", "name"}
			o := open(t, f)
			c.do(o.settingsOf(c.at))
			o.applied(f, c.file)
		})
	}
}

func (p *settingsPage) choose(path, value string) {
	for _, s := range p.sections[p.at].shown {
		if c, ok := s.(*settingsChoice); ok && c.path == path {
			c.Choose(value)
		}
	}
}

func (p *settingsPage) tickOf(path string, i int) *settingsTicks {
	for _, s := range p.sections[p.at].shown {
		if c, ok := s.(*settingsTicks); ok && c.path == path {
			test.Tap(c.ticks[i])
			return c
		}
	}
	return nil
}

func TestTheColourIsChosenWithAClickAndSeenWhileItIsTyped(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	field := o.settingsOf(atShop).fieldAt(t, "form.accent")
	var swatches []*widgets.Swatch
	find(o, func(s *widgets.Swatch) bool { swatches = append(swatches, s); return false })
	if len(swatches) != len(accents) {
		t.Fatalf("%d colours are offered, want %d", len(swatches), len(accents))
	}
	sample, _ := find(o, func(*widgets.Sample) bool { return true })
	for i, accent := range accents {
		test.Tap(swatches[i])
		o.until("it is applied", func() bool { return field.shown == accent && swatches[i].Chosen() })
		f.mu.Lock()
		if got := f.set.Form.Accent; got != accent {
			t.Errorf("the accent is %s, want %s", got, accent)
		}
		f.mu.Unlock()
	}
	n := len(f.asked())
	field.Type("#00a000")
	if fill, on := sample.Colors(); fill != color.Color(hex(0x008900)) || on != color.Color(hex(0xffffff)) {
		t.Errorf("the button is %v on %v", on, fill)
	}
	o.wantSays("So visitors see it: made darker until its words can be read (contrast 4.6, at least 4.5 is needed).")
	field.Type("#00a")
	if sample.Visible() {
		t.Error("the button is seen in a colour that is none")
	}
	if len(f.asked()) > n {
		t.Error("typing alone changed something")
	}
}

func TestAnAddressIsAskedForOnlyWhereTheKindNeedsIt(t *testing.T) {
	f := newShop()
	o := open(t, f)
	p := o.settingsOf(atAddress)
	o.wantNot("Your address")
	p.choose("tunnel.kind", settings.OwnAddress)
	o.wantSays("Your address", "It is in use as soon as your address stands below.")
	url := p.fieldAt(t, "tunnel.url")
	if !url.Focused() || len(f.asked()) > 0 {
		t.Errorf("the address has the keyboard: %v; asked for was %v", url.Focused(), f.asked())
	}
	f.change(func() { f.shop.NeedsYou = 7 })
	o.until("something else changed", func() bool { return o.shop.NeedsYou == 7 })
	o.wantSays("Your address")
	f.change(func() { f.shop.Language = "es" }) // what waits does so in another language, too
	o.until("the window speaks Spanish", func() bool { return o.says("Se usará en cuanto escriba abajo su dirección.") })
	f.change(func() { f.shop.Language = "en" })
	o.until("the window speaks English", func() bool { return o.says("It is in use as soon as your address stands below.") })
	p = o.settings
	o.until("it was read", func() bool { return p.read })
	url = p.fieldAt(t, "tunnel.url")
	o.enter(url, "https://bob.example")
	typed := `apply {"tunnel":{"kind":"address","url":"https://bob.example"}}`
	o.wantDone(f, typed)
	o.until("it waits no more", func() bool { return !o.says("It is in use as soon as your address stands below.") })
	o.wantSays("Your address")
	p.choose("tunnel.kind", settings.NoTunnel)
	o.wantDone(f, typed, `apply {"tunnel":{"kind":"none"}}`)
	o.wantNot("Your address")
	p.choose("tunnel.kind", settings.OwnAddress) // the address of before is known still
	o.wantDone(f, typed, `apply {"tunnel":{"kind":"none"}}`, `apply {"tunnel":{"kind":"address"}}`)
	o.wantSays("Your address")
}

func TestTheLastLanguageStays(t *testing.T) {
	f := settledShop()
	f.set.Form.Languages = []string{"en"}
	o := open(t, f)
	ticks := o.settingsOf(atForm).tickOf("form.languages", 0)
	o.until("it is refused", func() bool { return ticks.line.Says() == "It needs one at least" })
}

func TestAnOwnerWhoHasLookedAtTheLimitsSaysSo(t *testing.T) {
	f := settledShop()
	f.set.Looked = false
	o := open(t, f)
	o.settingsOf(atGuard)
	o.press("They are right")
	o.applied(f, `{"limits":{}}`)
	o.until("nothing more is said of it", func() bool { return !o.says("A new shop calls carefully") })
}

func TestASecretIsTypedOnceAndNeverShown(t *testing.T) {
	const token = "9f86d081884c7d659a2feaa0c55ad015"
	f := settledShop()
	f.secrets = nil
	o := open(t, f)
	o.settingsOf(atTwilio)
	typed := o.secretField()
	typed.Type("two words")
	o.press("Keep")
	o.until("it is refused", func() bool { return strings.HasPrefix(typed.Says(), "This can't be kept") })
	typed.Type(" " + token)
	o.press("Keep")
	o.until("there is one", func() bool { return o.says("set; in the keyring") })
	if typed.Text() != "" || typed.Visible() && o.says(token) {
		t.Error("it is still there")
	}
	o.press("Replace")
	o.press("Cancel")
	o.press("Remove")
	o.pressOver("Cancel")
	o.press("Remove")
	o.pressOver("Remove")
	o.wantDone(f, "secret TWILIO_AUTH_TOKEN", "secret TWILIO_AUTH_TOKEN", "secret TWILIO_AUTH_TOKEN")
	o.until("there is none", func() bool { return !o.says("set; in the keyring") })
}

// secretField is the one that can be typed into.
func (o *opened) secretField() *widgets.Field {
	o.t.Helper()
	typed, ok := find(o, func(f *widgets.Field) bool { return strings.HasPrefix(f.Says(), "It stands below the account SID") })
	if !ok {
		o.t.Fatal("no secret can be typed")
	}
	return typed
}

func TestWhatStandsBesideTheTokenInTheConsoleIsToldApart(t *testing.T) {
	const digits = "9f86d081884c7d659a2feaa0c55ad015"
	f := settledShop()
	f.secrets = nil
	o := open(t, f)
	account := o.settingsOf(atTwilio).fieldAt(t, "twilio.account_sid")
	token := o.secretField()
	help := token.Says()
	for _, c := range []struct {
		field       *widgets.Field
		typed, says string
	}{
		{token, "abc", "That is no auth token: it has 32 digits or letters from a to f. Copy it from the first page of Twilio's console"},
		{token, "AC" + digits, "That is the account SID; the auth token stands below it in Twilio's console"},
		{token, "SK" + digits, "That is an API key; take the account SID and its auth token, both on the first page of Twilio's console"},
		{token, "", help},
		{token, digits, help},
		{account.Field, digits, "That is an auth token; the account SID begins with AC"},
		{account.Field, "SK" + digits, "That is an API key; take the account SID and its auth token, both on the first page of Twilio's console"},
		{account.Field, digits[1:], "It must be AC and 32 digits or letters from a to f"},
	} {
		c.field.Type(c.typed)
		o.until("it is said: "+c.says, func() bool { return c.field.Says() == c.says })
	}
	if len(f.asked()) > 0 {
		t.Errorf("typing alone did %v", f.asked())
	}
}

func TestASecretOfTheEnvironmentCanNotBeReplacedHere(t *testing.T) {
	f := settledShop()
	f.given = map[string]bool{"TWILIO_AUTH_TOKEN": true}
	o := open(t, f)
	o.settingsOf(atTwilio)
	o.until("it is said", func() bool { return o.says("set by TWILIO_AUTH_TOKEN, which beats what is kept") })
	if _, ok := find(o, func(b *widgets.Button) bool { return b.Label() == "Replace" }); ok {
		t.Error("it can be replaced")
	}
}

func TestABackupIsMadeInAFolderOfTheOwnersChoice(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	o.points = "/media/stick"
	o.settingsOf(atPrivacy)
	o.press("Back up now…")
	o.until("it is said", func() bool {
		return o.says("Backed up to /media/stick/ringback-2026-11-24-104144.db; entries in its activity log: 42")
	})
	o.wantDone(f, "back up to /media/stick/ringback-2026-11-24-104144.db 0")
	f.change(func() { f.refuse = desk.ErrFilePlace })
	o.press("Back up now…")
	o.until("the fault stands", func() bool { return o.says("The backup can't be written there") })
}

func TestEachBackupSaysWhatItWasMadeFor(t *testing.T) {
	o := open(t, settledShop())
	o.settingsOf(atPrivacy)
	o.wantSays("Made by itself, today, 10:41", "Made by itself, Nov 23 10:41", "What a restore replaced, Nov 22 10:41", "Before an update, Nov 21 10:41",
		"Those that you made yourself are in the folders that you chose: press “Restore from a file…”. No backup has the secrets.")
}

func TestARestoreAsksFirst(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	o.settingsOf(atPrivacy)
	o.press("Restore") // the newest
	o.pressOver("Cancel")
	if n := len(f.asked()); n > 0 {
		t.Fatalf("it was done unasked: %v", f.asked())
	}
	o.press("Restore")
	o.pressOver("Restore")
	o.wantDone(f, "restore "+f.backups[0].File+" 0")
	o.until("it is said", func() bool {
		return o.says("Restored; entries in its activity log: 42. What was there before is kept as /data/ringback.db.before-restore")
	})
	o.points = "/media/stick/old.db"
	o.press("Restore from a file…")
	f.change(func() { f.refuse = desk.ErrCallOn })
	o.pressOver("Restore")
	o.until("the fault stands", func() bool { return o.says("Nothing is restored while a call is on") })
	o.wantDone(f, "restore "+f.backups[0].File+" 0", "restore /media/stick/old.db 0")
}

func TestWhatWasRefusedStaysWhenTheWindowSpeaksAnotherLanguage(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	p := o.settingsOf(atPhones)
	p.phones.rows[1].number.Type("212 555")
	o.until("it is refused", func() bool { return p.phones.rows[1].line.Says() != "" })
	o.press("Add a phone")
	p.phones.rows[3].label.Type("Roof")
	p.phones.rows[3].number.Type("44")
	o.until("it is refused", func() bool { return p.phones.rows[3].line.Says() != "" })
	ticks := o.settingsOf(atForm)
	ticks.tickOf("form.ask", 2)
	o.until("it was taken", func() bool { return slices.Contains(f.asked(), `apply {"form":{"ask":["name"]}}`) })
	f.change(func() { f.set.Form.Languages = []string{"en"} })
	o.until("that is read", func() bool { return len(p.seen.Form.Languages) == 1 })
	ticks.tickOf("form.languages", 0)
	o.until("it is refused", func() bool { return o.says("It needs one at least") })
	o.settingsOf(atShop)
	mail := p.fieldAt(t, "business.public_email")
	o.enter(mail, "ann")
	o.until("it is refused", func() bool { return mail.Says() != "" })
	f.change(func() { f.shop.Language = "es" })
	o.until("the window speaks Spanish", func() bool { return o.says("Lo que ven los visitantes") })

	p = o.settings
	o.until("it was read", func() bool { return p.read })
	mail = p.fieldAt(t, "business.public_email")
	if mail.Text() != "ann" || mail.Says() != "No es un correo como ana@example.com" {
		t.Errorf("the mail address is %q: %q", mail.Text(), mail.Says())
	}
	o.settingsOf(atPhones)
	rows := p.phones.rows
	if len(rows) != 4 || rows[1].number.Text() != "212 555" || rows[1].line.Says() == "" {
		t.Fatalf("of the phones there are %d", len(rows))
	}
	if rows[3].number.Text() != "44" || rows[3].label.Text() != "Roof" || rows[3].seconds.Text() != "20" {
		t.Errorf("the new one is %q, %q, %q", rows[3].label.Text(), rows[3].number.Text(), rows[3].seconds.Text())
	}
	o.settingsOf(atForm)
	o.wantSays("Hace falta al menos uno")
}

func TestAfterARestoreNothingStandsThatWasTypedBefore(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	p := o.settingsOf(atShop)
	name := p.fieldAt(t, "business.name")
	name.Type(strings.Repeat("x", 500))
	o.until("it is refused", func() bool { return name.Says() != "" })
	o.settingsOf(atPrivacy)
	o.press("Restore")
	o.pressOver("Restore")
	o.until("it is said", func() bool { return o.message.toast.Visible() })
	o.settingsOf(atShop)
	o.until("what is kept stands there", func() bool {
		now := p.fieldAt(t, "business.name")
		return now != name && now.Text() == "Ann's Bakery" && now.Says() == ""
	})
}

func TestPlacesAreCopied(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	o.settingsOf(atAbout)
	o.wantSays("Version 0.1.0", "In the operating system's keyring; no backup has them.")
	o.press("Copy")
	if got := o.o.App.Clipboard().Content(); got != "/home/ann/.config/ringback" {
		t.Errorf("%q was copied", got)
	}
	o.settingsOf(atAddress)
	o.press("Copy")
	if got := o.o.App.Clipboard().Content(); got != f.shop.FormURL {
		t.Errorf("%q was copied", got)
	}
}

// A control that does nothing would be trusted in.
func TestNothingIsOfferedThatIsNotObeyed(t *testing.T) {
	o := open(t, settledShop())
	p := o.settingsOf(atShop)
	for i := range p.sections {
		p.goTo(p.sections[i])
		for _, s := range p.sections[i].shown {
			if f, ok := s.(*settingsField); ok && !settings.Obeyed(f.path) {
				t.Errorf("%s is offered", f.path)
			}
		}
	}
}

// Every key of the settings stands on this page, on another one, or is not obeyed yet.
func TestEverythingThatIsObeyedCanBeChanged(t *testing.T) {
	elsewhere := []string{"hours.", "business.phones", "guard.captcha.site_key", "tunnel.domain", "notify."}
	o := open(t, settledShop())
	p := o.settingsOf(atShop)
	var offered []string
	for i := range p.sections {
		p.goTo(p.sections[i])
		for _, s := range p.sections[i].shown {
			switch s := s.(type) {
			case *settingsField:
				offered = append(offered, s.path)
			case *settingsChoice:
				offered = append(offered, s.path)
			case *settingsTicks:
				offered = append(offered, s.path)
			}
		}
	}
	for path := range leaves(view.DocumentOf(settings.Default("UTC", "US")), "") {
		known := slices.ContainsFunc(elsewhere, func(e string) bool { return strings.HasPrefix(path, e) })
		if !known && settings.Obeyed(path) && !slices.Contains(offered, path) {
			t.Errorf("%s can't be changed", path)
		}
	}
}

func leaves(object map[string]any, at string) map[string]bool {
	all := map[string]bool{}
	for key, v := range object {
		if inner, ok := v.(map[string]any); ok {
			for path := range leaves(inner, at+key+".") {
				all[path] = true
			}
			continue
		}
		all[at+key] = true
	}
	return all
}

func TestTheSettingsFitTheSmallestWindow(t *testing.T) {
	for _, language := range []string{"en", "es"} {
		f := settledShop()
		f.shop.Language = language
		f.set.Business.Name = strings.Repeat("Featherstonehaugh ", 6)
		o := open(t, f)
		o.resize(widgets.MinWidth, widgets.MinHeight)
		p := o.settingsOf(atShop)
		for i, s := range p.sections {
			p.goTo(s)
			for _, part := range s.shown {
				if field, ok := part.(*settingsField); ok {
					field.Say(widgets.Failed, icon("alert"), strings.Repeat("a long sentence on what is wrong ", 3))
				}
			}
			p.layOut()
			if size := o.Fyne().Canvas().Size(); size.Width > widgets.MinWidth || size.Height > widgets.MinHeight {
				t.Errorf("%s: section %d makes the window %v", language, i, size)
			}
			o.wantInside()
		}
	}
}

func TestSettingsThatCanNotBeReadSaySo(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	o.settingsOf(atShop)
	f.change(func() { f.broken = errors.New("disk on fire") })
	o.until("the fault stands", func() bool { return o.says("“Settings” can't be read just now") })
}

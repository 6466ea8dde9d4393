package ui

import (
	"testing"
)

const others = `{"label":"Ann's mobile","number":"+12125550142","ring_seconds":25},{"label":"Bakehouse behind the yard, second door","number":"+442079460018","ring_seconds":20}`

func TestAPhoneIsChangedAndTheOthersStay(t *testing.T) {
	for _, c := range []struct {
		name  string
		field func(r *phoneRow) *settingsField
		typed string
		first string
	}{
		{"its label", func(r *phoneRow) *settingsField { return r.label }, "Till", `{"label":"Till","number":"+12125550141","ring_seconds":25}`},
		{"its number", func(r *phoneRow) *settingsField { return r.number }, "212-555-0177", `{"label":"Counter","number":"+12125550177","ring_seconds":25}`},
		{"how long it rings", func(r *phoneRow) *settingsField { return r.seconds }, "30", `{"label":"Counter","number":"+12125550141","ring_seconds":30}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := settledShop()
			o := open(t, f)
			p := o.settingsOf(atPhones)
			p.phones.rows[2].number.Type("12") // which is wrong, and nobody else's matter
			o.enter(c.field(p.phones.rows[0]), c.typed)
			o.applied(f, `{"business":{"phones":[`+c.first+`,`+others+`]}}`)
		})
	}
}

func TestWhatIsWrongWithAPhoneStandsBelowItsRow(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	rows := o.settingsOf(atPhones).phones.rows
	o.enter(rows[1].number, "(212) 555-0141")
	o.until("it is said", func() bool { return rows[1].line.Says() == "That is phone 1 already" })
	rows[0].seconds.Type("3")
	o.until("it is said", func() bool { return rows[0].line.Says() == "It must be from 5 to 60" })
	if len(f.rules().Business.Phones) != 3 || f.rules().Business.Phones[1].Number != "+12125550142" {
		t.Error("it was taken over")
	}
}

func TestAPhoneIsAdded(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	l := o.settingsOf(atPhones).phones
	o.press("Add a phone")
	o.enter(l.rows[3].label, "Yard")
	if len(f.asked()) > 0 {
		t.Errorf("without a number it was asked for %v", f.asked())
	}
	o.enter(l.rows[3].number, "212 555 0133")
	o.applied(f, `{"business":{"phones":[{"label":"Counter","number":"+12125550141","ring_seconds":25},`+others+`,{"label":"Yard","number":"+12125550133","ring_seconds":20}]}}`)
	o.until("it is a phone as the others", func() bool { return len(l.kept) == 4 && !l.draft && l.rows[3].number.Text() == "(212) 555-0133" })
	o.press("Add a phone")
	l.menu(4).Items[2].Action() // given up
	if len(l.rows) != 4 {
		t.Errorf("there are %d rows", len(l.rows))
	}
}

func TestAPhoneThatIsTypedStaysWhenAnotherOneGoes(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	l := o.settingsOf(atPhones).phones
	o.press("Add a phone")
	l.rows[3].label.Type("Yard")
	f.change(func() { f.set.Business.Phones = f.set.Business.Phones[:1] })
	o.until("there is one, and the new one", func() bool { return len(l.rows) == 2 })
	o.enter(l.rows[1].number, "212 555 0133")
	o.applied(f, `{"business":{"phones":[{"label":"Counter","number":"+12125550141","ring_seconds":25},{"label":"Yard","number":"+12125550133","ring_seconds":20}]}}`)
}

func TestPhonesAreMovedAndRemoved(t *testing.T) {
	counter := `{"label":"Counter","number":"+12125550141","ring_seconds":25}`
	mobile := `{"label":"Ann's mobile","number":"+12125550142","ring_seconds":25}`
	bakehouse := `{"label":"Bakehouse behind the yard, second door","number":"+442079460018","ring_seconds":20}`
	for _, c := range []struct {
		name     string
		at, item int
		want     string
	}{
		{"up", 1, 0, mobile + "," + counter + "," + bakehouse},
		{"down", 1, 1, counter + "," + bakehouse + "," + mobile},
		{"away", 1, 2, counter + "," + bakehouse},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := settledShop()
			o := open(t, f)
			l := o.settingsOf(atPhones).phones
			l.menu(c.at).Items[c.item].Action()
			o.applied(f, `{"business":{"phones":[`+c.want+`]}}`)
			first := f.rules().Business.Phones[0].Label
			o.until("they stand so", func() bool { return len(l.rows) == len(f.rules().Business.Phones) && l.rows[0].label.Text() == first })
		})
	}
}

func TestTheEndsOfTheListCanNotBeMovedBeyond(t *testing.T) {
	o := open(t, settledShop())
	l := o.settingsOf(atPhones).phones
	if first, last := l.menu(0), l.menu(2); !first.Items[0].Disabled || first.Items[1].Disabled || !last.Items[1].Disabled || last.Items[0].Disabled {
		t.Error("the first can go up, or the last down")
	}
}

func TestTheLastPhoneThatGoesLeavesAWord(t *testing.T) {
	f := settledShop()
	f.set.Business.Phones = f.set.Business.Phones[:1]
	o := open(t, f)
	o.settingsOf(atPhones).phones.menu(0).Items[2].Action()
	o.applied(f, `{"business":{"phones":[]}}`)
	o.until("it is said", func() bool { return o.says("There is no phone yet. Without one nobody can be called.") })
}

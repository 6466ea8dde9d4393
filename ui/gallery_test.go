package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ringback/ui/widgets"
)

// TestGallery draws the page as it is in several shops. With RINGBACK_GALLERY set to
// a folder it leaves the pictures there, to be looked at.
func TestGallery(t *testing.T) {
	pictures := []struct {
		name          string
		desk          func() *fakeDesk
		variant       Variant
		width, height float32
		chosen        int64
		says          string
	}{
		{"page-busy-light", busyShop, Light, startWidth, startHeight, 12, "Their phone rings"},
		{"page-busy-dark", busyShop, Dark, startWidth, startHeight, 12, "Their phone rings"},
		{"page-busy-minimum", busyShop, Light, widgets.MinWidth, widgets.MinHeight, 12, "Their phone rings"},
		{"page-missed-light", busyShop, Light, startWidth, startHeight, 10, "Text to you: taken by the phone network"},
		{"page-practice-light", practiceShop, Light, startWidth, startHeight, 12, "Your phone rings"},
		{"page-practice-dark", practiceShop, Dark, startWidth, startHeight, 12, "Your phone rings"},
		{"page-practice-minimum", practiceShop, Light, widgets.MinWidth, widgets.MinHeight, 12, "Your phone rings"},
		{"page-spam-light", spamShop, Light, startWidth, startHeight, 2, "Looks like spam; nobody was called"},
		{"page-many-minimum", manyShop, Light, widgets.MinWidth, widgets.MinHeight, 12, "Their phone rings"},
		{"page-many-dark", manyShop, Dark, startWidth, startHeight, 12, "Their phone rings"},
		{"page-empty-light", func() *fakeDesk { return emptyShop(false) }, Light, startWidth, startHeight, 0, "No one has asked today"},
		{"page-empty-practice-light", func() *fakeDesk { return emptyShop(true) }, Light, startWidth, startHeight, 0, "Try it"},
		{"page-empty-practice-minimum", func() *fakeDesk { return emptyShop(true) }, Light, widgets.MinWidth, widgets.MinHeight, 0, "Try it"},
	}
	for _, p := range pictures {
		t.Run(p.name, func(t *testing.T) {
			o := openIn(t, p.desk(), p.variant)
			o.resize(p.width, p.height)
			if strings.HasPrefix(p.name, "page-spam") {
				o.requests.chooseFilter(3)
				o.until("the list was read", func() bool { return o.read && len(o.rows.all) > 0 })
			}
			if p.chosen != 0 {
				o.requests.list.picked(p.chosen)
			}
			o.until("the history was read", func() bool { return p.chosen == 0 || len(o.detail.Events) > 0 && o.detail.ID == p.chosen })
			o.wantSays(p.says)
			o.keep(p.name)
		})
	}
}

func TestGalleryOfASearchThatFindsNothing(t *testing.T) {
	o := open(t, manyShop())
	o.requests.chooseFilter(0)
	o.requests.search.entry.SetText("croissant 555 01")
	o.until("nothing is found", func() bool { return o.says("Nothing found for “croissant 555 01”") })
	o.keep("page-none-light")
}

func TestGalleryOfTheMenu(t *testing.T) {
	for _, variant := range []Variant{Light, Dark} {
		o := openIn(t, manyShop(), variant)
		o.pick(11)
		test.Tap(o.requests.detail.more)
		o.keep(map[Variant]string{Light: "page-menu-light", Dark: "page-menu-dark"}[variant])
	}
}

func TestGalleryOfATextThatIsWritten(t *testing.T) {
	spanish := func() *fakeDesk {
		f := busyShop()
		f.shop.Language = "es"
		return f
	}
	for _, p := range []struct {
		name          string
		desk          func() *fakeDesk
		variant       Variant
		width, height float32
		id            int64
		typed         string
	}{
		{"page-text-light", busyShop, Light, startWidth, startHeight, 9, ""},
		{"page-text-dark", busyShop, Dark, startWidth, startHeight, 9, strings.Repeat("We open at nine. ", 30)},
		{"page-text-minimum", spanish, Light, widgets.MinWidth, widgets.MinHeight, 11, strings.Repeat("We open at nine. ", 12)},
	} {
		t.Run(p.name, func(t *testing.T) {
			f := p.desk()
			f.shop.Public = "+12125550199"
			o := openIn(t, f, p.variant)
			o.resize(p.width, p.height)
			o.pick(p.id)
			c := o.requests.detail.text
			c.open(o.detail, o.requests.detail.shown)
			if p.typed != "" {
				c.words.SetText(p.typed)
			}
			if !c.content.Visible() {
				t.Error("there is nothing to write in")
			}
			o.keep(p.name)
		})
	}
}

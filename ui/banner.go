package ui

import (
	"fyne.io/fyne/v2"

	"ringback/ui/widgets"
)

// bannerWords are what decides how the banner looks.
type bannerWords struct {
	practice bool
	missing  string
	unsaved  string
	address  string
}

// showBanner says above everything that nothing can be saved, that calls are not real, or
// why none is made.
func (p *requestsPage) showBanner() {
	shop := p.w.shop
	says := bannerWords{practice: shop.Practice, address: shop.FormURL}
	says.missing, says.unsaved = p.w.words.Trouble(shop), p.w.words.Unsaved(shop)
	if says == p.saysBanner {
		return
	}
	p.saysBanner = says
	p.banner.Objects = nil
	switch {
	case says.unsaved != "":
		sentence := p.w.words.Say("banner_unsaved", "what", says.unsaved)
		p.banner.Objects = []fyne.CanvasObject{widgets.NewBanner(widgets.Failed, icon("alert"), sentence)}
	case says.practice:
		p.banner.Objects = []fyne.CanvasObject{p.practiceBanner(says.address)}
	case says.missing != "":
		sentence := p.w.words.Say("banner_missing", "what", says.missing)
		p.banner.Objects = []fyne.CanvasObject{widgets.NewBanner(widgets.Failed, icon("alert"), sentence)}
	}
	p.banner.Hidden = len(p.banner.Objects) == 0
	if p.content != nil {
		p.content.Refresh()
	}
}

func (p *requestsPage) practiceBanner(address string) fyne.CanvasObject {
	var actions []fyne.CanvasObject
	if address != "" {
		actions = []fyne.CanvasObject{
			widgets.NewText(address, widgets.SizeBody, widgets.Planned.Text()),
			widgets.NewButton(widgets.Bare, "", icon("copy"), func() { p.w.copy(address) }),
			widgets.NewButton(widgets.Outline, p.w.words.Say("open_form"), icon("form"), p.w.openForm),
		}
	}
	return widgets.NewBanner(widgets.Planned, icon("info"), p.w.words.Say("banner_practice"), actions...)
}

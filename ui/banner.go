package ui

import (
	"fyne.io/fyne/v2"

	"ringback/ui/widgets"
)

// banner says above every page that nothing can be saved, that calls are not real, or
// why none is made.
type banner struct {
	w       *Window
	content *fyne.Container
	says    bannerWords
}

// bannerWords are what decides how the banner looks.
type bannerWords struct {
	practice bool
	missing  string
	unsaved  string
	address  string
}

func newBanner(w *Window) *banner {
	b := &banner{w: w, content: widgets.Over()}
	b.content.Hide()
	return b
}

// show says what there is to be said now.
func (b *banner) show() {
	shop, words := b.w.shop, b.w.words
	says := bannerWords{practice: shop.Practice, address: shop.FormURL, missing: words.Trouble(shop), unsaved: words.Unsaved(shop)}
	if says == b.says {
		return
	}
	b.says = says
	b.content.Objects = nil
	switch {
	case says.unsaved != "":
		b.content.Add(widgets.NewBanner(widgets.Failed, icon("alert"), words.Say("banner_unsaved", "what", says.unsaved)))
	case says.practice:
		b.content.Add(b.practice(says.address))
	case says.missing != "":
		b.content.Add(widgets.NewBanner(widgets.Failed, icon("alert"), words.Say("banner_missing", "what", says.missing)))
	}
	b.content.Hidden = len(b.content.Objects) == 0
	b.content.Refresh()
	widgets.LayOut(b.w.holder)
}

func (b *banner) practice(address string) fyne.CanvasObject {
	var actions []fyne.CanvasObject
	if address != "" {
		actions = []fyne.CanvasObject{
			widgets.NewText(address, widgets.SizeBody, widgets.Planned.Text()),
			widgets.NewButton(widgets.Bare, "", icon("copy"), func() { b.w.copy(address) }),
			widgets.NewButton(widgets.Outline, b.w.words.Say("open_form"), icon("form"), b.w.openForm),
		}
	}
	return widgets.NewBanner(widgets.Planned, icon("info"), b.w.words.Say("banner_practice"), actions...)
}

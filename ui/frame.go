package ui

import (
	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// frame is what stands at the left of each page: the side bar, and the rail where the
// window is narrow.
type frame struct {
	sidebar, rail fyne.CanvasObject
	business      *widgets.Text
	program       *widgets.Text       // hidden where the shop has no name of its own
	requests      [2]*widgets.NavItem // the way to the requests, with their count
	state         [2]*widgets.StateCard
	pause         *pauseButton
	railPause     *widgets.Button
	open          *widgets.Button // the form; in practice the banner has it
}

func newFrame(w *Window) *frame {
	f := &frame{business: widgets.NewText("", widgets.SizeLead, widgets.ColorText).Bold().Cut()}
	f.requests = w.places[0].nav
	f.pause = newPauseButton(w)
	f.open = widgets.NewButton(widgets.Bare, w.words.Say("open_form"), icon("form"), w.openForm)
	f.railPause = widgets.NewButton(widgets.Plain, "", icon("pause"), func() { w.offerPauses(f.railPause) })
	f.state[0] = widgets.NewStateCard(widgets.Down(widgets.Gap2, f.pause.content, f.open))
	f.state[1] = widgets.NewStateRail(f.railPause)
	f.program = widgets.NewText(w.words.Say("title"), widgets.SizeCaption, widgets.ColorSecond)
	brand := widgets.Pad(widgets.Gap2, widgets.Gap3, widgets.Gap4, 6, widgets.Across(10,
		widgets.NewPicture(logo(), 32), widgets.Grow(widgets.Down(0, f.business, f.program))))
	ways := [2]*fyne.Container{widgets.Down(widgets.Gap1), widgets.Down(widgets.Gap1)}
	for _, l := range w.places {
		for i, n := range l.nav {
			ways[i].Add(n)
		}
	}
	f.sidebar = widgets.Down(0, brand, ways[0], widgets.Space(), f.state[0])
	top := widgets.Pad(0, 0, widgets.Gap3, 0, widgets.Centered(widgets.NewPicture(logo(), 32)))
	f.rail = widgets.Down(0, top, ways[1], widgets.Space(), f.state[1])
	return f
}

func (f *frame) show(words view.Words, shop desk.Shop) {
	name := shop.Name
	if name == "" {
		name = words.Say("title")
	}
	f.business.SetText(name)
	f.program.Hidden = shop.Name == ""
	s := words.State(shop)
	state := widgets.ShopState{Role: role(s.Role), Headline: s.Headline, Sub: s.Sub, Short: s.Short, ShortSub: s.ShortSub}
	for _, h := range s.Health {
		state.Health = append(state.Health, widgets.Health{Name: h.Name, Short: h.Short, Word: h.Word, Role: role(h.Role), Icon: icon(h.Icon)})
	}
	f.pause.show(shop.Opening)
	f.open.Hidden = shop.FormURL == "" || shop.Practice
	for i, bar := range []fyne.CanvasObject{f.sidebar, f.rail} {
		f.requests[i].SetCount(shop.NeedsYou)
		before := f.state[i].MinSize()
		if f.state[i].Set(state); f.state[i].MinSize() != before {
			bar.Refresh() // it stands at the foot
		}
	}
}

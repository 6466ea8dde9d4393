package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// keptLed: the owner has been led through practice and wants it no more; kept as in
// closing.go.
const keptLed = "led_through_practice"

// firstRun leads, above the list, through the first request that is pretended. Its steps
// tick themselves off as they happen, by whatever way: it only looks at the request.
type firstRun struct {
	w       *Window
	content *fyne.Container // hidden while nobody is led
	shown   view.Guide
	title   *widgets.Text
	text    *widgets.Para
	steps   *widgets.Steps
	again   *widgets.Button
	finish  *widgets.Button
	drop    *widgets.Button
	low     bool // only what to do now stands there
}

func newFirstRun(w *Window) *firstRun {
	say := w.words.Say
	f := &firstRun{
		w:      w,
		title:  widgets.NewText("", widgets.SizeBody, widgets.ColorText).Bold().Cut(),
		text:   widgets.NewPara("", widgets.SizeCaption, widgets.ColorText),
		steps:  widgets.NewSteps(widgets.StepIcons{Done: icon("check"), Wrong: icon("cross")}),
		again:  widgets.NewButton(widgets.Plain, say("firstrun_again"), nil, w.pretend),
		finish: widgets.NewButton(widgets.Plain, say("firstrun_finish"), nil, w.leadNoMore),
		drop:   widgets.NewButton(widgets.Bare, "", icon("cross"), w.leadNoMore),
	}
	words := widgets.Across(widgets.Gap3, widgets.Grow(widgets.Down(widgets.Gap1, f.title, f.text)), f.again, f.finish, f.drop)
	f.content = widgets.NewGround(widgets.ColorSurface, widgets.Down(0,
		widgets.Pad(widgets.Gap2, widgets.Gap5, widgets.Gap2, widgets.Gap5, widgets.Down(widgets.Gap3, words, f.steps)),
		widgets.NewHairline()))
	f.content.Hide()
	return f
}

// fit leaves title and steps out where the page is low.
func (f *firstRun) fit(low bool) {
	if low == f.low {
		return
	}
	f.low = low
	f.title.Hidden, f.steps.Hidden = low, low
	f.content.Refresh()
}

// show leads on, as far as the newest request is; recent are the newest few.
func (f *firstRun) show(recent []callback.Request) {
	guide, on := f.w.words.Guide(f.w.shop, recent)
	on = on && !f.w.o.App.Preferences().Bool(keptLed)
	if was := f.content.Visible(); !on {
		f.content.Hide()
		if was {
			f.w.requests.content.Refresh()
		}
		return
	}
	if f.content.Visible() && sameGuide(guide, f.shown) {
		return
	}
	f.shown = guide
	f.content.Show()
	f.title.SetText(guide.Title)
	f.text.SetText(guide.Text)
	f.again.Hidden = !guide.Again && !guide.Over
	f.finish.Hidden = !guide.Over
	f.drop.Hidden = guide.Over
	f.steps.Set(guideSteps(guide))
	f.content.Refresh() // beside other buttons the sentence has another height, and the page asks for it
	f.w.requests.content.Refresh()
}

func sameGuide(a, b view.Guide) bool {
	return a.Title == b.Title && a.Text == b.Text && a.Over == b.Over && a.Again == b.Again && slices.Equal(a.Steps, b.Steps)
}

func guideSteps(g view.Guide) (steps []widgets.Step) {
	for _, s := range g.Steps {
		steps = append(steps, widgets.Step{Label: s.Label, State: stepStates[s.State]})
	}
	return steps
}

// leadNoMore: the owner has seen enough.
func (w *Window) leadNoMore() {
	w.o.App.Preferences().SetBool(keptLed, true)
	w.requests.firstRun.show(nil)
}

// pretend makes a request without a browser, in practice only, and shows it.
func (w *Window) pretend() {
	name, message := w.words.Say("firstrun_name"), w.words.Say("firstrun_message")
	var id int64
	w.errand(func(ctx context.Context) (err error) {
		if p := w.o.Desk.Practice(); p != nil { // it may have gone live meanwhile
			id, err = p.Pretend(ctx, name, message)
		}
		return err
	}, func() {
		if id == 0 {
			return
		}
		w.requests.chooseFilter(slices.Index(filters, desk.Today)) // where it stands now
		w.choose(id)
		w.requests.showDetail()
		w.look()
	})
}

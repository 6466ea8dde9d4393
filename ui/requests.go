package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// nearEnd is how many rows before the end of what was read the next page is asked for.
const nearEnd = 20

var filters = []desk.Filter{desk.NeedsYou, desk.Today, desk.All}

// requestsPage is the list of requests, the one that is selected, and in practice the
// two phones. What it shows is read by the window's feed, whatever page is on the screen:
// the side bar counts the requests.
type requestsPage struct {
	w       *Window
	content *fyne.Container

	filters *widgets.Segmented
	list    *requestList
	none    *widgets.Para // in place of the list, when only the detail has something to show
	detail  *detailPane
	split   *fyne.Container
	empty   *fyne.Container
	strip   *strip
	newCall *newCall

	firstRun *firstRun

	around, older int64 // see glance
	top           []int64
	saysEmpty     view.Empty
}

func newRequestsPage(w *Window) *requestsPage {
	p := &requestsPage{w: w, empty: widgets.NewGround(widgets.ColorSurface, widgets.Over())}
	p.filters = widgets.NewSegmented(p.filtered, w.words.Say("filter_needs"), w.words.Say("filter_today"), w.words.Say("filter_all"))
	p.filters.Select(slices.Index(filters, w.filter))
	p.list = p.newList()
	p.detail = newDetailPane(w)
	p.none = widgets.NewPara("", widgets.SizeBody, widgets.ColorSecond).Center()
	listing := widgets.Over(widgets.Pad(widgets.Gap3, widgets.Gap3, 0, widgets.Gap3, p.list), widgets.PadAll(widgets.Gap6, p.none))
	p.split = widgets.NewSplit(listing, p.detail.content)
	p.strip = newStrip(w)
	p.newCall = newNewCall(w)
	p.firstRun = newFirstRun(w)
	p.content = widgets.Down(0, widgets.NewTopBar(p.filters, widgets.Space(), p.newCall.content), p.firstRun.content,
		widgets.Grow(widgets.Over(p.split, p.empty)), p.strip.content)
	p.split.Hide()
	return p
}

func (p *requestsPage) body() fyne.CanvasObject { return p.content }
func (p *requestsPage) come()                   { p.focus() }
func (p *requestsPage) leave()                  {}

func (p *requestsPage) newList() *requestList {
	l := newRequestList()
	l.count = func() int { return len(p.w.rows.all) }
	l.row = func(i int) view.Row { return p.w.words.Row(p.w.rows.all[i].Request, p.w.shop.Line, p.w.o.Now()) }
	l.selected = func() int { return p.w.rows.index(p.w.chosen) }
	l.drawn = p.drawn
	l.picked = func(id int64) {
		if id == p.w.chosen {
			return
		}
		p.w.choose(id)
		p.showDetail()
		p.w.look()
	}
	return l
}

// drawn asks for what a row on the screen shows to be missing: the page that it is
// on, where that was not read since the last change, and the page after the last.
func (p *requestsPage) drawn(i int) {
	rows := &p.w.rows
	if rows.stale(i) {
		p.around = max(p.around, rows.all[i].ID+1)
	}
	if i >= len(rows.all)-nearEnd {
		p.older = rows.end()
	}
	p.w.look()
}

// filtered: the owner has chosen another filter.
func (p *requestsPage) filtered(i int) {
	p.w.filter = filters[i]
	p.w.rows = rows{}
	p.w.read = false
	p.w.chosen = 0
	p.w.detail = desk.Detail{}
	p.around, p.older, p.top = 0, 0, nil
	p.list.show(0)
	p.list.ScrollToTop()
	p.w.look()
}

// chooseFilter does by the keyboard what a click on a filter does.
func (p *requestsPage) chooseFilter(i int) {
	if p.filters.Selected() != i {
		p.filters.Select(i)
		p.filtered(i)
	}
}

// filterByKey and typeNewCall also lead here from another page.
func (p *requestsPage) filterByKey(i int) {
	p.w.goTo(p)
	p.chooseFilter(i)
}

func (p *requestsPage) typeNewCall() {
	p.w.goTo(p)
	p.newCall.focus()
}

// focus gives the keyboard to the list.
func (p *requestsPage) focus() {
	if p.split.Visible() {
		p.w.win.Canvas().Focus(p.list)
	}
}

func (p *requestsPage) showShop() {
	p.filters.SetCount(0, p.w.shop.NeedsYou)
	p.filters.SetCount(1, p.w.shop.Today)
}

// showList draws the list, or says that there is nobody in it.
func (p *requestsPage) showList() {
	empty := len(p.w.rows.all) == 0
	if p.w.read && empty && p.w.chosen == 0 {
		p.showEmpty()
		return
	}
	p.none.SetText("")
	if p.w.read && empty {
		p.none.SetText(p.w.words.Empty(p.w.filter, p.w.shop).Title)
	}
	p.list.show(p.added())
	p.swap(p.split, p.empty)
}

// added is how many rows came in above those that were there.
func (p *requestsPage) added() int {
	rows := p.w.rows.all
	n := 0
	if len(p.top) > 0 {
		n = max(0, slices.IndexFunc(rows, func(r row) bool { return slices.Contains(p.top, r.ID) }))
	}
	p.top = p.top[:0]
	for _, r := range rows[:min(len(rows), pageSize)] {
		p.top = append(p.top, r.ID)
	}
	return n
}

func (p *requestsPage) swap(show, hide *fyne.Container) {
	if !show.Visible() || hide.Visible() {
		hide.Hide()
		show.Show()
		p.content.Refresh()
	}
}

func (p *requestsPage) showEmpty() {
	p.top = nil
	words := p.w.words.Empty(p.w.filter, p.w.shop)
	if !sameEmpty(words, p.saysEmpty) {
		p.saysEmpty = words
		p.empty.Objects[1] = p.newEmpty(words)
		p.empty.Refresh()
	}
	p.list.show(0)
	p.swap(p.empty, p.split)
}

func sameEmpty(a, b view.Empty) bool {
	return a.Title == b.Title && a.Text == b.Text && a.StepsTitle == b.StepsTitle && slices.Equal(a.Steps, b.Steps)
}

func (p *requestsPage) newEmpty(words view.Empty) fyne.CanvasObject {
	e := widgets.EmptyState{Title: words.Title, Text: words.Text, StepsTitle: words.StepsTitle, Steps: words.Steps}
	if !p.w.shop.Practice {
		e.Icon = icon("callback")
	}
	form := widgets.Main
	if p.w.shop.Practice {
		form = widgets.Plain
		e.Buttons = append(e.Buttons, widgets.NewButton(widgets.Main, p.w.words.Say("firstrun_pretend"), icon("callback"), p.w.pretend).Large())
	}
	if p.w.shop.FormURL != "" {
		e.Buttons = append(e.Buttons, widgets.NewButton(form, p.w.words.Say("open_form"), icon("form"), p.w.openForm).Large())
	}
	return widgets.Scroll(widgets.NewEmptyState(e))
}

func (p *requestsPage) showDetail() { p.detail.show() }

func (p *requestsPage) tick(now time.Time) {
	p.list.tick(func(r view.Row) string { return p.w.words.Age(r, now) })
	p.detail.tick(now)
	p.strip.tick(now)
}

package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

var filters = []desk.Filter{desk.NeedsYou, desk.Today, desk.All, desk.Spam}

// requestsPage is the list of requests, the one that is selected, and in practice the
// two phones. What it shows is read by the window's feed, whatever page is on the screen:
// the side bar counts the requests.
type requestsPage struct {
	w       *Window
	content *fyne.Container

	bar     *fyne.Container // filters, search and new call: laid out anew where a filter's words change
	filters *widgets.Segmented
	list    *requestList
	none    *widgets.Para // in place of the list, when only the detail has something to show
	detail  *detailPane
	split   *fyne.Container
	empty   *fyne.Container
	strip   *strip
	newCall *newCall
	search  *search

	firstRun *firstRun

	near      int64 // see glance
	pending   int   // the place that was chosen before anybody knew who stands there; -1: none
	added     int   // by how many places what is on the screen has moved since it was drawn
	saysEmpty view.Empty
}

func newRequestsPage(w *Window) *requestsPage {
	p := &requestsPage{w: w, pending: -1, empty: widgets.NewGround(widgets.ColorSurface, widgets.Over())}
	p.filters = widgets.NewSegmented(p.filtered, w.words.Say("filter_needs"), w.words.Say("filter_today"), w.words.Say("filter_all"), w.words.Say("requests_filter_spam"))
	p.filters.Select(slices.Index(filters, w.filter))
	p.list = p.newList()
	p.detail = newDetailPane(w)
	p.none = widgets.NewPara("", widgets.SizeBody, widgets.ColorSecond).Center()
	listing := widgets.Over(widgets.Pad(widgets.Gap2, widgets.Gap3, 0, widgets.Gap3, p.list), widgets.PadAll(widgets.Gap6, p.none))
	p.split = widgets.NewSplit(listing, p.detail.content)
	p.strip = newStrip(w)
	p.search = newSearch(w, p)
	p.newCall = newNewCall(w, p.search.content)
	p.firstRun = newFirstRun(w)
	p.bar = widgets.NewTopBar(p.filters, widgets.Grow(p.newCall.field), p.newCall.button)
	p.content = widgets.DownByHeight(p.fit, p.bar, p.firstRun.content, widgets.Grow(widgets.Over(p.split, p.empty)), p.strip.content)
	p.split.Hide()
	return p
}

func (p *requestsPage) body() fyne.CanvasObject { return p.content }

// fit makes room for the list where the page is low.
func (p *requestsPage) fit(low bool) {
	p.firstRun.fit(low)
	p.strip.fit(low)
}

func (p *requestsPage) come()  { p.focus() }
func (p *requestsPage) leave() {}

func (p *requestsPage) newList() *requestList {
	l := newRequestList()
	l.count = func() int { return p.w.rows.Count }
	l.row = func(i int) (view.Row, bool) {
		r := p.w.rows.row(i)
		if r == nil {
			return view.Row{}, false
		}
		return p.w.words.Row(*r, p.w.shop.Line, p.w.o.Now()), true
	}
	l.selected = func() int {
		if p.pending >= 0 {
			return p.pending
		}
		return p.w.rows.index(p.w.chosen)
	}
	l.drawn = p.w.look
	l.pressed = p.key
	l.picked = func(i int) {
		if r := p.w.rows.row(i); r != nil && r.ID == p.w.chosen {
			return
		}
		p.chooseAt(i)
		p.showDetail()
		p.w.look()
	}
	return l
}

// chooseAt selects what stands at that place. Where nobody knows yet what that is, nothing
// is selected until somebody does, so that no wish goes to another request.
func (p *requestsPage) chooseAt(i int) {
	p.pending = -1
	if r := p.w.rows.row(i); r != nil {
		p.w.choose(r.ID)
		return
	}
	p.w.choose(0)
	p.pending = i
}

// settle selects what was chosen before it was known, or the first on the screen where
// nothing is selected. Whoever has gone elsewhere meanwhile has not chosen.
func (p *requestsPage) settle() {
	top := p.list.topAfter(p.added)
	if p.w.rows.row(p.pending) == nil && (p.pending < top || p.pending > top+p.list.fit()) {
		p.pending = -1
	}
	at := p.pending
	if at < 0 && p.w.chosen == 0 {
		at = top
	}
	if r := p.w.rows.row(at); r != nil {
		p.pending = -1
		p.w.choose(r.ID)
	}
}

// glance is what is on the screen.
func (p *requestsPage) glance() glance {
	g := glance{filter: p.w.filter, search: p.w.search, selected: p.w.chosen, near: p.nearest()}
	top := p.list.top()
	if g.near == 0 {
		g.at = top
	}
	if g.search != "" {
		g.most = mostFound * (1 + (top+spanSize)/mostFound)
	}
	return g
}

// nearest is the request that the known ones lie around: another one only when it is not
// near any more, or everything would be read again at each row that one goes on.
func (p *requestsPage) nearest() int64 {
	top := p.list.top()
	at := p.w.rows.index(p.near)
	if away := at - top; at < 0 || away > spanAbove/3 || away < -spanAbove/3 {
		p.near = 0
		if r := p.w.rows.row(top); r != nil {
			p.near = r.ID
		}
	}
	if top == 0 {
		p.near = 0 // whatever is the newest
	}
	return p.near
}

// take says whether the rows that were seen at a glance are to be shown.
func (p *requestsPage) take(now *rows, g glance) bool {
	before := &p.w.rows
	top := p.list.top()
	by, known := now.moved(before, top)
	if g != p.glance() && now.row(p.list.topAfter(p.added+by)) == nil && before.row(top) != nil {
		return false // the feed already reads what is on the screen
	}
	if known {
		p.added += by
	}
	if p.pending >= 0 {
		p.pending = min(p.pending+by, now.Count-1)
	}
	return true
}

// filtered: the owner has chosen another filter.
func (p *requestsPage) filtered(i int) {
	p.w.filter = filters[i]
	p.anew()
}

// anew begins at the top of another list.
func (p *requestsPage) anew() {
	p.w.rows = rows{}
	p.w.read = false
	p.w.chosen = 0
	p.w.detail = desk.Detail{}
	p.near, p.pending, p.added, p.saysEmpty = 0, -1, 0, view.Empty{}
	p.bar.Refresh()
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

func (p *requestsPage) typeSearch() {
	p.w.goTo(p)
	p.search.focus()
}

// tickOff does by the keyboard what a click on Done does, where there is one.
func (p *requestsPage) tickOff() {
	if p.w.here == page(p) && p.detail.offers(view.Done) {
		p.detail.done()
	}
}

// writeText does by the keyboard what a click on Text does, where there is one.
func (p *requestsPage) writeText() {
	if p.w.here == page(p) && p.detail.offers(view.Text) {
		p.detail.press(view.Text)
	}
}

// copyNumber does by the keyboard what a click on the sheets beside the number does.
func (p *requestsPage) copyNumber() {
	if p.w.here == page(p) && p.detail.shown.E164 != "" {
		p.detail.copyNumber()
	}
}

// key is pressed while the list has the keyboard, or nothing has: Enter is the one likely
// action of the request, Escape ends a search.
func (p *requestsPage) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.detail.pressMain()
	case fyne.KeyEscape:
		if !p.w.escape() {
			p.search.end()
		}
	default:
		return false
	}
	return true
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
	shop := p.w.shop
	for i, n := range []int{shop.NeedsYou, shop.Today, shop.All, shop.Spam} {
		p.filters.SetCount(i, p.w.words.Count(n))
	}
	p.bar.Refresh()
}

// showList draws the list, or says that there is nobody in it.
func (p *requestsPage) showList() {
	empty := p.w.rows.Count == 0
	if p.w.read && empty && p.w.chosen == 0 {
		p.showEmpty()
		return
	}
	p.none.SetText("")
	if p.w.read && empty {
		p.none.SetText(p.w.words.Empty(p.w.filter, p.w.search, p.w.shop).Title)
	}
	p.list.show(p.added)
	p.added = 0
	p.swap(p.split, p.empty)
}

func (p *requestsPage) swap(show, hide *fyne.Container) {
	if !show.Visible() || hide.Visible() {
		hide.Hide()
		show.Show()
		p.content.Refresh()
	}
}

func (p *requestsPage) showEmpty() {
	p.added = 0
	words := p.w.words.Empty(p.w.filter, p.w.search, p.w.shop)
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
	add := func(kind widgets.ButtonKind, label, glyph string, do func()) {
		e.Buttons = append(e.Buttons, widgets.NewButton(kind, label, icon(glyph), do).Large())
	}
	say := p.w.words.Say
	switch {
	case p.w.search != "":
		e.Icon = icon("search")
		if p.w.filter != desk.All {
			add(widgets.Main, say("requests_show_all"), "inbox", func() { p.chooseFilter(slices.Index(filters, desk.All)) })
		}
	case p.w.filter == desk.Spam:
		e.Icon = icon("shield")
	case p.w.shop.Practice:
		add(widgets.Main, say("firstrun_pretend"), "callback", p.w.pretend)
		if p.w.shop.FormURL != "" {
			add(widgets.Plain, say("open_form"), "form", p.w.openForm)
		}
	default:
		e.Icon = icon("callback")
		if p.w.shop.FormURL != "" {
			add(widgets.Main, say("open_form"), "form", p.w.openForm)
		}
	}
	return widgets.Scroll(widgets.NewEmptyState(e))
}

func (p *requestsPage) showDetail() { p.detail.show() }

func (p *requestsPage) tick(now time.Time) {
	p.list.tick(func(r view.Row) string { return p.w.words.Age(r, now) })
	p.detail.tick(now)
	p.strip.tick(now)
}

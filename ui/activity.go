package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// activityPage is the event log: a list of entries that can be narrowed, what the check of
// its chain found, and the way to a file.
type activityPage struct {
	w       *Window
	content *fyne.Container
	watch   *watch
	asked   logAsked

	topic, period  *choice
	search         *widget.Entry
	first, last    *widget.Entry
	dayFault       *widgets.Para
	between        *fyne.Container
	state          *widgets.Chip
	head           *fyne.Container
	broken         *fyne.Container
	list           *entryList
	none           *fyne.Container
	foot           *widgets.Text
	idle           *fyne.Container // where an export stands while one is made
	checkAgain     *widgets.Button
	csv, jsonLines *widgets.Button
	export         *export

	lines   []desk.Entry
	glance  logGlance
	more    bool // there are older ones than lines
	checked bool // the chain was checked, or is being
	stop    context.CancelFunc
}

// dayWidth has room for a day as it is typed.
const dayWidth = 124

// nearEnd is how many lines before the end of what was read the next page is asked for.
const nearEnd = 20

func newActivityPage(w *Window) *activityPage {
	p := &activityPage{w: w, watch: newWatch(w), stop: func() {}}
	var topics []string
	for _, t := range desk.Topics() {
		topics = append(topics, w.words.Topic(t))
	}
	p.topic = newChoice(w, topics, func(int) { p.narrow() })
	p.period = newChoice(w, w.words.Periods(), func(int) { p.narrow() })
	p.search = widget.NewEntry()
	p.search.SetPlaceHolder(w.words.Say("activity_search"))
	p.search.SetIcon(theme.NewThemedResource(icon("search")))
	p.search.OnChanged = func(string) { p.narrow() }
	p.csv = widgets.NewButton(widgets.Plain, w.words.Say("activity_csv"), icon("download"), func() { p.export.choose(desk.CSV) })
	p.jsonLines = widgets.NewButton(widgets.Plain, w.words.Say("activity_json"), icon("download"), func() { p.export.choose(desk.JSONLines) })
	p.newDays()
	p.newState()
	p.export = newExport(p)
	p.list = p.newList()
	p.content = widgets.NewGround(widgets.ColorPage, widgets.Pad(20, widgets.Gap6, widgets.Gap5, widgets.Gap6, p.arranged()))
	return p
}

// newDays makes the entries for a first and a last day.
func (p *activityPage) newDays() {
	day := func() *widget.Entry {
		e := widget.NewEntry()
		e.SetPlaceHolder(p.w.words.Say("activity_day_hint"))
		e.OnChanged = func(string) { p.narrow() }
		return e
	}
	p.first, p.last = day(), day()
	p.dayFault = widgets.NewPara("", widgets.SizeCaption, widgets.Failed.Text())
	label := func(key string) fyne.CanvasObject {
		return widgets.NewText(key, widgets.SizeBody, widgets.ColorSecond)
	}
	p.between = widgets.Across(widgets.Gap3,
		label(p.w.words.Say("activity_from")), widgets.Fixed(dayWidth, 36, p.first),
		label(p.w.words.Say("activity_to")), widgets.Fixed(dayWidth, 36, p.last), widgets.Grow(p.dayFault))
	p.between.Hide()
}

func (p *activityPage) newState() {
	p.state = widgets.NewChip(widgets.Quiet, icon("shield"), "")
	p.state.Hide()
	p.broken = widgets.Over()
	p.broken.Hide()
	p.foot = widgets.NewText("", widgets.SizeCaption, widgets.ColorSecond).Cut()
	p.checkAgain = widgets.NewButton(widgets.Bare, p.w.words.Say("activity_check"), icon("shield"), p.check)
}

func (p *activityPage) arranged() fyne.CanvasObject {
	say := p.w.words.Say
	title := widgets.NewText(say("activity_title"), widgets.SizeTitle, widgets.ColorText).Bold()
	p.head = widgets.Across(widgets.Gap4, title, widgets.Space(), p.state)
	filters := widgets.Across(widgets.Gap3, p.topic.Button, p.period.Button, widgets.Grow(widgets.Fixed(120, 36, p.search)), p.csv, p.jsonLines)
	p.none = widgets.Over()
	p.none.Hide()
	heads := widgets.LogHead(say("activity_head_time"), say("activity_head_who"), say("activity_head_what"), say("activity_head_request"))
	table := widgets.NewBox(widgets.ColorSurface, widgets.ColorHairline, widgets.RadiusCard,
		widgets.Pad(1, 1, widgets.Gap2, 1, widgets.Down(0, heads, widgets.NewHairline(), widgets.Grow(widgets.Over(p.list, p.none)))))
	p.idle = widgets.Across(widgets.Gap3, widgets.Grow(p.foot), p.checkAgain)
	return widgets.Down(widgets.Gap4, p.head, p.broken, filters, p.between, widgets.Grow(table), widgets.Over(p.idle, p.export.content))
}

func (p *activityPage) newList() *entryList {
	l := newEntryList()
	l.count = func() int { return len(p.lines) }
	l.row = func(i int) view.EntryRow { return p.w.words.EntryRow(p.lines[i], p.w.o.Now()) }
	l.drawn = func(i int) {
		if i >= len(p.lines)-nearEnd {
			p.older()
		}
	}
	l.open = p.w.openRequest
	return l
}

// openRequest shows a request on its page, whatever is shown there.
func (w *Window) openRequest(id int64) {
	w.goTo(w.requests)
	w.requests.chooseFilter(slices.Index(filters, desk.All))
	w.choose(id)
	w.requests.showDetail()
	w.look()
}

func (p *activityPage) body() fyne.CanvasObject { return p.content }
func (p *activityPage) showShop()               {}
func (p *activityPage) tick(time.Time)          {}

// focus gives the keyboard to the search.
func (p *activityPage) focus() { p.w.win.Canvas().Focus(p.search) }

// come reads the log from now on, and has its chain checked the first time.
func (p *activityPage) come() {
	p.restart()
	d, do := p.w.o.Desk, p.take
	p.watch.look(func(ctx context.Context) (func(), error) {
		s, err := readLog(ctx, d, p.asked.get())
		return func() { do(s) }, err
	})
	if !p.checked {
		p.check()
	}
}

// leave forgets what was read: a person who is erased meanwhile must not stand here.
func (p *activityPage) leave() {
	p.watch.rest()
	p.stop()
	p.lines = nil
}

// query is what the filters say; false: the days that were typed are none.
func (p *activityPage) query() (desk.EntryQuery, bool) {
	q := desk.EntryQuery{Topic: desk.Topics()[p.topic.selected], Text: p.search.Text}
	period, fault := view.Period(p.period.selected), ""
	q.From, q.To = p.w.words.Span(period, p.w.o.Now())
	if period == view.Between {
		q.From, q.To, fault = p.w.words.Days(p.first.Text, p.last.Text)
	}
	p.dayFault.SetText(fault)
	return q, fault == ""
}

// narrow obeys the filters.
func (p *activityPage) narrow() {
	between := view.Period(p.period.selected) == view.Between
	if between != p.between.Visible() {
		p.between.Hidden = !between
		p.content.Refresh()
	}
	p.restart()
}

// restart reads anew what the filters ask for.
func (p *activityPage) restart() {
	q, ok := p.query()
	if !ok {
		return // what stands here stays until it is a day
	}
	p.lines, p.more = nil, true
	p.glance = logGlance{version: p.glance.version + 1, query: q}
	p.asked.set(p.glance)
	p.list.begin()
	p.watch.again()
}

// older asks for older entries, where there are any.
func (p *activityPage) older() {
	if !p.more || p.glance.older || !p.glance.begun {
		return
	}
	p.glance.older = true
	p.asked.set(p.glance)
	p.watch.again()
}

// take draws what was read.
func (p *activityPage) take(s logSight) {
	if s.version != p.glance.version {
		return // read for filters of before
	}
	added := len(s.fresh)
	switch {
	case s.all:
		p.lines, added = slices.Clone(s.fresh), 0
		p.glance.next, p.more = s.next, s.more
	default:
		p.lines = slices.Concat(s.fresh, p.lines, s.older)
		if s.logGlance.older {
			p.glance.next, p.more = s.next, s.more
		}
	}
	p.glance.begun, p.glance.older = true, false
	if len(p.lines) > 0 {
		p.glance.top = p.lines[0].Place()
	}
	p.asked.set(p.glance)
	if len(p.lines) < entriesPage { // a rare word: it may be further back
		p.older()
	}
	p.showEntries(added)
}

func (p *activityPage) showEntries(added int) {
	p.foot.SetText("")
	if p.more && p.glance.query.Text != "" && len(p.lines) < entriesPage {
		p.foot.SetText(p.w.words.LookedBack(p.glance.next.At, p.w.o.Now()))
	}
	empty := len(p.lines) == 0 && !p.more
	p.none.Objects = nil
	if empty {
		p.none.Objects = []fyne.CanvasObject{widgets.Scroll(p.newNone())}
	}
	p.none.Hidden = !empty
	p.list.show(added)
	p.none.Refresh()
}

func (p *activityPage) narrowed() bool {
	q := p.glance.query
	return q.Topic != desk.AllTopics || q.Text != "" || !q.From.IsZero() || !q.To.IsZero()
}

func (p *activityPage) newNone() fyne.CanvasObject {
	says := p.w.words.NoEntries(p.narrowed())
	e := widgets.EmptyState{Title: says.Title, Text: says.Text, Icon: icon("log")}
	if p.narrowed() {
		e.Buttons = []fyne.CanvasObject{widgets.NewButton(widgets.Main, p.w.words.Say("activity_all"), nil, p.showAll)}
	}
	return widgets.NewEmptyState(e)
}

// showAll takes all filters back.
func (p *activityPage) showAll() {
	p.topic.mark(0)
	p.period.mark(0)
	p.search.SetText("") // tells narrow, where it was not empty
	p.narrow()
}

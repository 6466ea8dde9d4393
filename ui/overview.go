package ui

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// reportDays are the periods that can be chosen.
var reportDays = []int{7, 30, 90}

// chartHeight is that of a chart of days.
const chartHeight = 190

// overviewPage is what the last days were like: today in four numbers, and charts that
// each have their numbers one click away.
type overviewPage struct {
	w       *Window
	content *fyne.Container
	watch   *watch

	period  *widgets.Segmented
	charts  *fyne.Container // all below the title
	empty   *fyne.Container
	figures [4]*widgets.Figure
	byDay   *chart
	ring    *chart
	when    *chart
	bars    *widgets.Bars
	rings   *widgets.Bars
	heat    *widgets.Heat
	costs   *fyne.Container
	shown   bool // a report was drawn
	last    view.Overview
}

func newOverviewPage(w *Window) *overviewPage {
	p := &overviewPage{w: w, watch: newWatch(w)}
	say := w.words.Say
	p.period = widgets.NewSegmented(func(int) { p.read() }, say("overview_7"), say("overview_30"), say("overview_90"))
	p.period.Select(1)
	p.figures = [4]*widgets.Figure{
		widgets.NewFigure(icon("callback"), widgets.Quiet, say("overview_asked_today")),
		widgets.NewFigure(icon("checkc"), widgets.Talked, say("overview_talked_today")),
		widgets.NewFigure(icon("missed"), widgets.Needs, say("overview_missed")),
		widgets.NewFigure(icon("clock"), widgets.Quiet, say("overview_wait")),
	}
	p.newCharts()
	p.empty = widgets.Over()
	p.empty.Hide()
	top := widgets.Across(widgets.Gap4, widgets.NewText(say("overview_title"), widgets.SizeTitle, widgets.ColorText).Bold(), widgets.Space(), p.period)
	p.charts = widgets.Down(0, widgets.Grow(widgets.Scroll(widgets.Pad(1, widgets.Gap4, widgets.Gap5, 1, p.arranged()))))
	p.charts.Hide()
	p.content = widgets.NewGround(widgets.ColorPage, widgets.Down(widgets.Gap4,
		widgets.Pad(20, widgets.Gap6, 0, widgets.Gap6, top),
		widgets.Grow(widgets.Over(widgets.Pad(0, widgets.Gap4, 0, widgets.Gap6, p.charts), p.empty))))
	return p
}

func (p *overviewPage) newCharts() {
	say := p.w.words.Say
	p.bars, p.rings = widgets.NewBars(chartHeight), widgets.NewBars(chartHeight)
	days := p.w.words.HeatNames()
	p.heat = widgets.NewHeat(days, []string{"0", "3", "6", "9", "12", "15", "18", "21"})
	p.byDay = newChart(p, say("overview_by_day"), p.bars,
		widgets.NewLegend(widgets.Talked, icon("checkc"), say("overview_talked")), widgets.NewLegend(widgets.Needs, icon("missed"), say("overview_needs")),
		widgets.NewLegend(widgets.Failed, icon("alert"), say("overview_failed")), widgets.NewLegend(widgets.Planned, icon("clock"), say("overview_underway")),
		widgets.NewLegend(widgets.Quiet, icon("crossc"), say("overview_cancelled")))
	p.when = newChart(p, say("overview_when"), p.heat, widgets.NewHeatLegend(say("overview_few"), say("overview_many"), say("overview_open")))
	p.ring = newChart(p, say("overview_ring"), p.rings, widgets.NewLegend(widgets.Live, icon("phonering"), say("overview_ring_unit")))
	p.costs = widgets.Over()
}

func (p *overviewPage) arranged() fyne.CanvasObject {
	tiles := widgets.Columns(widgets.Gap4, 4, p.figures[0].Container, p.figures[1].Container, p.figures[2].Container, p.figures[3].Container)
	costs := widgets.NewCard(widgets.NewSection(p.w.words.Say("overview_cost")), p.costs)
	return widgets.Down(14, tiles, p.byDay.card, p.when.card, widgets.Columns(14, 2, p.ring.card, costs))
}

func (p *overviewPage) body() fyne.CanvasObject { return p.content }
func (p *overviewPage) come()                   { p.read() }
func (p *overviewPage) leave()                  { p.watch.rest() }
func (p *overviewPage) showShop()               {}
func (p *overviewPage) tick(time.Time)          {}

// reportEvery is how soon after a report the next one is made: a long one takes a while,
// and while a call is on something changes all the time.
const reportEvery = 5 * time.Second

// read reads the report of the chosen period, and again after changes.
func (p *overviewPage) read() {
	days, d := reportDays[p.period.Selected()], p.w.o.Desk
	first := true
	p.watch.look(func(ctx context.Context) (func(), error) {
		if !first && !pause(ctx, reportEvery) {
			return nil, ctx.Err()
		}
		first = false
		r, err := d.Report(ctx, days)
		return func() { p.show(r) }, err
	})
}

func (p *overviewPage) show(r desk.Report) {
	o := p.w.words.Overview(r, p.w.o.Now())
	if p.shown && reflect.DeepEqual(o, p.last) {
		return
	}
	turned := !p.shown || o.Empty != p.last.Empty
	p.shown, p.last = true, o
	p.charts.Hidden, p.empty.Hidden = o.Empty, !o.Empty
	if o.Empty {
		p.showEmpty(len(r.Days))
		return
	}
	for i, f := range o.Figures {
		p.figures[i].Set(f.Number, f.Unit, f.Below)
	}
	p.bars.Set(barsOf(o.ByDay))
	p.rings.Set(barsOf(o.Ring))
	p.heat.Set(o.Heat.Counts, stretches(o.Heat.Open))
	p.byDay.table(widgets.SizeCaption, o.ByDay.Headings, newestFirst(o.ByDay.Rows))
	p.ring.table(widgets.SizeCaption, o.Ring.Headings, newestFirst(o.Ring.Rows))
	p.when.table(widgets.SizeRail, o.Heat.Headings, o.Heat.Rows)
	lines := []fyne.CanvasObject{widgets.NewLines(o.Costs)}
	if o.Note != "" {
		lines = append(lines, widgets.NewPara(o.Note, widgets.SizeCaption, widgets.ColorSecond))
	}
	p.costs.Objects = []fyne.CanvasObject{widgets.Down(widgets.Gap4, lines...)}
	if turned || p.byDay.turned() || p.ring.turned() || p.when.turned() {
		p.content.Refresh()
		return
	}
	p.costs.Refresh()
}

func (p *overviewPage) showEmpty(days int) {
	says := p.w.words.NoReport(days, p.w.shop)
	e := widgets.EmptyState{Icon: icon("chart"), Title: says.Title, Text: says.Text}
	if p.w.shop.FormURL != "" {
		e.Buttons = []fyne.CanvasObject{widgets.NewButton(widgets.Main, p.w.words.Say("open_form"), icon("form"), p.w.openForm).Large()}
	}
	p.empty.Objects = []fyne.CanvasObject{widgets.Scroll(widgets.NewEmptyState(e))}
	p.content.Refresh()
}

func barsOf(s view.Series) (all []widgets.Bar) {
	for _, b := range s.Bars {
		bar := widgets.Bar{Label: b.Label}
		for _, piece := range b.Parts {
			bar.Parts = append(bar.Parts, widgets.BarPart{Role: role(piece.Role), N: piece.N})
		}
		all = append(all, bar)
	}
	return all
}

func stretches(open [][][2]float32) (all [][]widgets.Stretch) {
	for _, day := range open {
		var row []widgets.Stretch
		for _, s := range day {
			row = append(row, widgets.Stretch{From: s[0], To: s[1]})
		}
		all = append(all, row)
	}
	return all
}

// newestFirst turns the rows of a table round: today is what one looks for.
func newestFirst(rows [][]string) (all [][]string) {
	for i := len(rows) - 1; i >= 0; i-- {
		all = append(all, rows[i])
	}
	return all
}

// chart is a card with a chart, or its numbers in the same place.
type chart struct {
	p       *overviewPage
	card    *fyne.Container
	drawn   fyne.CanvasObject
	numbers *fyne.Container
	toggle  *widgets.Button
	make    func() fyne.CanvasObject // the numbers; made only where they are looked at
}

func newChart(p *overviewPage, title string, drawn fyne.CanvasObject, legend ...fyne.CanvasObject) *chart {
	c := &chart{p: p, drawn: drawn, numbers: widgets.Over()}
	c.numbers.Hide()
	c.toggle = widgets.NewButton(widgets.Bare, p.w.words.Say("overview_numbers"), icon("log"), c.turn)
	c.card = widgets.NewCard(widgets.NewSection(title, c.toggle), widgets.Wrap(widgets.Gap4, legend...), widgets.Over(c.drawn, c.numbers))
	return c
}

// turn shows the numbers in place of the chart, or the chart again.
func (c *chart) turn() {
	numbers := c.drawn.Visible()
	label, glyph := c.p.w.words.Say("overview_numbers"), "log"
	if numbers {
		label, glyph = c.p.w.words.Say("overview_chart"), "chart"
	}
	setHidden(c.drawn, numbers)
	setHidden(c.numbers, !numbers)
	c.toggle.Set(widgets.Bare, label, icon(glyph), c.turn)
	c.fill()
	c.p.content.Refresh()
}

// turned says that the numbers are shown.
func (c *chart) turned() bool { return c.numbers.Visible() }

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

// table says what the numbers are.
func (c *chart) table(size fyne.ThemeSizeName, headings []string, rows [][]string) {
	c.make = func() fyne.CanvasObject { return widgets.NewTable(size, headings, rows) }
	c.fill()
}

func (c *chart) fill() {
	c.numbers.Objects = nil
	if c.numbers.Visible() && c.make != nil {
		c.numbers.Objects = []fyne.CanvasObject{c.make()}
	}
}

package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// overview goes to the page and waits until it was drawn.
func (o *opened) overview() *overviewPage {
	o.t.Helper()
	for _, l := range o.places {
		if p, is := l.page.(*overviewPage); is {
			o.visit(p)
			o.until("the report was drawn", func() bool { return p.shown })
			return p
		}
	}
	o.t.Fatal("there is no overview")
	return nil
}

func TestTheOverviewTellsTodayInFourNumbers(t *testing.T) {
	o := open(t, reportedShop())
	o.overview()
	o.wantSays("Asked today", "13", "Talked", "8", "62 %, usually 77 %", "Missed", "2", "not reached yet", "4", "until it rang; usually 5 s")
}

func TestEachChartHasItsNumbersOneClickAway(t *testing.T) {
	o := open(t, reportedShop())
	p := o.overview()
	for _, c := range []struct {
		chart *chart
		says  string
	}{{p.byDay, "to be called"}, {p.when, "23"}, {p.ring, "Median"}} {
		if c.chart.numbers.Visible() {
			t.Fatal("the numbers are there already")
		}
		test.Tap(c.chart.toggle)
		if !c.chart.numbers.Visible() || c.chart.drawn.Visible() || c.chart.toggle.Label() != "Chart" {
			t.Errorf("the numbers of %q are not there", c.says)
		}
		o.wantSays(c.says)
		test.Tap(c.chart.toggle)
		if c.chart.numbers.Visible() || !c.chart.drawn.Visible() || c.chart.toggle.Label() != "Numbers" {
			t.Errorf("the chart of %q is not there again", c.says)
		}
	}
}

func TestThePeriodIsChosen(t *testing.T) {
	f := reportedShop()
	o := open(t, f)
	p := o.overview()
	p.period.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	o.until("ninety days are drawn", func() bool { return len(p.bars.Drawn()) == 90 })
	p.period.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	o.until("seven days are drawn", func() bool { return len(p.bars.Drawn()) == 7 && len(p.rings.Drawn()) == 7 })
	if got := f.asked(); !slices.Contains(got, "report 30") || !slices.Contains(got, "report 90") || !slices.Contains(got, "report 7") {
		t.Errorf("asked for %q", got)
	}
}

func TestWhatItCostIsMarkedWhereItIsReckoned(t *testing.T) {
	o := open(t, reportedShop())
	o.overview()
	o.wantSays("$0.38", "about $9.14", "about $0.64", "about $0.05", "$5.00")
}

func TestAnOverviewOfNothingSaysWhatToDo(t *testing.T) {
	o := open(t, emptyShop(false))
	o.overview()
	o.wantSays("No one has asked in the last 30 days")
	for _, b := range []string{"Open the form"} {
		o.press(b)
	}
	if got := <-o.urls; got != "http://127.0.0.1:8787/" {
		t.Errorf("opened %s", got)
	}
	o = open(t, emptyShop(true))
	o.overview()
	o.wantSays("Open the form and leave a number: your practice phone rings, and the first bar stands here.")
}

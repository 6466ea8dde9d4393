package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// activity goes to the page and waits until it was read and its chain checked.
func (o *opened) activity() *activityPage {
	o.t.Helper()
	for _, l := range o.places {
		if p, is := l.page.(*activityPage); is {
			o.visit(p)
			o.until("the log was read", func() bool { return p.glance.begun })
			o.until("the log was checked", func() bool { return !p.checkAgain.Disabled() })
			return p
		}
	}
	o.t.Fatal("there is no page of activity")
	return nil
}

// whats are the sentences of the entries that are known.
func (p *activityPage) whats() (all []string) {
	for i := range p.lines {
		all = append(all, p.list.row(i).What)
	}
	return all
}

func TestTheActivityIsShownInTheOwnersWords(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	p := o.activity()
	rows := map[string][3]string{}
	for i := range p.lines {
		r := p.list.row(i)
		rows[r.What] = [3]string{r.Time, r.Who, r.Request}
	}
	for what, want := range map[string][3]string{
		"Accepted with 1 on Ann's mobile":                                    {"10:41:36", "Ann's mobile", "Jane Doe"},
		"Ringing Counter":                                                    {"10:41:03", "Ringback", "Jane Doe"},
		"Counter did not answer":                                             {"10:31:10", "Phone network", "(212) 555-0188"},
		"Changed “Calls at the same time” from 1 to 2":                       {"10:15:20", "You", ""},
		"You blocked this number":                                            {"08:11:44", "You", "Kim Park"},
		"Real calls from now on":                                             {"Nov 23 06:55", "Ringback", ""},
		"Ticked off by Ann":                                                  {"09:05:44", "Ann", "Rosa Alvarez"},
		"Backup made: ringback-20261124-030000.db":                           {"03:00:04", "Ringback", ""},
		"Turned away 14 within a minute: too many requests from one address": {"07:21:44", "Ringback", ""},
	} {
		if rows[what] != want {
			t.Errorf("%q: got %q, want %q", what, rows[what], want)
		}
	}
	o.wantSays("Log intact: 12,345 entries checked since Apr 24", "Accepted with 1 on Ann's mobile")
}

func TestWhatHappensNowComesInAbove(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	p := o.activity()
	n := len(p.lines)
	f.happens(f.logged(12346, noon, "mode", 0, map[string]any{"to": "trouble"}))
	o.until("it stands there", func() bool { return len(p.lines) == n+1 })
	if got := p.whats()[0]; got != "Something is missing: requests are taken, and nobody is called" {
		t.Errorf("the newest is %q", got)
	}
	if p.list.Length() != n+1 {
		t.Error("the list does not have it")
	}
}

func TestALongLogIsReadAsFarAsOneScrolls(t *testing.T) {
	f := longLog(1000)
	o := open(t, f)
	p := o.activity()
	if len(p.lines) != entriesPage {
		t.Fatalf("%d entries were read at once", len(p.lines))
	}
	for len(p.lines) < 1000 {
		n := len(p.lines)
		p.list.ScrollToBottom()
		o.until("more was read", func() bool { return len(p.lines) > n })
	}
	seen := map[int64]bool{}
	for i, e := range p.lines {
		if seen[e.Seq] || e.Seq != int64(1000-i) {
			t.Fatalf("entry %d stands at %d", e.Seq, i)
		}
		seen[e.Seq] = true
	}
	p.list.ScrollToBottom()
	if p.older(); p.glance.older {
		t.Error("it looks for more than there is")
	}
}

func TestMoreThanAPageAtOnceBeginsTheListAnew(t *testing.T) {
	f := longLog(300)
	o := open(t, f)
	p := o.activity()
	newer := longLog(600).log.entries
	for i := range newer {
		newer[i].Seq += 1000
		newer[i].At = newer[i].At.Add(1000 * time.Minute)
	}
	f.change(func() { f.log.entries = append(newer, f.log.entries...) })
	o.until("the newest stands there", func() bool { return p.lines[0].Seq == 1600 })
	for i := range p.lines[1:] {
		if p.lines[i].Seq-p.lines[i+1].Seq != 1 {
			t.Fatalf("entry %d is followed by %d", p.lines[i].Seq, p.lines[i+1].Seq)
		}
	}
}

func TestTheLogIsNarrowed(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	p := o.activity()
	comes := func(what string, want ...string) {
		t.Helper()
		o.until(what, func() bool { return p.glance.begun && slices.Equal(p.whats(), want) })
	}
	topic := slices.Index(desk.Topics(), desk.OfSettings)
	o.press("All kinds")
	if o.Fyne().Canvas().Overlays().Top() == nil {
		t.Error("no menu is open")
	}
	p.topic.menu().Items[topic].Action()
	comes("only settings and blocks", "Changed “Calls at the same time” from 1 to 2", "You blocked this number", "Real calls from now on")
	p.period.menu().Items[view.DayBefore].Action()
	comes("only those of yesterday", "Real calls from now on")
	p.topic.choose(0)
	p.period.choose(int(view.ThisDay))
	test.Type(p.search, "rosa")
	comes("only Rosa's", "Ticked off by Ann")
	test.Type(p.search, "x")
	o.until("nothing is like that", func() bool { return o.says("Nothing like that has happened") })
	o.press("Show everything")
	o.until("all stands there", func() bool { return len(p.lines) == len(f.log.entries) })
	if p.search.Text != "" || p.topic.Label() != "All kinds" || p.period.Label() != "Any time" {
		t.Error("a filter is still on")
	}
}

func TestTheLogBetweenTwoDays(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	p := o.activity()
	if p.between.Visible() {
		t.Error("days are asked for before they are wanted")
	}
	p.period.choose(int(view.Between))
	test.Type(p.last, "2026-11-23")
	o.until("only those up to then", func() bool { return p.glance.begun && len(p.lines) == 1 })
	test.Type(p.first, "24.11.")
	o.wantSays("“24.11.” is no day. Write it like 2026-11-24.")
	if len(p.lines) != 1 {
		t.Error("what is no day was obeyed")
	}
	p.first.SetText("2026-11-24")
	o.wantSays("The first day is after the last one.")
}

func TestARareWordIsLookedForFurtherBack(t *testing.T) {
	f := longLog(900)
	f.log.window = 10
	o := open(t, f)
	p := o.activity()
	test.Type(p.search, "limits.n2\"")
	o.until("it was found", func() bool { return len(p.lines) == 1 })
	o.until("the end was reached", func() bool { return !p.more })
	o.wantSays("")
	if p.foot.Text() != "" {
		t.Errorf("it still says %q", p.foot.Text())
	}
}

func TestAnEntryLeadsToItsRequest(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	o.activity()
	row, ok := find(o, func(r *widgets.LogRow) bool { return true })
	if !ok {
		t.Fatal("there is no row")
	}
	row.Link()
	if o.here != page(o.requests) || o.chosen != 12 || o.filter != desk.All {
		t.Errorf("it led to %T, request %d, filter %d", o.here, o.chosen, o.filter)
	}
	p := o.activity()
	for range 9 {
		p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if o.chosen != 10 {
		t.Errorf("the keyboard led to request %d", o.chosen)
	}
	p = o.activity()
	for range 10 {
		p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}); o.here != page(p) {
		t.Error("an entry without a request led somewhere")
	}
}

func TestABrokenLogSaysWhereAndWhatToDo(t *testing.T) {
	f := loggedShop()
	f.log.check = desk.LogCheck{Entries: 40, Bad: 1041, How: desk.EntryRemoved}
	o := open(t, f)
	o.activity()
	o.wantSays("Log broken at entry 1,041", "Entry 1,041 of the log was removed")
	f.change(func() { f.log.check = desk.LogCheck{Entries: 1, Since: noon} })
	o.press("Check again")
	o.until("it is whole again", func() bool { return o.says("Log intact: 1 entry checked since Nov 24") })
	o.wantNot("Entry 1,041 of the log was removed")
	if f.log.checks != 2 {
		t.Errorf("it was checked %d times", f.log.checks)
	}
}

func TestALogThatCanNotBeReadSaysSo(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	f.change(func() { f.broken = errors.New("disk on fire") })
	for _, l := range o.places {
		if p, is := l.page.(*activityPage); is {
			o.visit(p)
		}
	}
	o.until("it says so", func() bool { return o.says("The log could not be checked") })
}

func TestAnEmptyLogSaysWhatWillStandThere(t *testing.T) {
	o := open(t, emptyShop(false))
	o.activity()
	o.wantSays("Nothing has happened yet", "Log intact: nothing in it yet")
}

func TestTheLogIsExportedAsItIsNarrowed(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	p := o.activity()
	p.topic.choose(slices.Index(desk.Topics(), desk.OfSettings))
	o.points = t.TempDir()
	path := filepath.Join(o.points, o.words.ExportName(desk.CSV, noon))
	o.press("CSV")
	if o.title != "Export what is shown into which folder?" {
		t.Errorf("it asks %q", o.title)
	}
	if !p.csv.Disabled() || !p.jsonLines.Disabled() || !p.export.content.Visible() {
		t.Error("a second export could begin")
	}
	o.until("it is written", func() bool { return o.says("3 entries are in " + filepath.Base(path)) })
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\r\n"), "\r\n")
	if len(lines) != 4 || lines[0] != "\ufeffEntry,Time,Who,What,Name,Phone number,Request,Kind,Details" ||
		!strings.HasPrefix(lines[2], "12329,2026-11-24 08:11:44,You,You blocked this number,Kim Park,'+12125550109,3,blocked,") {
		t.Errorf("got\n%s", b)
	}
	if p.csv.Disabled() || p.export.content.Visible() {
		t.Error("it still seems to be written")
	}
	o.press("Show the folder")
	if got := <-o.urls; got != "file://"+filepath.Dir(path) {
		t.Errorf("opened %s", got)
	}
}

func TestACancelledExportLeavesNoFile(t *testing.T) {
	f := longLog(2000)
	o := open(t, f)
	p := o.activity()
	f.log.slow = make(chan struct{})
	dir := t.TempDir()
	p.export.begin(desk.JSONLines, filepath.Join(dir, "log.jsonl"))
	f.log.slow <- struct{}{}
	o.until("the bar moves", func() bool { return p.export.bar.Part() > 0.2 })
	o.wantSays("Writing the file: 500 entries")
	o.press("Cancel")
	o.until("it is cancelled", func() bool { return o.says("Nothing was written: you cancelled it") })
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
	o.press("All right")
	o.wantNot("Nothing was written: you cancelled it")
}

func TestAFailedExportLeavesWhatWasThere(t *testing.T) {
	f := loggedShop()
	o := open(t, f)
	p := o.activity()
	dir := t.TempDir()
	path := filepath.Join(dir, "log.csv")
	if err := os.WriteFile(path, []byte("of last year"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.change(func() { f.broken = os.ErrPermission })
	p.export.begin(desk.CSV, path)
	o.until("it has failed", func() bool { return o.says("log.csv could not be written") })
	o.wantSays("Nothing changes for your visitors, and the log itself is untouched. You may not write there. Choose a folder of your own, such as Documents.")
	if b, err := os.ReadFile(path); err != nil || string(b) != "of last year" {
		t.Errorf("the file of before has %q, %v", b, err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left %v", left)
	}
	f.change(func() { f.broken = nil })
	p.export.begin(desk.CSV, path)
	o.until("the second one is written", func() bool { return !p.csv.Disabled() })
	if b, err := os.ReadFile(filepath.Join(dir, "log-2.csv")); err != nil || !strings.Contains(string(b), "Jane Doe") {
		t.Errorf("the second one has %q, %v", b, err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "of last year" {
		t.Errorf("the file of before has %q, %v", b, err)
	}
	p.export.begin(desk.CSV, filepath.Join(dir, "nowhere", "log.csv"))
	o.until("the folder is not there", func() bool { return !p.csv.Disabled() })
}

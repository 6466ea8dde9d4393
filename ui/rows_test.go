package ui

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/widgets"
)

// ids makes requests with these ids, from high to low.
func ids(from, to int64) []callback.Request {
	var out []callback.Request
	for id := from; id >= to; id-- {
		out = append(out, callback.Request{ID: id, Name: fmt.Sprintf("Visitor %d", id), Number: fmt.Sprintf("+1212555%04d", id%10_000), Status: callback.Missed, AskedAt: noon})
	}
	return out
}

func TestOnlyWhatIsAroundTheScreenIsKnown(t *testing.T) {
	rs := rows{Stretch: callback.Stretch{Requests: ids(300, 201), At: 1000, Count: 1_000_000, Found: 7}, find: 9}
	for at, want := range map[int]int64{1000: 300, 1099: 201, 999: 0, 1100: 0, -1: 0} {
		got := int64(0)
		if r := rs.row(at); r != nil {
			got = r.ID
		}
		if got != want {
			t.Errorf("at %d stands request %d, want %d", at, got, want)
		}
	}
	for id, want := range map[int64]int{300: 1000, 201: 1099, 9: 7, 8: -1, 0: -1} {
		if got := rs.index(id); got != want {
			t.Errorf("request %d stands at %d, want %d", id, got, want)
		}
	}
}

func TestWhatMovedIsSeenByWhatIsKnownBothTimes(t *testing.T) {
	before := rows{Stretch: callback.Stretch{Requests: ids(300, 201), At: 50, Count: 500}}
	for _, c := range []struct {
		name  string
		now   callback.Stretch
		want  int
		known bool
	}{
		{"three have come in above", callback.Stretch{Requests: ids(303, 204), At: 50}, 3, true},
		{"one above has gone", callback.Stretch{Requests: ids(290, 201), At: 59}, -1, true},
		{"it is another part of the list", callback.Stretch{Requests: ids(100, 1), At: 250}, 0, false},
	} {
		now := rows{Stretch: c.now}
		if got, known := now.moved(&before, 60); got != c.want || known != c.known {
			t.Errorf("%s: moved by %d, %v, want %d, %v", c.name, got, known, c.want, c.known)
		}
	}
}

// onScreen are the names that are drawn, from above; … is a row that is not known yet.
func (o *opened) onScreen() (names []string) {
	l := o.requests.list
	for at := l.top(); at < min(l.top()+l.fit(), l.count()); at++ {
		names = append(names, o.drawnAt(at))
	}
	return names
}

// drawnAt is the name in the row at a place.
func (o *opened) drawnAt(place int) string {
	row := widgets.NewRow()
	o.requests.list.draw(place, row)
	delete(o.requests.list.shown, row)
	name := ""
	walk(row, func(c fyne.CanvasObject) bool {
		if t, ok := c.(*widgets.Text); ok && name == "" {
			name = t.Text()
		}
		return name == ""
	})
	return name
}

// glimpse has the window shown what the feed would read now; changes in between come after
// the reading.
func (o *opened) glimpse(between func()) {
	s := o.feed.read(context.Background())
	between()
	o.show(s)
}

// settled lets the feed read until nothing else is looked at.
func (o *opened) settled() {
	for range 10 {
		before := o.requests.glance()
		o.glimpse(func() {})
		if o.requests.glance() == before {
			return
		}
	}
	o.t.Fatal("the window looks elsewhere after each reading")
}

// Whatever comes in, is ticked off and taken away while somebody scrolls, searches and goes
// from filter to filter, also between a reading and its showing: the rows stand in the
// store's order, none twice; what one looks at stays where it is, and so does the choice;
// and in the end the screen shows what there is.
func TestTheListIsTheStoresWhateverComesInWhileSomebodyScrolls(t *testing.T) {
	f := emptyShop(false)
	o := open(t, f)
	list := o.requests.list
	rapid.Check(t, func(rt *rapid.T) {
		f.change(func() { f.requests = ids(rapid.Int64Range(1, 2500).Draw(rt, "requests"), 1) })
		newest := f.requests[0].ID
		o.requests.search.entry.SetText("")
		o.requests.chooseFilter(2)
		o.requests.anew()
		o.settled()
		comes := func() {
			n := rapid.Int64Range(1, 120).Draw(rt, "new")
			f.change(func() { f.requests = append(ids(newest+n, newest+1), f.requests...) })
			newest += n
		}
		steps := map[string]func(){
			"come": comes,
			"tick off": func() {
				f.change(func() {
					f.requests[rapid.IntRange(0, len(f.requests)-1).Draw(rt, "which")].TickedOff = &callback.Mark{}
				})
			},
			"lose the oldest": func() {
				f.change(func() {
					n := len(f.requests)
					f.requests = f.requests[:n-rapid.IntRange(0, n/2).Draw(rt, "how many")]
				})
			},
			"drag": func() {
				list.ScrollToOffset(float32(rapid.IntRange(0, list.count()).Draw(rt, "to")) * rowStep())
			},
			"key": func() {
				list.TypedKey(&fyne.KeyEvent{Name: rapid.SampledFrom([]fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd}).Draw(rt, "which key")})
			},
			"filter": func() { o.requests.chooseFilter(rapid.SampledFrom([]int{0, 2}).Draw(rt, "which filter")) },
			"search": func() {
				o.requests.search.entry.SetText(rapid.SampledFrom([]string{"", "visitor", "1"}).Draw(rt, "typed"))
			},
			"click":        func() { list.Select(rapid.IntRange(0, list.count()).Draw(rt, "place")) },
			"glimpse late": func() { o.glimpse(comes) },
			"settle":       o.settled,
		}
		names := slices.Sorted(maps.Keys(steps))
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			steps[rapid.SampledFrom(names).Draw(rt, "step")]()
			o.wantRows(rt)
		}
		o.settled()
		o.wantScreen(rt, f)
		if first, chosen := o.firstRow(), o.chosen; first != 0 && list.GetScrollOffset() > 0 && o.search == "" {
			comes()
			o.settled()
			if o.firstRow() != first || o.chosen != chosen {
				rt.Fatalf("when some came in, request %d moved to where %d was, and the choice from %d to %d", o.firstRow(), first, chosen, o.chosen)
			}
			o.wantScreen(rt, f)
		}
	})
}

// wantRows checks that what is known is in order, each once, that each row is drawn as what
// stands there, and that all that can be pressed is about the request that is chosen.
func (o *opened) wantRows(t *rapid.T) {
	t.Helper()
	rs := o.rows.Requests
	if !slices.IsSortedFunc(rs, func(a, b callback.Request) int { return cmp.Compare(b.ID, a.ID) }) ||
		len(slices.CompactFunc(slices.Clone(rs), func(a, b callback.Request) bool { return a.ID == b.ID })) != len(rs) {
		t.Fatal("the rows are out of order, or one is there twice")
	}
	if n := len(rs); n > spanSize || o.rows.At+n > o.rows.Count {
		t.Fatalf("%d rows are kept from %d on, of %d", n, o.rows.At, o.rows.Count)
	}
	for i, name := range o.onScreen() {
		want := "…"
		if r := o.rows.row(o.requests.list.top() + i); r != nil {
			want = r.Name
		}
		if name != want {
			t.Fatalf("drawn is %q, want %q", name, want)
		}
	}
	if o.detail.ID != o.chosen {
		t.Fatalf("the detail is of request %d, chosen is %d", o.detail.ID, o.chosen)
	}
}

// wantScreen checks that the screen shows what the desk has.
func (o *opened) wantScreen(t *rapid.T, f *fakeDesk) {
	t.Helper()
	f.mu.Lock()
	want := f.those(desk.Query{Filter: o.filter, Search: o.search})
	f.mu.Unlock()
	if n := min(len(want), max(mostFound, o.rows.Count)); o.rows.Count != n && o.search == "" {
		t.Fatalf("the list has %d rows, want %d", o.rows.Count, n)
	}
	for i, name := range o.onScreen() {
		if at := o.requests.list.top() + i; name != want[at].Name {
			t.Fatalf("at %d of %d stands %q, want %q", at, len(want), name, want[at].Name)
		}
	}
	if at := o.requests.list.selected(); at >= 0 && want[at].ID != o.chosen {
		t.Fatalf("marked is request %d, chosen is %d", want[at].ID, o.chosen)
	}
}

package ui

import (
	"slices"
	"testing"
	"unsafe"

	"pgregory.net/rapid"

	"ringback/server/callback"
)

// ids makes requests with these ids, from high to low.
func ids(from, to int64) []callback.Request {
	var out []callback.Request
	for id := from; id >= to; id-- {
		out = append(out, callback.Request{ID: id})
	}
	return out
}

func wantRows(t *testing.T, rs rows, complete bool, want []callback.Request) {
	t.Helper()
	same := slices.EqualFunc(rs.all, want, func(a row, b callback.Request) bool { return a.ID == b.ID })
	if !same || rs.complete != complete {
		t.Errorf("there are %d rows (complete: %v), want %d (%v)", len(rs.all), rs.complete, len(want), complete)
	}
}

func TestPagesAreLaidOverWhatIsKnown(t *testing.T) {
	var rs rows
	rs.take(part{0, ids(300, 201)})
	wantRows(t, rs, false, ids(300, 201))
	rs.take(part{rs.end(), ids(200, 101)})
	rs.take(part{rs.end(), ids(100, 50)})
	wantRows(t, rs, true, ids(300, 50))
	if rs.end() != 0 {
		t.Errorf("there is said to be more below %d", rs.end())
	}
	rs.take(part{0, ids(305, 206)}) // five have come in above
	wantRows(t, rs, true, ids(305, 50))
}

func TestWhatLeftTheListIsGone(t *testing.T) {
	var rs rows
	rs.take(part{0, ids(10, 1)})
	rs.take(part{0, slices.Concat(ids(10, 8), ids(4, 1))})
	wantRows(t, rs, true, slices.Concat(ids(10, 8), ids(4, 1)))
	rs.take(part{0, nil})
	wantRows(t, rs, true, nil)
}

func TestAGapIsNeverShown(t *testing.T) {
	var rs rows
	rs.take(part{0, ids(100, 1)})
	rs.take(part{0, ids(400, 301)}) // 200 more have come in between
	wantRows(t, rs, false, ids(400, 301))
}

func TestAPageInTheMiddleReplacesOnlyItself(t *testing.T) {
	var rs rows
	rs.take(part{0, ids(300, 201)})
	rs.take(part{201, ids(200, 101)})
	rs.changed()
	rs.take(part{251, ids(250, 151)})
	wantRows(t, rs, false, ids(300, 101))
	for i, r := range rs.all {
		if want := r.ID > 250 || r.ID < 151; rs.stale(i) != want {
			t.Errorf("row %d is stale: %v, want %v", r.ID, rs.stale(i), want)
		}
	}
}

// However the list changes between the pages that are read, what is shown has no gap
// and no request twice, and is what there is once every page was read again.
func TestRowsAreAlwaysAPartOfTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rs rows
		there := ids(rapid.Int64Range(0, 350).Draw(t, "requests"), 1)
		read := func(before int64) part {
			from := slices.IndexFunc(there, func(r callback.Request) bool { return before == 0 || r.ID < before })
			if from < 0 {
				return part{before, nil}
			}
			return part{before, slices.Clone(there[from:min(len(there), from+pageSize)])}
		}
		rs.take(read(0))
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				top := int64(len(there)) + 1000*rapid.Int64Range(1, 9).Draw(t, "above")
				there = slices.Concat(ids(top, top-rapid.Int64Range(0, 150).Draw(t, "new")), there)
				slices.SortFunc(there, func(a, b callback.Request) int { return int(b.ID - a.ID) })
				there = slices.CompactFunc(there, func(a, b callback.Request) bool { return a.ID == b.ID })
			case 1:
				if len(there) > 0 {
					at := rapid.IntRange(0, len(there)-1).Draw(t, "gone")
					there = slices.Delete(there, at, min(len(there), at+20))
				}
			case 2:
				if rs.end() != 0 {
					rs.take(read(rs.end()))
				}
			case 3:
				if len(rs.all) > 0 {
					rs.take(read(rs.all[rapid.IntRange(0, len(rs.all)-1).Draw(t, "around")].ID + 1))
				}
			}
			rs.take(read(0))
			if !slices.IsSortedFunc(rs.all, func(a, b row) int { return int(b.ID - a.ID) }) {
				t.Fatal("the rows are out of order")
			}
		}
		for i := 0; ; {
			p := read(0)
			if i > 0 {
				p = read(rs.all[i-1].ID)
			}
			rs.take(p)
			if i += len(p.requests); len(p.requests) < pageSize {
				break
			}
		}
		if !slices.EqualFunc(rs.all, there, func(a row, b callback.Request) bool { return a.ID == b.ID }) {
			t.Fatalf("%d rows are shown of a list of %d", len(rs.all), len(there))
		}
	})
}

// A page that is read far down costs what one at the top costs: nothing else that is known
// is copied for it.
func TestWhatAPageCostsDoesNotGrowWithTheList(t *testing.T) {
	var rs rows
	next := int64(200_000)
	read := func() {
		rs.take(part{rs.end(), ids(next, next-pageSize+1)})
		next -= pageSize
	}
	for range 1000 {
		read()
	}
	rs.all = slices.Grow(rs.all, 20*pageSize) // which happens once in a while
	first := &rs.all[0]
	for range 20 {
		read()
	}
	if first != &rs.all[0] {
		t.Error("all rows were copied for a page more at the end")
	}
	rs.take(part{150_001, ids(150_000, 150_000-pageSize+1)})
	if first != &rs.all[0] {
		t.Error("all rows were copied for a page that is read once more")
	}
	if size := unsafe.Sizeof(row{}); size > 16 {
		t.Errorf("a row takes %d bytes, which all move where one comes in above", size)
	}
}

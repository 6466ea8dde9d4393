package sqlite

import (
	"cmp"
	"slices"
	"time"

	"ringback/server/callback"
)

// fewRows is how long a small index may be for a search to go along it rather than along
// the requests that have the words.
const fewRows = 2000

// way is a list as it is gone along, newest first.
type way interface {
	count() (int, error)
	// place is how many stand above the request, or above where it would stand.
	place(id int64) (above int, err error)
	// from returns the ids at so many places from there on.
	from(at, limit int) ([]int64, error)
	has(id int64) (bool, error)
}

func (v *reader) List(q callback.Query) (callback.Stretch, error) {
	w, err := v.way(q)
	if err != nil {
		return callback.Stretch{}, err
	}
	var s callback.Stretch
	if s.Count, err = w.count(); err != nil {
		return s, err
	}
	near := 0
	if q.Near != 0 {
		if near, err = w.place(q.Near); err != nil {
			return s, err
		}
	}
	var limit int
	s.At, limit = q.Place(s.Count, near)
	ids, err := w.from(s.At, limit)
	if err != nil {
		return s, err
	}
	if s.Requests, err = v.listed(ids); err != nil {
		return s, err
	}
	s.Found, err = find(w, q.Find)
	return s, err
}

// find is where the request stands, or -1.
func find(w way, id int64) (int, error) {
	if id == 0 {
		return -1, nil
	}
	there, err := w.has(id)
	if err != nil || !there {
		return -1, err
	}
	return w.place(id)
}

func (v *reader) way(q callback.Query) (way, error) {
	switch sought := callback.Seek(q.Search); {
	case len(sought) > 0:
		ids, err := v.search(q, sought)
		return finds(ids), err
	case q.ForOwner || q.Spam || !q.Since.IsZero():
		first, err := v.firstSince(q.Since)
		return filtered{v, q, first}, err
	}
	blocks, err := v.blocks()
	return whole{v, blocks}, err
}

// filtered is a list that is short beside the whole, or has an index of its own.
type filtered struct {
	v     *reader
	q     callback.Query
	first int64 // no smaller id is on it
}

// of is what the statements for the list have in common.
func (f filtered) of() string {
	return index(f.q) + where(f.q) + " AND +asked_at >= ?1 AND id >= ?2"
}

func (f filtered) count() (int, error) { return f.v.Count(f.q) }

func (f filtered) place(id int64) (int, error) {
	return f.v.number("SELECT count(*) FROM requests "+f.of()+" AND id > ?3", notBefore(f.q.Since), f.first, id)
}

func (f filtered) has(id int64) (bool, error) {
	n, err := f.v.number("SELECT count(*) FROM requests "+f.of()+" AND id = ?3", notBefore(f.q.Since), f.first, id)
	return n > 0, err
}

func (f filtered) from(at, limit int) ([]int64, error) {
	return list[int64](&f.v.span, "SELECT id FROM requests "+f.of()+" ORDER BY id DESC LIMIT ?3 OFFSET ?4", notBefore(f.q.Since), f.first, limit, at)
}

// finds are the ids of what was searched, from high to low.
type finds []int64

func (f finds) search(id int64) (int, bool) {
	return slices.BinarySearchFunc(f, id, func(a, b int64) int { return cmp.Compare(b, a) })
}

func (f finds) count() (int, error) { return len(f), nil }

func (f finds) place(id int64) (int, error) {
	above, _ := f.search(id)
	return above, nil
}

func (f finds) has(id int64) (bool, error) {
	_, there := f.search(id)
	return there, nil
}

func (f finds) from(at, limit int) ([]int64, error) { return f[at:min(at+limit, len(f))], nil }

// firstSince is an id that no request has a smaller one of that was asked since then: the
// way back through all requests ends there.
func (v *reader) firstSince(t time.Time) (int64, error) {
	if t.IsZero() {
		return 0, nil
	}
	var id int64
	err := v.one([]any{&id}, `SELECT coalesce(min(+id), 0) FROM requests WHERE asked_at >= ?`, notBefore(t))
	return id, err
}

// index is named because SQLite may take the way through all requests for as short.
func index(q callback.Query) string {
	switch {
	case q.ForOwner && !q.Spam:
		return "INDEXED BY requests_for_owner "
	case q.Spam:
		return "INDEXED BY requests_spam "
	}
	return ""
}

func (v *reader) Count(q callback.Query) (int, error) {
	if !q.ForOwner && !q.Spam && q.Since.IsZero() {
		return v.number("SELECT coalesce(sum(requests), 0) FROM blocks")
	}
	return v.number("SELECT count(*) FROM requests "+index(q)+where(q)+" AND asked_at >= ?", notBefore(q.Since))
}

// where has its constants written out, because the small indexes are found by them.
func where(q callback.Query) string {
	clause := "WHERE follows = 0 AND spam = 0"
	if q.Spam {
		clause = "WHERE follows = 0 AND spam = 1"
	}
	if q.ForOwner {
		clause += " AND for_owner = 1"
	}
	return clause
}

func (v *reader) AskedSince(t time.Time, number string) (int, error) {
	if number == "" {
		return v.number("SELECT count(*) FROM requests WHERE asked_at >= ?", notBefore(t))
	}
	return v.number("SELECT count(*) FROM requests WHERE asked_at >= ? AND number = ?", notBefore(t), number)
}

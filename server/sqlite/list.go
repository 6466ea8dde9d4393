package sqlite

import (
	"math"
	"time"

	"ringback/server/callback"
)

// page is how many requests a list has when nobody says.
const page = 100

// fewRows is how long a small index may be for a search to go along it rather than along
// the requests that have the words.
const fewRows = 2000

func (v *reader) List(q callback.Query) ([]callback.Request, error) {
	ids, err := v.listed(q)
	if err != nil {
		return nil, err
	}
	found := make([]callback.Request, 0, len(ids))
	for _, id := range ids {
		r, err := v.Request(id)
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}

// listed are the ids of the requests that List returns.
func (v *reader) listed(q callback.Query) ([]int64, error) {
	from, err := v.firstSince(q.Since)
	if err != nil {
		return nil, err
	}
	before, limit := q.Before, q.Limit
	if before == 0 {
		before = math.MaxInt64
	}
	if limit <= 0 {
		limit = page
	}
	const rest = " AND +asked_at >= ?1 AND id >= ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4"
	args := []any{notBefore(q.Since), from, before, limit}
	sought := callback.Seek(q.Search)
	switch few, err := v.few(q); {
	case err != nil:
		return nil, err
	case len(sought) == 0:
		return list[int64](&v.span, "SELECT id FROM requests "+index(q)+where(q)+rest, args...)
	case few:
		args[3] = fewRows
		return v.sift(sought, limit, selectSearched+index(q)+where(q)+rest, args...)
	}
	return list[int64](&v.span, `
		SELECT search.rowid FROM search CROSS JOIN requests ON id = search.rowid `+where(q)+`
		AND search MATCH ?5 AND +asked_at >= ?1 AND search.rowid >= ?2 AND search.rowid < ?3
		ORDER BY search.rowid DESC LIMIT ?4`, append(args, expression(sought))...)
}

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

// few says that the query's own index is short.
func (v *reader) few(q callback.Query) (bool, error) {
	if q.Search == "" || !q.ForOwner && !q.Spam {
		return false, nil
	}
	n, err := v.number("SELECT count(*) FROM (SELECT 1 FROM requests "+index(q)+where(q)+" LIMIT ?)", fewRows+1)
	return n <= fewRows, err
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
	if q == (callback.Query{}) {
		return v.number("SELECT requests FROM tally WHERE one = 1")
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

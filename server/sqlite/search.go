package sqlite

import (
	"cmp"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"

	"ringback/server/callback"
)

// mostFound is how many a search finds when nobody says.
const mostFound = 1000

// search returns the ids of the newest requests of a query that have what is sought, from
// high to low.
func (v *reader) search(q callback.Query, sought callback.Sought) ([]int64, error) {
	most := cmp.Or(q.Most, mostFound)
	from, err := v.firstSince(q.Since)
	if err != nil {
		return nil, err
	}
	few, err := v.few(q)
	if err != nil {
		return nil, err
	}
	const since = " AND +asked_at >= ?1"
	if few {
		return v.sift(sought, most, selectSearched+index(q)+where(q)+since+" AND id >= ?2 ORDER BY id DESC LIMIT ?3", notBefore(q.Since), from, fewRows)
	}
	const found = "FROM search CROSS JOIN requests ON id = search.rowid "
	rest := where(q) + since + " AND search MATCH ?3 AND search.rowid >= ?2 ORDER BY search.rowid DESC LIMIT ?4"
	lean, all, err := v.lean(sought)
	switch {
	case err != nil:
		return nil, err
	case all:
		return list[int64](&v.span, "SELECT search.rowid "+found+rest, notBefore(q.Since), from, expression(sought), most)
	}
	return v.sift(sought, most, "SELECT "+searched+found+rest, notBefore(q.Since), from, expression(lean), math.MaxInt64)
}

// few says that the query's own index is short.
func (v *reader) few(q callback.Query) (bool, error) {
	if !q.ForOwner && !q.Spam {
		return false, nil
	}
	n, err := v.number("SELECT count(*) FROM (SELECT 1 FROM requests "+index(q)+where(q)+" LIMIT ?)", fewRows+1)
	return n <= fewRows, err
}

// lean leaves out the parts of a number that most numbers have, as all of a town begin with
// the same: their lists are as long as the table. What is found by the other parts has to be
// looked at itself. all: there were none.
func (v *reader) lean(s callback.Sought) (lean callback.Sought, all bool, err error) {
	all = true
	for _, readings := range s {
		some := make([][]string, len(readings))
		for i, words := range readings {
			if some[i], err = v.rare(words); err != nil {
				return nil, false, err
			}
			all = all && len(some[i]) == len(words)
		}
		lean = append(lean, some)
	}
	return lean, all, nil
}

// rare are those parts of a number that less than a third of the newest numbers have, or
// the one that the fewest have. It begins at the number's end, where numbers differ, and a
// part that hardly any has is enough: to ask how common one is takes most of a millisecond.
func (v *reader) rare(words []string) ([]string, error) {
	if len(words) == 1 || slices.ContainsFunc(words, func(w string) bool { return len(w) != callback.NumberPart }) {
		return words, nil
	}
	newest, err := v.number("SELECT coalesce(max(id), 0) FROM requests")
	if err != nil {
		return nil, err
	}
	var some []string
	rarest, widest := "", -1
	for _, word := range slices.Backward(words) {
		width, err := v.reach(word, newest)
		if err != nil {
			return nil, err
		}
		if width > widest {
			rarest, widest = word, width
		}
		if width > 3*sample {
			some = append(some, word)
		}
		if width > 1000*sample {
			break
		}
	}
	if len(some) == 0 {
		some = []string{rarest}
	}
	return some, nil
}

// sample is how many requests with a word are met to see how common it is.
const sample = 64

// reach is how many ids back one must go to meet a word so often.
func (v *reader) reach(word string, newest int) (int, error) {
	last, err := v.number("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?", phrase(word), sample-1)
	if errors.Is(err, callback.ErrNotFound) {
		return math.MaxInt, nil
	}
	return newest - last, err
}

// expression is what FTS5 is asked. Each word stands in quotes and holds nothing but
// letters and digits, so that nothing that was typed is read as a command.
func expression(s callback.Sought) string {
	parts := make([]string, len(s))
	for i, readings := range s {
		some := make([]string, len(readings))
		for j, words := range readings {
			all := make([]string, len(words))
			for k, word := range words {
				all[k] = phrase(word)
			}
			some[j] = "(" + strings.Join(all, " AND ") + ")"
		}
		parts[i] = "(" + strings.Join(some, " OR ") + ")"
	}
	return strings.Join(parts, " AND ")
}

func phrase(word string) string { return `"` + word + `"*` }

// searched are the columns that a search looks at.
const (
	searched       = "id, requests.name, requests.email, requests.message, requests.note, number "
	selectSearched = "SELECT " + searched + "FROM requests "
)

// errEnough ends the reading of rows.
var errEnough = errors.New("enough")

// sift returns the ids of the requests of a query that have what is sought, at most limit.
func (v *reader) sift(s callback.Sought, limit int, query string, args ...any) ([]int64, error) {
	var found []int64
	err := v.each(func(rows *sql.Rows) error {
		r := callback.Request{TickedOff: &callback.Mark{}}
		if err := rows.Scan(&r.ID, &r.Name, &r.Email, &r.Message, &r.TickedOff.Note, &r.Number); err != nil {
			return err
		}
		if s.In(r) {
			found = append(found, r.ID)
		}
		if len(found) == limit {
			return errEnough
		}
		return nil
	}, query, args...)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found, err
}

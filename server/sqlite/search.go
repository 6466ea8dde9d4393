package sqlite

import (
	"database/sql"
	"strings"

	"ringback/server/callback"
)

// expression is what FTS5 is asked. Each word stands in quotes and holds nothing but
// letters and digits, so that nothing that was typed is read as a command.
func expression(s callback.Sought) string {
	parts := make([]string, len(s))
	for i, readings := range s {
		some := make([]string, len(readings))
		for j, words := range readings {
			all := make([]string, len(words))
			for k, word := range words {
				all[k] = `"` + word + `"*`
			}
			some[j] = "(" + strings.Join(all, " AND ") + ")"
		}
		parts[i] = "(" + strings.Join(some, " OR ") + ")"
	}
	return strings.Join(parts, " AND ")
}

// selectSearched are the columns that a search looks at.
const selectSearched = "SELECT id, name, email, message, note, number FROM requests "

// sift returns the ids of the requests of a query that have what is sought, at most limit.
func (v *reader) sift(s callback.Sought, limit int, query string, args ...any) ([]int64, error) {
	var found []int64
	err := v.each(func(rows *sql.Rows) error {
		r := callback.Request{TickedOff: &callback.Mark{}}
		if len(found) == limit {
			return nil
		}
		if err := rows.Scan(&r.ID, &r.Name, &r.Email, &r.Message, &r.TickedOff.Note, &r.Number); err != nil {
			return err
		}
		if s.In(r) {
			found = append(found, r.ID)
		}
		return nil
	}, query, args...)
	return found, err
}

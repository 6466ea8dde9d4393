package sqlite

import (
	"database/sql"
	"fmt"
)

// parts is a table whose rows belong to a request in an order: legs or texts. They
// are only ever added and changed, and saved only when they differ from what is
// stored, for most changes of a request change none.
type parts[T comparable] struct {
	what    string // for errors
	id      func(p T) string
	kept    func(p T) T // p as it comes back from the table
	row     func(p *T, request int64, place int) []column
	columns func(p *T) []column

	selectOf, selectAll, insert, update string
}

// newParts builds the table's statements.
func newParts[T comparable](p parts[T], table string) parts[T] {
	var zero T
	p.selectOf = "SELECT " + names(p.columns(&zero)) + " FROM " + table + " WHERE request = ? ORDER BY place"
	p.selectAll = "SELECT request, " + names(p.columns(&zero)) + " FROM " + table + " WHERE request IN (SELECT value FROM json_each(?)) ORDER BY request, place"
	p.insert = insertInto(table, p.row(&zero, 0, 0))
	p.update = updateOf(table, p.row(&zero, 0, 0))
	return p
}

// of reads a request's parts.
func (p *parts[T]) of(v *reader, request int64) ([]T, error) {
	var found []T
	err := v.each(func(rows *sql.Rows) error {
		var x T
		if err := rows.Scan(fields(p.columns(&x))...); err != nil {
			return fmt.Errorf("read a %s of request %d: %w", p.what, request, err)
		}
		found = append(found, x)
		return nil
	}, p.selectOf, request)
	return found, err
}

// ofAll reads the parts of those requests whose ids are given as a list in JSON.
func (p *parts[T]) ofAll(v *reader, ids string) (map[int64][]T, error) {
	found := map[int64][]T{}
	err := v.each(func(rows *sql.Rows) error {
		var request int64
		var x T
		if err := rows.Scan(append([]any{&request}, fields(p.columns(&x))...)...); err != nil {
			return fmt.Errorf("read a %s: %w", p.what, err)
		}
		found[request] = append(found[request], x)
		return nil
	}, p.selectAll, ids)
	return found, err
}

// change saves what differs from what is stored, and says how many are stored.
func (p *parts[T]) change(t *tx, request int64, now []T) (stored int, err error) {
	before, err := p.of(&t.reader, request)
	if err != nil {
		return 0, err
	}
	for i, old := range before {
		if i >= len(now) || p.id(now[i]) != p.id(old) {
			return 0, fmt.Errorf("%s %s would be forgotten", p.what, p.id(old))
		}
		if p.kept(now[i]) == old {
			continue
		}
		if err := t.changed(p.update, append(fields(p.row(&now[i], request, i)), p.id(old))...); err != nil {
			return 0, fmt.Errorf("%s %s: %w", p.what, p.id(old), err)
		}
	}
	return len(before), nil
}

// add inserts those from the given place on.
func (p *parts[T]) add(t *tx, request int64, now []T, from int) error {
	for i := from; i < len(now); i++ {
		if _, err := t.exec(p.insert, fields(p.row(&now[i], request, i))...); err != nil {
			return fmt.Errorf("%s %s: %w", p.what, p.id(now[i]), err)
		}
	}
	return nil
}

package sqlite

import (
	"database/sql"
)

// block counts the requests, spam apart, of 1024 ids.
type block struct {
	n    int64 // the ids' common beginning
	have int
}

// bottom and top are its first id, and the first above it.
func (b block) bottom() int64 { return b.n << 10 }
func (b block) top() int64    { return (b.n + 1) << 10 }

// blocks are from high to low.
func (v *reader) blocks() (all []block, err error) {
	err = v.each(func(rows *sql.Rows) error {
		var b block
		if err := rows.Scan(&b.n, &b.have); err != nil {
			return err
		}
		all = append(all, b)
		return nil
	}, "SELECT block, requests FROM blocks ORDER BY block DESC")
	return all, err
}

// whole is the list of all requests. A place in it is found by the counts of whole blocks,
// because to pass over half a million rows takes long.
type whole struct {
	v   *reader
	all []block
}

func (w whole) count() (n int, err error) {
	for _, b := range w.all {
		n += b.have
	}
	return n, nil
}

func (w whole) place(id int64) (above int, err error) {
	for _, b := range w.all {
		switch {
		case id < b.bottom():
			above += b.have
		case id < b.top():
			n, err := w.v.number("SELECT count(*) FROM requests WHERE follows = 0 AND spam = 0 AND id > ? AND id < ?", id, b.top())
			return above + n, err
		}
	}
	return above, nil
}

func (w whole) has(id int64) (bool, error) {
	n, err := w.v.number("SELECT count(*) FROM requests WHERE follows = 0 AND spam = 0 AND id = ?", id)
	return n > 0, err
}

func (w whole) from(at, limit int) ([]int64, error) {
	for _, b := range w.all {
		if at < b.have {
			return list[int64](&w.v.span, `
				SELECT id FROM requests
				WHERE follows = 0 AND spam = 0 AND id < ?
				ORDER BY id DESC
				LIMIT ? OFFSET ?`, b.top(), limit, at)
		}
		at -= b.have
	}
	return nil, nil
}

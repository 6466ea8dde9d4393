package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// column is a column's name and where its value comes from and goes to: a pointer
// to the field, or something that is both driver.Valuer and sql.Scanner.
type column struct {
	name  string
	field any
}

func fields(columns []column) []any {
	found := make([]any, len(columns))
	for i, c := range columns {
		found[i] = c.field
	}
	return found
}

// names lists the columns as SQL wants them.
func names(columns []column) string {
	found := make([]string, len(columns))
	for i, c := range columns {
		found[i] = c.name
	}
	return strings.Join(found, ", ")
}

// marks are as many question marks as there are columns.
func marks(columns []column) string {
	return strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
}

// insertInto is the statement that inserts a row of these columns.
func insertInto(table string, columns []column) string {
	return "INSERT INTO " + table + " (" + names(columns) + ") VALUES (" + marks(columns) + ")"
}

// updateOf is the statement that sets these columns in the row with an id.
func updateOf(table string, columns []column) string {
	return "UPDATE " + table + " SET (" + names(columns) + ") = (" + marks(columns) + ") WHERE id = ?"
}

// instant keeps a time as Unix milliseconds; the zero time is 0.
type instant struct{ t *time.Time }

func (i instant) Value() (driver.Value, error) { return milliseconds(*i.t), nil }

func (i instant) Scan(value any) error {
	ms, ok := value.(int64)
	if !ok {
		return fmt.Errorf("a time is %T, not a whole number", value)
	}
	*i.t = fromMilliseconds(ms)
	return nil
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMilliseconds(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// cut leaves what is kept of a time.
func cut(t time.Time) time.Time { return fromMilliseconds(milliseconds(t)) }

// optional keeps what a pointer points to as JSON, and nil as NULL. The JSON is
// that of D, a type of this room, so that renaming a field elsewhere loses nothing.
type optional[T, D any] struct {
	field **T
	keep  func(T) D
	give  func(D) T
}

func (o optional[T, D]) Value() (driver.Value, error) {
	if *o.field == nil {
		return nil, nil
	}
	text, err := json.Marshal(o.keep(**o.field))
	return string(text), err
}

func (o optional[T, D]) Scan(value any) error {
	*o.field = nil
	if value == nil {
		return nil
	}
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("JSON is %T, not text", value)
	}
	var kept D
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return err
	}
	x := o.give(kept)
	*o.field = &x
	return nil
}

// notBefore is the first millisecond that is not before t.
func notBefore(t time.Time) int64 {
	ms := milliseconds(t)
	if t.After(fromMilliseconds(ms)) {
		ms++
	}
	return ms
}

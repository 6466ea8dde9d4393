package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"ringback/server/callback"
)

func incomingColumns(in *callback.Incoming) []column {
	columns := []column{
		{"sid", &in.SID},
		{"number", &in.Number},
		{"request", &in.Request},
		{"phone", &in.Phone},
		{"to_number", &in.To},
		{"base", &in.Base},
		{"started", instant{&in.Started}},
		{"answered", instant{&in.Answer}},
		{"ended", instant{&in.End}},
	}
	return append(columns, billColumns(&in.Bill)...)
}

func incomingRow(in *callback.Incoming) []column {
	return append(incomingColumns(in), column{"lasts", in.To != "" && in.End.IsZero()})
}

// The statements for calls that came in.
var (
	replaceIncoming = "INSERT OR REPLACE" + insertInto("incoming", incomingRow(&callback.Incoming{}))[len("INSERT"):]
	selectIncoming  = "SELECT " + names(incomingColumns(&callback.Incoming{})) + " FROM incoming "
)

// SaveIncoming is that of callback.Tx.
func (t *tx) SaveIncoming(in callback.Incoming) error {
	if in.SID == "" {
		return errors.New("save a call that came in: it has no SID")
	}
	if _, err := t.exec(replaceIncoming, fields(incomingRow(&in))...); err != nil {
		return fmt.Errorf("save a call that came in: %w", err)
	}
	return nil
}

func (v *reader) Incoming(sid string) (callback.Incoming, error) {
	found, err := v.incoming(selectIncoming+"WHERE sid = ?", sid)
	if err == nil && len(found) == 0 {
		err = callback.ErrNotFound
	}
	if err != nil {
		return callback.Incoming{}, err
	}
	return found[0], nil
}

func (v *reader) OnTheLine() ([]callback.Incoming, error) {
	return v.incoming(selectIncoming + "WHERE lasts = 1 ORDER BY started, sid")
}

func (v *reader) incoming(query string, args ...any) (found []callback.Incoming, err error) {
	err = v.each(func(rows *sql.Rows) error {
		var in callback.Incoming
		if err := rows.Scan(fields(incomingColumns(&in))...); err != nil {
			return fmt.Errorf("read a call that came in: %w", err)
		}
		found = append(found, in)
		return nil
	}, query, args...)
	return found, err
}

package sqlite

import (
	"time"

	"ringback/server/callback"
)

var texts = newParts(parts[callback.Text]{
	what:    "text",
	id:      func(t callback.Text) string { return t.ID },
	kept:    keptText,
	columns: textColumns,
	row:     textRow,
}, "texts")

func textColumns(t *callback.Text) []column {
	columns := []column{
		{"id", &t.ID},
		{"role", &t.Role},
		{"to_number", &t.To},
		{"from_number", &t.From},
		{"sid", &t.SID},
		{"status", &t.Status},
		{"code", &t.Code},
		{"started", instant{&t.Started}},
		{"came", instant{&t.Came}},
		{"said", &t.Said},
	}
	return append(columns, billColumns(&t.Bill)...)
}

func textRow(t *callback.Text, request int64, place int) []column {
	return append(textColumns(t),
		column{"request", request},
		column{"place", place},
	)
}

func keptText(t callback.Text) callback.Text {
	t.Started, t.Came, t.LookAt = cut(t.Started), cut(t.Came), cut(t.LookAt)
	return t
}

func (v *reader) TextsStarted(t time.Time) (int, error) {
	return v.number("SELECT count(*) FROM texts WHERE started > 0 AND started >= ?", notBefore(t))
}

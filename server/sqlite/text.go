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
	return []column{
		{"id", &t.ID},
		{"role", &t.Role},
		{"to_number", &t.To},
		{"from_number", &t.From},
		{"sid", &t.SID},
		{"status", &t.Status},
		{"code", &t.Code},
		{"started", instant{&t.Started}},
	}
}

func textRow(t *callback.Text, request int64, place int) []column {
	return append(textColumns(t),
		column{"request", request},
		column{"place", place},
	)
}

func keptText(t callback.Text) callback.Text {
	t.Started = cut(t.Started)
	return t
}

func (v *reader) TextsStarted(t time.Time) (int, error) {
	return v.number("SELECT count(*) FROM texts WHERE started > 0 AND started >= ?", notBefore(t))
}

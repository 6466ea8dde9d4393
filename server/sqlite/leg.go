package sqlite

import (
	"time"

	"ringback/server/callback"
)

var legs = newParts(parts[callback.Leg]{
	what:    "leg",
	id:      func(l callback.Leg) string { return l.ID },
	kept:    keptLeg,
	columns: legColumns,
	row:     legRow,
}, "legs")

func legColumns(l *callback.Leg) []column {
	columns := []column{
		{"id", &l.ID},
		{"role", &l.Role},
		{"round", &l.Round},
		{"phone", &l.Phone},
		{"dialled_by", &l.By},
		{"to_number", &l.To},
		{"from_number", &l.From},
		{"sid", &l.SID},
		{"status", &l.Status},
		{"seq", &l.Seq},
		{"code", &l.Code},
		{"refusal", &l.Refusal},
		{"started", instant{&l.Started}},
		{"answered", instant{&l.Answer}},
		{"ended", instant{&l.End}},
		{"bridged", &l.Bridged},
	}
	return append(columns, billColumns(&l.Bill)...)
}

func billColumns(b *callback.Bill) []column {
	return []column{
		{"cost", &b.Cost},
		{"priced", &b.Priced},
		{"look_at", instant{&b.LookAt}},
		{"looks", &b.Looks},
	}
}

func legRow(l *callback.Leg, request int64, place int) []column {
	return append(legColumns(l),
		column{"request", request},
		column{"place", place},
		column{"live", live(*l)},
		column{"unknown_end", live(*l) && l.SID == ""},
	)
}

func live(l callback.Leg) bool { return !l.Started.IsZero() && !l.Status.Ended() }

func keptLeg(l callback.Leg) callback.Leg {
	l.Started, l.Answer, l.End, l.LookAt = cut(l.Started), cut(l.Answer), cut(l.End), cut(l.LookAt)
	return l
}

func (v *reader) LegsStarted(t time.Time) (int, error) {
	return v.number(`
		SELECT
			(SELECT count(*) FROM legs WHERE started > 0 AND started >= ?1) +
			(SELECT count(*) FROM incoming WHERE to_number <> '' AND started >= ?1)`, notBefore(t))
}

func (v *reader) Unknown(to, leg string) (bool, error) {
	n, err := v.number(`
		SELECT count(*) FROM legs
		WHERE to_number = ? AND unknown_end = 1 AND id <> ?`, to, leg)
	return n > 0, err
}

func (v *reader) Lingers(to string) (bool, error) {
	n, err := v.number(`
		SELECT count(*) FROM legs
		JOIN requests ON requests.id = legs.request
		WHERE to_number = ? AND live = 1 AND under_way = 0`, to)
	return n > 0, err
}

func (v *reader) OnThePhone() ([]int64, error) {
	return list[int64](&v.span, "SELECT DISTINCT request FROM legs WHERE live = 1 ORDER BY request")
}

func (v *reader) SIDs(to string, t time.Time) ([]string, error) {
	return list[string](&v.span, `
		SELECT sid FROM legs
		WHERE to_number = ? AND started > 0 AND started >= ? AND sid <> ''
		ORDER BY started, id`, to, notBefore(t))
}

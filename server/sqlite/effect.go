package sqlite

import (
	"database/sql"
	"fmt"
	"time"

	"ringback/server/callback"
)

func effectColumns(e *callback.Effect) []column {
	return []column{
		{"request", &e.Request},
		{"kind", &e.Kind},
		{"leg", &e.Leg},
		{"text", &e.Text},
		{"notice", &e.Notice},
		{"carrier", &e.Carrier},
		{"due", instant{&e.Due}},
		{"started", instant{&e.Started}},
		{"tries", &e.Tries},
		{"done", instant{&e.Done}},
	}
}

// The statements for effects.
var (
	insertEffect = insertInto("effects", effectColumns(&callback.Effect{}))
	updateEffect = updateOf("effects", effectColumns(&callback.Effect{}))
	selectEffect = "SELECT id, " + names(effectColumns(&callback.Effect{})) + " FROM effects "
)

// first says that nothing undone stands before an effect in its request.
const first = `done = 0 AND NOT EXISTS (
	SELECT 1 FROM effects AS earlier
	WHERE earlier.request = effects.request AND earlier.done = 0 AND earlier.id < effects.id) `

var (
	effectByID = selectEffect + "WHERE id = ?"
	effectFor  = selectEffect + `WHERE ?2 <> '' AND id = (
		SELECT min(id) FROM (
			SELECT id FROM effects WHERE done = 0 AND kind = ?1 AND leg = ?2
			UNION ALL
			SELECT id FROM effects WHERE done = 0 AND kind = ?1 AND text = ?2))`
	effectsDue = selectEffect + "WHERE due <= ? AND " + first + "ORDER BY due, id LIMIT ?"
)

const nextDue = "SELECT due FROM effects WHERE due > ? AND " + first + "ORDER BY due LIMIT 1"

func (v *reader) Due(now time.Time, limit int) (effects []callback.Effect, next time.Time, err error) {
	ms := milliseconds(now)
	if effects, err = v.effects(effectsDue, ms, max(limit, 0)); err != nil {
		return nil, time.Time{}, err
	}
	times, err := list[int64](&v.span, nextDue, ms)
	if err != nil || len(times) == 0 {
		return effects, time.Time{}, err
	}
	return effects, fromMilliseconds(times[0]), nil
}

func (v *reader) Effect(id int64) (callback.Effect, error) { return v.effect(effectByID, id) }

// EffectFor returns the oldest one, if there are several.
func (v *reader) EffectFor(kind callback.EffectKind, id string) (callback.Effect, error) {
	return v.effect(effectFor, kind, id)
}

func (v *reader) effect(query string, args ...any) (callback.Effect, error) {
	found, err := v.effects(query, args...)
	if err != nil {
		return callback.Effect{}, err
	}
	if len(found) == 0 {
		return callback.Effect{}, callback.ErrNotFound
	}
	return found[0], nil
}

func (v *reader) effects(query string, args ...any) ([]callback.Effect, error) {
	var found []callback.Effect
	err := v.each(func(rows *sql.Rows) error {
		var e callback.Effect
		if err := rows.Scan(append([]any{&e.ID}, fields(effectColumns(&e))...)...); err != nil {
			return fmt.Errorf("read an effect: %w", err)
		}
		found = append(found, e)
		return nil
	}, query, args...)
	return found, err
}

// Add is that of callback.Tx.
func (t *tx) Add(e callback.Effect) (int64, error) {
	if e.ID != 0 {
		return 0, fmt.Errorf("add effect %d: it has an id already", e.ID)
	}
	result, err := t.exec(insertEffect, fields(effectColumns(&e))...)
	if err != nil {
		return 0, fmt.Errorf("add an effect for request %d: %w", e.Request, err)
	}
	return result.LastInsertId()
}

// SaveEffect is that of callback.Tx.
func (t *tx) SaveEffect(e callback.Effect) error {
	if err := t.changed(updateEffect, append(fields(effectColumns(&e)), e.ID)...); err != nil {
		return fmt.Errorf("save effect %d: %w", e.ID, err)
	}
	return nil
}

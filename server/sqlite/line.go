package sqlite

import (
	"time"

	"ringback/server/callback"
)

func (v *reader) Followers(id int64) ([]int64, error) {
	return list[int64](&v.span, "SELECT id FROM requests WHERE follows = ? AND follows > 0 ORDER BY id", id)
}

func (v *reader) UnderWay() ([]int64, error) {
	return list[int64](&v.span, "SELECT id FROM requests WHERE under_way = 1 ORDER BY id")
}

func (v *reader) Line(limit int) ([]int64, error) {
	return list[int64](&v.span, `
		SELECT id FROM requests
		WHERE in_line = 1
		ORDER BY manual DESC, queued_at, id
		LIMIT ?`, max(limit, 0))
}

// Ahead is 0 for a request that has no place.
func (v *reader) Ahead(r callback.Request) (int, error) {
	if !hasPlace(r) {
		return 0, nil
	}
	return v.number(`
		SELECT
			(SELECT count(*) FROM requests WHERE in_line = 1 AND manual > ?1) +
			(SELECT count(*) FROM requests WHERE in_line = 1 AND manual = ?1 AND (queued_at, id) < (?2, ?3))`,
		r.Manual, milliseconds(r.QueuedAt), r.ID)
}

func (v *reader) NextTry(now time.Time) (next time.Time, err error) {
	err = v.one([]any{instant{&next}}, `
		SELECT coalesce(min(not_before), 0) FROM requests
		WHERE in_line = 1 AND not_before > 0 AND not_before > ?`, milliseconds(now))
	return next, err
}

func (v *reader) ForOpening(other time.Time, limit int) ([]int64, error) {
	return list[int64](&v.span, `
		SELECT id FROM requests
		WHERE status = 'scheduled' AND reason = 'opening' AND follows = 0 AND due_at <> ?
		ORDER BY id
		LIMIT ?`, milliseconds(other), max(limit, 0))
}

func (v *reader) Overdue(now time.Time, limit int) (ids []int64, next time.Time, err error) {
	ms := milliseconds(now)
	ids, err = list[int64](&v.span, `
		SELECT id FROM requests
		WHERE deadline > 0 AND deadline <= ?
		ORDER BY deadline, id
		LIMIT ?`, ms, max(limit, 0))
	if err != nil {
		return nil, time.Time{}, err
	}
	err = v.one([]any{instant{&next}}, `
		SELECT coalesce(min(deadline), 0) FROM requests
		WHERE deadline > 0 AND deadline > ?`, ms)
	return ids, next, err
}

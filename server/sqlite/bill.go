package sqlite

import (
	"database/sql"
	"fmt"
	"time"

	"ringback/server/callback"
)

func (v *reader) Looks(now time.Time, limit int) (looks []callback.Look, next time.Time, err error) {
	ms := milliseconds(now)
	err = v.each(func(rows *sql.Rows) error {
		var l callback.Look
		if err := rows.Scan(&l.Request, &l.Leg, &l.Text, &l.Incoming, &l.SID); err != nil {
			return fmt.Errorf("read what is to be asked about: %w", err)
		}
		looks = append(looks, l)
		return nil
	}, `
		SELECT request, leg, text, came_in, sid FROM (
			SELECT request, id AS leg, '' AS text, 0 AS came_in, sid, look_at FROM legs WHERE look_at > 0 AND look_at <= ?1
			UNION ALL
			SELECT request, '', id, 0, sid, look_at FROM texts WHERE look_at > 0 AND look_at <= ?1
			UNION ALL
			SELECT request, '', '', 1, sid, look_at FROM incoming WHERE look_at > 0 AND look_at <= ?1
		)
		ORDER BY look_at, sid
		LIMIT ?2`, ms, max(limit, 0))
	if err != nil {
		return nil, time.Time{}, err
	}
	err = v.one([]any{instant{&next}}, `
		SELECT coalesce(min(look_at), 0) FROM (
			SELECT min(look_at) AS look_at FROM legs WHERE look_at > 0 AND look_at > ?1
			UNION ALL
			SELECT min(look_at) FROM texts WHERE look_at > 0 AND look_at > ?1
			UNION ALL
			SELECT min(look_at) FROM incoming WHERE look_at > 0 AND look_at > ?1
		)`, ms)
	return looks, next, err
}

func (v *reader) Spent(t time.Time) (sum int64, err error) {
	err = v.one([]any{&sum}, `
		SELECT
			(SELECT coalesce(sum(cost), 0) FROM legs WHERE started > 0 AND started >= ?1) +
			(SELECT coalesce(sum(cost), 0) FROM texts WHERE started > 0 AND started >= ?1) +
			(SELECT coalesce(sum(cost), 0) FROM incoming WHERE started >= ?1)`, notBefore(t))
	return sum, err
}

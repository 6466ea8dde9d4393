package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"ringback/server/callback"
)

// Report counts what happened since a time, and what was spent since another. How long that
// takes goes with the time, not with how many requests there are from before.
func (s *Store) Report(ctx context.Context, since, spentSince time.Time) (r callback.Figures, err error) {
	err = s.view(ctx, func(v *reader) (err error) {
		if r.Requests, err = v.tallies(since); err != nil {
			return err
		}
		if r.Waits, err = v.waits(since); err != nil {
			return err
		}
		r.Expenses, err = v.expenses(spentSince)
		return err
	})
	if err != nil {
		return callback.Figures{}, fmt.Errorf("report since %s: %w", since.UTC().Format(time.DateOnly), err)
	}
	return r, nil
}

func (v *reader) tallies(since time.Time) (all []callback.Tally, err error) {
	err = v.each(func(rows *sql.Rows) error {
		var t callback.Tally
		if err := rows.Scan(instant{&t.At}, &t.Status, &t.N); err != nil {
			return err
		}
		all = append(all, t)
		return nil
	}, `
		SELECT asked_at / ?2 * ?2, status, count(*)
		FROM requests
		WHERE asked_at >= ?1 AND spam = 0 AND follows = 0
		GROUP BY 1, 2
		ORDER BY 1, 2`, notBefore(since), callback.Quarter.Milliseconds())
	return all, err
}

// waits are by the first leg of each request, which is a shop leg: nobody else is rung first.
func (v *reader) waits(since time.Time) (all []callback.Wait, err error) {
	err = v.each(func(rows *sql.Rows) error {
		var asked, rang time.Time
		if err := rows.Scan(instant{&asked}, instant{&rang}); err != nil {
			return err
		}
		all = append(all, callback.Wait{Asked: asked, Took: max(0, rang.Sub(asked))})
		return nil
	}, `
		SELECT r.asked_at, l.started
		FROM requests AS r
		CROSS JOIN legs AS l ON l.request = r.id AND l.place = 0
		WHERE r.asked_at >= ?1 AND r.spam = 0 AND r.follows = 0 AND r.preferred_at = 0 AND l.role = ?2 AND l.started > 0
		ORDER BY r.asked_at`, notBefore(since), string(callback.ShopLeg))
	return all, err
}

func (v *reader) expenses(since time.Time) (all []callback.Expense, err error) {
	err = v.each(func(rows *sql.Rows) error {
		var e callback.Expense
		if err := rows.Scan(instant{&e.At}, &e.Texts, &e.N, &e.Cost, &e.Estimated); err != nil {
			return err
		}
		all = append(all, e)
		return nil
	}, `
		SELECT started / ?2 * ?2, texts, count(*), sum(cost), sum(CASE priced WHEN 0 THEN cost ELSE 0 END)
		FROM (
			SELECT started, 0 AS texts, cost, priced FROM legs WHERE started > 0 AND started >= ?1
			UNION ALL
			SELECT started, 1, cost, priced FROM texts WHERE started > 0 AND started >= ?1
			UNION ALL
			SELECT started, 0, cost, priced FROM incoming WHERE started >= ?1
		)
		GROUP BY 1, 2
		ORDER BY 1, 2`, notBefore(since), callback.Quarter.Milliseconds())
	return all, err
}

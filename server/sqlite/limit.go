package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	bucket     = time.Second      // counts are kept in buckets of this length
	keepCounts = 48 * time.Hour   // as guard asks for
	pruneEvery = 10 * time.Minute // old buckets are removed this often
)

// Count adds one to key at that time and returns, for each of since, how many were
// added to it from then up to at, this one included. The key may be any text but the
// empty one. Counts outlive a restart; they may reach back two days. They are kept in
// buckets of a second, so that nobody can fill the disk by being counted: what was
// added earlier in the second of a since counts too.
func (s *Store) Count(ctx context.Context, key string, at time.Time, since []time.Time) ([]int, error) {
	if key == "" {
		return nil, errors.New("count: the key is empty")
	}
	counts := make([]int, len(since))
	err := s.update(ctx, func(t *tx) error {
		if err := t.prune(at); err != nil {
			return err
		}
		_, err := t.exec(`
			INSERT INTO limits (key, bucket, n) VALUES (?, ?, 1)
			ON CONFLICT DO UPDATE SET n = n + 1`, key, bucketOf(at))
		if err != nil {
			return err
		}
		for i, from := range since {
			if counts[i], err = t.counted(key, from, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count: %w", err)
	}
	return counts, nil
}

// counted leaves out what lies after at: it was counted before the clock was put
// back, and must not weigh until the clock has caught up.
func (t *tx) counted(key string, from, at time.Time) (int, error) {
	return t.number(`
		SELECT coalesce(sum(n), 0) FROM limits
		WHERE key = ? AND bucket BETWEEN ? AND ?`, key, bucketOf(from), bucketOf(at))
}

// prune removes what no window reaches any more, and what a clock that was once
// wrong left in the far future.
func (t *tx) prune(at time.Time) error {
	if since := at.Sub(t.w.pruned); since >= 0 && since < pruneEvery {
		return nil
	}
	t.w.pruned = at
	if _, err := t.exec("DELETE FROM limits WHERE bucket < ?", bucketOf(at.Add(-keepCounts))); err != nil {
		return err
	}
	_, err := t.exec("DELETE FROM limits WHERE bucket > ?", bucketOf(at.Add(keepCounts)))
	return err
}

// bucketOf is when the bucket of a time begins, in Unix milliseconds.
func bucketOf(t time.Time) int64 {
	ms := milliseconds(t)
	length := bucket.Milliseconds()
	return ms - (ms%length+length)%length
}

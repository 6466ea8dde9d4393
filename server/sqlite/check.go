package sqlite

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// proven is how long a commit proves that the disk takes what it is given.
const proven = 10 * time.Second

// counters are moved by the writer and read by anyone.
type counters struct {
	commits atomic.Int64
	jobs    atomic.Int64
	failed  atomic.Int64
	written atomic.Int64 // when something was last committed, Unix milliseconds; 0: never, or the last one failed
	failing atomic.Pointer[error]
	damaged atomic.Pointer[error] // found by the late check
}

// Stats say what the writer has done since Open.
type Stats struct {
	Commits int64 // transactions that ended well
	Jobs    int64 // Updates that were in them
	Failed  int64 // transactions that could not be committed
}

// Stats returns the counts so far.
func (s *Store) Stats() Stats {
	return Stats{
		Commits: s.stats.commits.Load(),
		Jobs:    s.stats.jobs.Load(),
		Failed:  s.stats.failed.Load(),
	}
}

// Failing is why what was to be written last could not be committed; nil: it was. It
// touches no disk, so that it may be asked at any time, and doesn't see by itself that
// the disk is well again: the next commit does, or Check. Damage that was found stays.
func (s *Store) Failing() error {
	if err := s.damage(); err != nil {
		return err
	}
	if err := s.stats.failing.Load(); err != nil {
		return *err
	}
	return nil
}

// Check says what is wrong with the database, or nil. It reads, and it writes unless
// something was committed in the last ten seconds, so that it may be called often.
func (s *Store) Check(ctx context.Context) error {
	err := s.view(ctx, func(v *reader) error {
		_, err := v.head()
		return err
	})
	if err != nil {
		return fmt.Errorf("read from the database: %w", err)
	}
	now := s.now()
	if age := now.Sub(fromMilliseconds(s.stats.written.Load())); age >= 0 && age < proven {
		return nil
	}
	err = s.update(ctx, func(t *tx) error {
		_, err := t.exec("INSERT INTO probe (one, at) VALUES (1, ?) ON CONFLICT DO UPDATE SET at = excluded.at", milliseconds(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	return nil
}

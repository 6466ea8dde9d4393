package sqlite

import (
	"context"
	"errors"
	"time"
)

// checkedFirst is how many bytes a file may have to be checked before it is opened, which
// takes no time that anybody notices. The check of a larger one would hold the start up.
const checkedFirst = 4 << 20

// lateCheck is how long after its opening a larger file is checked: what the program does
// at its start comes first.
const lateCheck = 10 * time.Second

// checkLate checks the file once the program has started, or ends with ctx. Where it finds
// damage, nothing is written from then on: it might be lost, and take more with it.
func (s *Store) checkLate(ctx context.Context, f file) {
	timer := time.NewTimer(lateCheck)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return
	}
	db, err := f.pool(reading, 1) // its own: none that a view would wait for
	if err == nil {
		err = errors.Join(sound(ctx, db, "quick_check"), db.Close())
	}
	switch {
	case ctx.Err() != nil:
	case errors.Is(err, ErrDamaged):
		s.log.Error("the database is damaged: nothing is written any more", "err", err)
		s.stats.damaged.Store(&err)
	case err != nil:
		s.log.Warn("the database was not checked", "err", err)
	}
}

// damage is what the late check has found; nil: nothing.
func (s *Store) damage() error {
	if err := s.stats.damaged.Load(); err != nil {
		return *err
	}
	return nil
}

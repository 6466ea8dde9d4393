package shop

import (
	"context"
	"errors"
	"time"

	"ringback/server/desk"
	"ringback/server/sqlite"
)

// diskTick is how often it is looked whether something could not be saved, which touches
// no disk; and, while it can't, how often it is tried again.
const diskTick = time.Second

// unsaved is what the owner is told of a commit that failed; nil: nothing.
func unsaved(err error) desk.Unsaved {
	for _, r := range []struct {
		fault error
		says  desk.Unsaved
	}{
		{sqlite.ErrFull, desk.DiskFull},
		{sqlite.ErrBusy, desk.DiskBusy},
		{sqlite.ErrReadOnly, desk.DiskReadOnly},
		{sqlite.ErrDamaged, desk.DiskDamaged},
		{err, desk.DiskFailed},
	} {
		if err != nil && errors.Is(err, r.fault) {
			return r.says
		}
	}
	return desk.Saved
}

// startDisk tells the window and the log when nothing can be saved any more, and when it
// can again: in a quiet shop nobody else would find out.
func (s *Shop) startDisk(context.Context) error {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.watchDisk(ctx)
	}()
	s.onClose("the look at the disk", func() error {
		stop()
		<-ended
		return nil
	})
	return nil
}

func (s *Shop) watchDisk(ctx context.Context) {
	tick := time.NewTicker(diskTick)
	defer tick.Stop()
	said := desk.Saved
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		store := s.era.Load().mode.store
		if said = s.sayUnsaved(said, store.Failing()); said == desk.Saved {
			continue
		}
		_ = store.Check(ctx) // tries it again; how it went is what Failing says
		if ctx.Err() == nil {
			said = s.sayUnsaved(said, store.Failing())
		}
	}
}

// sayUnsaved says what is otherwise than was said before, and returns it. It is called
// before each new try and after it, so that no end goes unsaid.
func (s *Shop) sayUnsaved(said desk.Unsaved, err error) desk.Unsaved {
	now := unsaved(err)
	if now == said {
		return said
	}
	if now == desk.Saved {
		s.log.Info("the database can be written again")
		s.care.soon()
	} else {
		s.log.Error("nothing can be saved: no request is taken, nobody is called", "why", now, "err", err)
	}
	s.desk.Poke()
	return now
}

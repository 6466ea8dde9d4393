package shop

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"ringback/server/desk"
	"ringback/server/sqlite"
)

// Restore puts a copy in the place of ringback.db while the shop runs, which goes on with
// what is in it, its settings too; secrets and addresses stay. Visitors wait meanwhile. It
// is refused while a call is under way, for nothing would be known of it afterwards. After
// an error the shop goes on with what it had.
func (s *Shop) Restore(ctx context.Context, file string) (desk.Kept, error) {
	if _, err := sqlite.Inspect(ctx, file); err != nil && !isChain(err) {
		return desk.Kept{}, fmt.Errorf("%w: %w", desk.ErrCopy, err)
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	s.care.busy.Lock()
	defer s.care.busy.Unlock()
	old := s.era.Load()
	if err := rest(ctx, old); err != nil {
		return desk.Kept{}, err
	}
	ctx = context.WithoutCancel(ctx) // half of it must not be done
	reopened := make(chan struct{})
	s.restoring.Store(&reopened)
	kept, err := s.exchange(ctx, old, file)
	s.restoring.Store(nil)
	close(reopened)
	if err != nil {
		s.log.Error("restore", "err", err)
		return desk.Kept{}, err
	}
	s.log.Info("restored", "file", filepath.Base(file), "entries", kept.Entries, "aside", filepath.Base(kept.Aside))
	return kept, nil
}

// rest stops the era's engine, if no call is under way; else it goes on.
func rest(ctx context.Context, e *era) error {
	quiet, err := e.quiet(ctx)
	if err != nil || !quiet {
		return errors.Join(err, unlessQuiet(quiet, err))
	}
	e.engineEnds()
	quiet, err = e.quiet(ctx)
	if err = errors.Join(err, unlessQuiet(quiet, err)); err != nil {
		e.startEngine()
	}
	return err
}

func unlessQuiet(quiet bool, err error) error {
	if quiet || err != nil {
		return nil
	}
	return desk.ErrCallOn
}

// exchange closes the store, puts the copy in its place and goes on; where that can't be,
// with what was there before.
func (s *Shop) exchange(ctx context.Context, old *era, file string) (desk.Kept, error) {
	if err := errors.Join(old.close(), s.live.Load().Close()); err != nil {
		s.log.Error("close what was before", "err", err)
	}
	path := filepath.Join(s.options.Data, dataFile)
	aside, chain, err := sqlite.Restore(ctx, file, path, time.Now())
	if err != nil {
		return desk.Kept{}, errors.Join(err, s.goOn(ctx, old))
	}
	if err := s.goOn(ctx, old); err != nil {
		if back := sqlite.PutBack(aside, path); back != nil {
			return desk.Kept{}, errors.Join(err, back)
		}
		return desk.Kept{}, errors.Join(err, s.goOn(ctx, old))
	}
	return desk.Kept{Entries: chain.Entries, Broken: chain.Err() != nil, Aside: aside}, nil
}

// goOn opens ringback.db and builds an era on what is in it. After an error nothing is
// left open.
func (s *Shop) goOn(ctx context.Context, old *era) error {
	store, err := s.openStore(ctx, dataFile)
	if err != nil {
		return err
	}
	s.live.Store(store)
	e, err := s.eraOf(ctx)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	e.inherit(old)
	e.engine.Succeed(old.engine)
	e.server.Succeed(old.server)
	s.era.Store(e)
	e.startEngine()
	s.desk.Poke()
	return nil
}

// eraOf is one on what is kept now.
func (s *Shop) eraOf(ctx context.Context) (*era, error) {
	if err := s.loadSettings(ctx); err != nil {
		return nil, err
	}
	set, secrets := s.kept()
	j, err := s.judge(ctx, set, secrets)
	if err != nil {
		return nil, err
	}
	return s.buildEra(ctx, j)
}

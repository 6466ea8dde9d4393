// Package sqlite keeps everything that Ringback must not forget in one SQLite
// file: requests with their legs and texts, the outbox, the hash-chained event
// log, recorded answers to webhooks, settings, counts and barred numbers. It
// fulfils callback.Store, durably: what Update returned for survives the plug
// being pulled. It decides nothing: it knows no rule of calling, only how to find
// and keep what others decided.
//
// One goroutine writes; it gathers what many callers want in one transaction and
// one wait for the disk. Readers run beside it on snapshots.
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"time"

	"ringback/server/callback"
)

// Memory as a path makes a database that lives in memory only and ends with Close.
// Each Open gives another one. It is for tests: reads wait for writes there.
const Memory = ":memory:"

// readers is how many views run side by side: enough for a web server, the window
// and the engine on a shop's computer.
const readers = 4

// Options say where the database is.
type Options struct {
	Path    string           // of the file, or Memory
	Backups string           // the shelf that a copy is put on before a migration; empty: none is made
	Now     func() time.Time // time.Now when nil
	Log     *slog.Logger     // nowhere when nil
	First   int64            // a file of up to so many bytes is checked before Open returns; 0: of 4 MB
}

// Store is a callback.Store in a SQLite file. It may be used by many goroutines.
type Store struct {
	now     func() time.Time
	log     *slog.Logger
	backups string

	pools   [2]*sql.DB    // the writer's and the readers'
	jobs    chan *job     // to the writer
	written chan struct{} // closed when the writer has ended
	views   chan struct{} // one for each view under way
	idle    []*session    // readers that nobody uses, under idling
	idling  sync.Mutex
	gate    chan struct{} // in memory: held by whoever reads or writes; else nil

	sending sync.RWMutex // held for reading while a job is put into jobs
	closed  bool         // under sending
	closing chan struct{}
	once    sync.Once
	closeBy error

	late     sync.WaitGroup // the check of a large file
	stopLate context.CancelFunc

	stats counters
}

var _ callback.Store = (*Store)(nil)

// Open opens the database, makes it where there is none, checks one that is there, and
// brings an older one up to date; before that a copy of it is put aside. A large one is
// checked while it is used: where damage turns up, each Update returns ErrDamaged from then
// on. The context bounds only the
// opening. Errors: ErrNewer, ErrNotOurs, ErrBusy, ErrReadOnly, ErrFull, ErrDamaged,
// ErrDisk, each wrapped with what was tried.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{
		now:     o.Now,
		log:     o.Log,
		backups: o.Backups,
		jobs:    make(chan *job, batchSize),
		written: make(chan struct{}),
		views:   make(chan struct{}, readers),
		closing: make(chan struct{}),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	f, err := locate(o.Path)
	if err != nil {
		return nil, err
	}
	large := f.size > cmp.Or(o.First, checkedFirst)
	w, err := s.open(ctx, f, large)
	if err != nil {
		return nil, errors.Join(err, s.closePools())
	}
	go s.write(w)
	running, stop := context.WithCancel(context.Background())
	s.stopLate = stop
	if large {
		s.late.Go(func() { s.checkLate(running, f) })
	}
	return s, nil
}

// open leaves pools to be closed when it fails.
func (s *Store) open(ctx context.Context, f file, large bool) (w *writer, err error) {
	if f.memory {
		s.gate = make(chan struct{}, 1)
	}
	if s.pools[0], err = f.pool(writing, 1); err != nil {
		return nil, err
	}
	if s.pools[1], err = f.pool(reading, readers); err != nil {
		return nil, err
	}
	if f.size > 0 {
		// By a reader: the first thing that a writer does is to change the file.
		if err := ours(ctx, s.pools[1]); err != nil {
			return nil, err
		}
		if !large {
			if err := sound(ctx, s.pools[1], "quick_check"); err != nil {
				return nil, err
			}
		}
	}
	if err := s.migrate(ctx, s.pools[0]); err != nil {
		return nil, err
	}
	return s.newWriter(ctx)
}

// Close finishes what was handed in and closes the file. Whoever comes later gets
// ErrClosed. It waits for views that are under way. Calling it twice is harmless.
func (s *Store) Close() error {
	s.once.Do(func() {
		s.sending.Lock()
		s.closed = true
		s.sending.Unlock()
		close(s.jobs)
		<-s.written
		s.stopLate()
		s.late.Wait()
		close(s.closing)
		for range readers {
			s.views <- struct{}{}
		}
		for _, r := range s.idle {
			r.close()
		}
		s.closeBy = s.closePools()
	})
	return s.closeBy
}

func (s *Store) closePools() error {
	var errs []error
	// The writer's last: it folds the write-ahead log into the file.
	for _, db := range []*sql.DB{s.pools[1], s.pools[0]} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return explain("close the database", errors.Join(errs...))
}

package sqlite

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"ringback/server/callback"
)

// batchSize is how many jobs one commit may serve at most, so that none of them
// waits for too many others.
const batchSize = 256

// job is what one Update wants done.
type job struct {
	f     func(t *tx) error
	taken atomic.Bool
	err   error // f's
	done  chan error
}

// take gives the job to the writer, or back to a caller who waits no more: to whoever
// asks first.
func (j *job) take() bool { return j.taken.CompareAndSwap(false, true) }

// Update is that of callback.Store. f must not call the store.
func (s *Store) Update(ctx context.Context, f func(tx callback.Tx) error) error {
	return s.update(ctx, func(t *tx) error { return f(t) })
}

func (s *Store) update(ctx context.Context, f func(t *tx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait for the writer: %w", err)
	}
	j := &job{f: f, done: make(chan error, 1)}
	if err := s.send(ctx, j); err != nil {
		return fmt.Errorf("wait for the writer: %w", err)
	}
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		if j.take() {
			return fmt.Errorf("wait for the writer: %w", ctx.Err())
		}
		return <-j.done
	case <-s.written:
		return s.lastWord(j)
	}
}

// lastWord is the answer to a job that the writer has not begun, or has not ended: a
// test that fails inside of f takes the writer's goroutine with it.
func (s *Store) lastWord(j *job) error {
	select {
	case err := <-j.done:
		return err
	default:
		return fmt.Errorf("wait for the writer: %w", ErrClosed)
	}
}

func (s *Store) send(ctx context.Context, j *job) error {
	s.sending.RLock()
	defer s.sending.RUnlock()
	if s.closed {
		return ErrClosed
	}
	select {
	case s.jobs <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.written:
		return ErrClosed
	}
}

// writer is the one connection that writes, and what it knows by heart.
type writer struct {
	*session
	head   link      // the newest entry of the event log, as this transaction sees it
	known  bool      // head is what the file says
	pruned time.Time // when old counts were last removed
}

func (s *Store) newWriter(ctx context.Context) (*writer, error) {
	session, err := newSession(ctx, s.pools[0])
	if err != nil {
		return nil, err
	}
	w := &writer{session: session}
	if err := w.begin(); err != nil {
		session.close()
		return nil, explain("begin to write", err)
	}
	if _, err := w.exec("COMMIT"); err != nil {
		session.close()
		return nil, explain("begin to write", err)
	}
	return w, nil
}

// begin takes the file's write lock and, after a transaction that was lost, reads
// again what was known by heart.
func (w *writer) begin() error {
	if _, err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if w.known {
		return nil
	}
	head, err := (&span{session: w.session}).head()
	if err != nil {
		w.lose()
		return err
	}
	w.head, w.known = head, true
	return nil
}

// lose undoes the transaction. SQLite may have done so itself: then there is nothing
// left to do, which it reports as an error.
func (w *writer) lose() {
	w.known = false
	_, _ = w.exec("ROLLBACK")
}

// write runs jobs until the channel is closed and empty.
func (s *Store) write(w *writer) {
	defer close(s.written)
	defer w.close()
	for j := range s.jobs {
		if j.take() {
			s.batch(w, j)
		}
	}
}

// batch runs the first job and all that wait behind it in one transaction, so that
// they wait for the disk once; and while the disk works, the next ones gather.
func (s *Store) batch(w *writer, first *job) {
	_ = s.enter(context.Background()) // which never ends
	defer s.leave()
	var jobs []*job
	wrote := false
	err := w.begin()
	if err == nil {
		err = s.damage()
	}
	for j := first; j != nil; j = s.next(len(jobs)) {
		jobs = append(jobs, j)
		if err != nil {
			continue // let nobody wait for the same failure again
		}
		var touched bool
		if touched, err = s.run(w, j); err != nil {
			break
		}
		wrote = wrote || touched
	}
	if err == nil {
		_, err = w.exec("COMMIT")
	}
	if err != nil {
		w.lose()
		err = fmt.Errorf("%w: %w", callback.ErrNotSaved, explain("commit", err))
	}
	s.count(len(jobs), wrote, err)
	for _, j := range jobs {
		if err != nil {
			j.err = err // whatever it was: it may rest on what its neighbours lost
		}
		j.done <- j.err
	}
}

// next takes a job that waits, if there is one and the batch has room.
func (s *Store) next(gathered int) *job {
	for gathered < batchSize {
		select {
		case j := <-s.jobs:
			if j == nil || j.take() {
				return j
			}
		default:
			return nil
		}
	}
	return nil
}

// run gives a job a savepoint of its own, and its answer, which it gets after the
// commit. An error says that the whole transaction is lost.
func (s *Store) run(w *writer, j *job) (wrote bool, lost error) {
	if _, err := w.exec("SAVEPOINT job"); err != nil {
		return false, err
	}
	before := w.head
	t := &tx{reader: reader{span{session: w.session, update: true}}, w: w}
	j.err = s.call(t, j.f)
	t.over = true
	if t.broken != nil && !errors.Is(j.err, callback.ErrNotSaved) {
		j.err = t.broken // whatever f made of it
	}
	if j.err == nil {
		_, lost = w.exec("RELEASE job")
		return t.wrote, lost
	}
	w.head = before
	if _, err := w.exec("ROLLBACK TO job"); err != nil {
		return false, errors.Join(t.broken, err)
	}
	_, lost = w.exec("RELEASE job")
	return false, lost
}

// call makes a panic the error of the one who panicked.
func (s *Store) call(t *tx, f func(t *tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.Error("panic in a transaction", slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
			err = fmt.Errorf("panic in a transaction: %v", p)
		}
	}()
	return f(t)
}

func (s *Store) count(jobs int, wrote bool, err error) {
	if err != nil {
		s.stats.failed.Add(1)
		s.stats.written.Store(0)
		s.stats.failing.Store(&err)
		return
	}
	s.stats.commits.Add(1)
	s.stats.jobs.Add(int64(jobs))
	if wrote {
		s.stats.written.Store(milliseconds(s.now()))
		s.stats.failing.Store(nil)
	}
}

// tx is a callback.Tx for the time of one Update.
type tx struct {
	reader
	w *writer
}

var _ callback.Tx = (*tx)(nil)

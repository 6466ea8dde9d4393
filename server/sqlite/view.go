package sqlite

import (
	"context"
	"fmt"

	"ringback/server/callback"
)

// reader is a callback.Reader for the time of one View or Update.
type reader struct{ span }

var _ callback.Reader = (*reader)(nil)

// View is that of callback.Store. The context bounds the wait for a reader. f must
// not call the store again: in memory it would wait for itself.
func (s *Store) View(ctx context.Context, f func(v callback.Reader) error) error {
	return s.view(ctx, func(v *reader) error { return f(v) })
}

func (s *Store) view(ctx context.Context, f func(v *reader) error) error {
	if err := s.enterView(ctx); err != nil {
		return fmt.Errorf("wait for a reader: %w", err)
	}
	defer s.leaveView()
	r, err := s.borrow(ctx)
	if err != nil {
		return err
	}
	v := &reader{span{session: r}}
	defer s.giveBack(v)
	if _, err := r.exec("BEGIN"); err != nil {
		return explain("begin to read", err)
	}
	return f(v)
}

// enterView waits until there are not too many views.
func (s *Store) enterView(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.enter(ctx); err != nil {
		return err
	}
	select {
	case s.views <- struct{}{}:
	case <-ctx.Done():
		s.leave()
		return ctx.Err()
	case <-s.closing:
		s.leave()
		return ErrClosed
	}
	select {
	case <-s.closing: // which may have been so all along
		s.leaveView()
		return ErrClosed
	default:
		return nil
	}
}

func (s *Store) leaveView() {
	<-s.views
	s.leave()
}

// borrow takes the reader that was used last, or opens one.
func (s *Store) borrow(ctx context.Context) (*session, error) {
	s.idling.Lock()
	defer s.idling.Unlock()
	last := len(s.idle) - 1
	if last < 0 {
		return newSession(ctx, s.pools[1])
	}
	r := s.idle[last]
	s.idle = s.idle[:last]
	return r, nil
}

// giveBack ends the snapshot. A session that can't end it would hold it for ever, and
// is given up.
func (s *Store) giveBack(v *reader) {
	v.over = true
	if _, err := v.session.exec("ROLLBACK"); err != nil {
		v.close()
		return
	}
	s.idling.Lock()
	defer s.idling.Unlock()
	s.idle = append(s.idle, v.session)
}

// enter and leave keep readers and the writer apart in memory, where SQLite has no
// snapshots.
func (s *Store) enter(ctx context.Context) error {
	if s.gate == nil {
		return nil
	}
	select {
	case s.gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) leave() {
	if s.gate != nil {
		<-s.gate
	}
}

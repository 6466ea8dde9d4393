package callback

import (
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

// saving knows whether what is decided can be saved, and while it can't, when it is worth
// asking the carrier again something whose answer must be kept.
type saving struct {
	mu    sync.Mutex
	waits int       // in a row; 0: the last commit went well
	until time.Time // the end of the last one
}

// failed is told of each error of a commit's; other errors say nothing of the disk. The
// waits double from a second to two minutes, less up to a fifth.
func (s *saving) failed(err error, now time.Time) {
	if !errors.Is(err, ErrNotSaved) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left(now) > 0 {
		return
	}
	wait := min(time.Second<<min(s.waits, 10), longestWait)
	s.waits++
	s.until = now.Add(wait - rand.N(wait/5)) //nolint:gosec // chance spreads load, it keeps no secret
}

// worked is told after something was really written.
func (s *saving) worked() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits, s.until = 0, time.Time{}
}

// fails says that nothing was written since a commit failed, and until when to wait.
func (s *saving) fails(now time.Time) (fails bool, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left(now) > 0 {
		until = s.until
	}
	return s.waits > 0, until
}

// left is what the wait has left; more than the longest one: the clock was put back since.
func (s *saving) left(now time.Time) time.Duration {
	if wait := s.until.Sub(now); wait <= longestWait {
		return wait
	}
	return 0
}

// failing remembers what goes wrong again and again, so that the log says it once as it
// begins and once as it ends.
type failing struct {
	mu  sync.Mutex
	why map[string]string
}

// begins says that this was not said yet, or was for another reason.
func (f *failing) begins(what, why string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.why[what] == why {
		return false
	}
	if f.why == nil {
		f.why = map[string]string{}
	}
	f.why[what] = why
	return true
}

// ends says that it had been said; unsaved: for want of a commit only.
func (f *failing) ends(what string, unsaved bool) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if why := f.why[what]; why == "" || unsaved && why == ErrNotSaved.Error() {
		return false
	}
	delete(f.why, what)
	return true
}

// went says in the log how something went that is tried again and again; about is what
// the first failure was about, for slog.
func (e *Engine) went(what string, err error, about ...any) {
	if err == nil {
		fails, _ := e.saving.fails(e.now())
		if e.failing.ends(what, fails) { // nothing to do is no proof that the disk is back
			e.log().Info("well again", "what", what)
		}
		return
	}
	why := err.Error()
	if errors.Is(err, ErrNotSaved) {
		why = ErrNotSaved.Error() // whatever the words and however many
	}
	if e.failing.begins(what, why) {
		e.log().Error(what, append(about, "err", err)...)
	}
}

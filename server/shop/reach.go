package shop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// ErrRaised says that a Ringback with a window runs on that data directory already, and
// that its window is in front now: nothing is left to be done.
var ErrRaised = errors.New("the window of the Ringback that runs on this data directory is in front now")

// ErrNoWindow is ErrRunning for somebody who wants a window.
var ErrNoWindow = fmt.Errorf("%w, without a window (`ringback serve`): end that one first", ErrRunning)

// reachWithin is how long a program that holds the directory may leave a wish unanswered
// because it is just starting or ending.
const reachWithin = 30 * time.Second

// errUnheard says that nobody took the wish.
var errUnheard = errors.New("it does not answer")

// lockData takes the data directory's lock; nil where another program has it.
func lockData(dir string) (*flock.Flock, error) {
	// The file stays when the program ends; only the lock on it counts.
	lock := flock.New(filepath.Join(dir, "ringback.lock"), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("the data directory can't be written: %w; choose another with -data", err)
	}
	if !locked {
		return nil, nil
	}
	return lock, nil
}

// reach takes the data directory's lock or, where a Ringback has it, brings it a wish.
// A program that is just starting or ending is asked again, until it answers or the lock
// is free: so no wish is lost between the two.
func reach(ctx context.Context, dir string, w wish) (reply, *flock.Flock, error) {
	ctx, stop := context.WithTimeout(ctx, reachWithin)
	defer stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		lock, err := lockData(dir)
		if lock != nil || err != nil {
			return reply{}, lock, err
		}
		r, err := bring(ctx, dir, w)
		if err == nil {
			return r, nil, r.err()
		}
		select {
		case <-ctx.Done():
			return reply{}, nil, fmt.Errorf("%w: %w", ErrRunning, err)
		case <-again.C:
		}
	}
}

// bring brings a wish to the program that listens on the directory's socket. An error
// says that it was not answered.
func bring(ctx context.Context, dir string, w wish) (r reply, err error) {
	if _, err := os.Lstat(filepath.Join(dir, socketName)); err != nil {
		return r, errUnheard
	}
	var conn net.Conn
	err = withSocket(dir, func(name string) (err error) {
		conn, err = (&net.Dialer{Timeout: wishArrives}).DialContext(ctx, "unix", name)
		return err
	})
	if err != nil {
		return r, fmt.Errorf("%w: %w", errUnheard, err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(wishTakes + wishArrives))
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })()
	if err := json.NewEncoder(conn).Encode(w); err != nil {
		return r, fmt.Errorf("%w: %w", errUnheard, err)
	}
	if err := json.NewDecoder(conn).Decode(&r); err != nil {
		return r, fmt.Errorf("%w: %w", errUnheard, err)
	}
	return r, nil
}

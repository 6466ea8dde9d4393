package shop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrRunning says that a Ringback runs on that data directory already.
var ErrRunning = errors.New("a Ringback is already running on this data directory")

// UsageError is a wrong flag, file or value: its sentence names it and says what is allowed.
type UsageError struct {
	Message string
	Cause   error // what Message was made of, such as settings.Faults; may be nil
}

func (e *UsageError) Error() string { return e.Message }
func (e *UsageError) Unwrap() error { return e.Cause }

// DefaultData is the operating system's place for application data.
func DefaultData() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = "."
	}
	return filepath.Join(dir, "ringback")
}

// makeData makes the data directory.
func (s *Shop) makeData(context.Context) error { return makePrivate(s.options.Data) }

// makePrivate makes a data directory, for its owner only; one that is there becomes so.
func makePrivate(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the data directory can't be made: %w; choose another with -data", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a directory needs its x bit
		return fmt.Errorf("the data directory can't be kept private: %w; choose another with -data", err)
	}
	return nil
}

// lockData takes the directory's lock for as long as the shop runs.
func (s *Shop) lockData(ctx context.Context) error {
	lock, err := s.ownData(ctx)
	if err != nil {
		return err
	}
	s.onClose("the lock", lock.Unlock)
	return nil
}

// ownData takes the directory's lock. Where a Ringback has it, a start that wants a
// window brings that one's to the front, and its settings file to it.
func (s *Shop) ownData(ctx context.Context) (*flock.Flock, error) {
	if s.options.Window {
		wishes := []wish{{Do: doRaise}}
		if path := s.options.Settings; path != "" {
			file, err := readSettings(path)
			if err != nil {
				return nil, &UsageError{Message: fmt.Sprintf("-settings: %v", err)}
			}
			wishes = append(wishes, wish{Do: doApply, File: file, By: byStart})
		}
		for _, w := range wishes {
			if _, lock, err := reach(ctx, s.options.Data, w); lock != nil || err != nil {
				return lock, err
			}
		}
		return nil, ErrRaised
	}
	// A command may have the lock for a moment, and a program that ends a little longer.
	_, lock, err := reach(ctx, s.options.Data, wish{Do: doSay})
	if lock == nil && err == nil {
		err = ErrRunning
	}
	return lock, err
}

package shop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"ringback/server/settings"
)

// PrintSettings is the settings of a data directory as JSON, without secrets, whether a
// Ringback runs on it or not. Where no database is yet it is the defaults, and nothing is
// made.
func PrintSettings(ctx context.Context, options Options) (string, error) {
	s := newShop(options)
	switch _, err := os.Stat(filepath.Join(s.options.Data, dataFile)); {
	case errors.Is(err, os.ErrNotExist):
		return string(s.fresh().JSON()), nil
	case err != nil:
		return "", fmt.Errorf("the data directory can't be read: %w; choose another with -data", err)
	}
	s.log = slog.New(slog.DiscardHandler)
	return s.command(ctx, wish{Do: doPrint}, func(ctx context.Context) (string, error) {
		err := s.steps(ctx, s.openSettings, s.loadSettings)
		return string(s.set.JSON()), err
	})
}

// ApplySettings applies a settings file to the program that runs on a data directory or,
// where none does, to the database. It returns a sentence that says which. The error is a
// *UsageError, with a line for each fault of the file, and nothing was changed, or a
// sentence with its remedy.
func ApplySettings(ctx context.Context, options Options, path string) (said string, err error) {
	file, err := readSettings(path)
	if err != nil {
		return "", &UsageError{Message: fmt.Sprintf("settings %v", err)}
	}
	s := newShop(options)
	if err := s.steps(ctx, s.readEnvironment, s.makeData); err != nil {
		return "", err
	}
	return s.command(ctx, wish{Do: doApply, File: file}, func(ctx context.Context) (string, error) {
		if err := s.steps(ctx, s.openLog, s.loadSecrets, s.openSettings, s.loadSettings); err != nil {
			return "", err
		}
		if err := s.take(ctx, file, byCommand); err != nil {
			return "", err
		}
		s.log.Info("settings applied; they hold from the next start on")
		return appliedSaved, nil
	})
}

// command lets the program that runs on the data directory do something or, where none
// does, does it itself while it has the directory's lock.
func (s *Shop) command(ctx context.Context, w wish, itself func(context.Context) (string, error)) (string, error) {
	r, lock, err := reach(ctx, s.options.Data, w)
	if lock == nil {
		return r.Said, err
	}
	s.onClose("the lock", lock.Unlock)
	said, err := itself(ctx)
	return said, errors.Join(err, s.Close())
}

func (s *Shop) steps(ctx context.Context, steps ...func(context.Context) error) error {
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// fresh is what a shop starts with on this computer.
func (s *Shop) fresh() settings.Settings {
	return settings.Default(settings.LocalZone(), localCountry(s.options.Getenv))
}

// readSettings reads a settings file; the error names it.
func readSettings(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, named(path, err)
	}
	defer func() { _ = f.Close() }()
	file, err := io.ReadAll(io.LimitReader(f, mostOfSettings+1))
	if err == nil && len(file) > mostOfSettings {
		err = errors.New("is larger than a settings file may be (1 MiB)")
	}
	if err != nil {
		return nil, named(path, err)
	}
	return file, nil
}

// named says once which file an error is about, and what was wanted.
func named(path string, err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	return fmt.Errorf("%q: %w; a settings file is JSON such as `ringback settings` prints", path, err)
}

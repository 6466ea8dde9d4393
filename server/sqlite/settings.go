package sqlite

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// shopSettings is the key that the owner's settings stand under.
const shopSettings = "shop"

// SaveSettings keeps the owner's settings in place of those before. What is no JSON
// is refused.
func (s *Store) SaveSettings(ctx context.Context, value []byte) error {
	if !json.Valid(value) {
		return errors.New("save the settings: they are no JSON")
	}
	return s.update(ctx, func(t *tx) error {
		_, err := t.exec(`
			INSERT INTO settings (key, version, saved_at, value) VALUES (?, 1, ?, ?)
			ON CONFLICT DO UPDATE SET
				version = version + 1,
				saved_at = excluded.saved_at,
				value = excluded.value`,
			shopSettings, milliseconds(s.now()), string(value))
		if err != nil {
			return fmt.Errorf("save the settings: %w", err)
		}
		return nil
	})
}

// LoadSettings returns what SaveSettings kept, byte for byte; callback.ErrNotFound
// where nothing was ever saved.
func (s *Store) LoadSettings(ctx context.Context) ([]byte, error) {
	var value []byte
	err := s.view(ctx, func(v *reader) error {
		return v.one([]any{&value}, "SELECT value FROM settings WHERE key = ?", shopSettings)
	})
	if err != nil {
		return nil, fmt.Errorf("load the settings: %w", err)
	}
	return value, nil
}

// Secret returns random bytes that this file keeps under that name: made at the first
// call, the same ever after.
func (s *Store) Secret(ctx context.Context, name string) ([]byte, error) {
	var value []byte
	err := s.update(ctx, func(t *tx) error {
		fresh := `"` + rand.Text() + rand.Text() + `"` // the column holds JSON
		_, err := t.exec(`
			INSERT INTO settings (key, version, saved_at, value) VALUES (?, 1, ?, ?)
			ON CONFLICT DO NOTHING`,
			"secret "+name, milliseconds(s.now()), fresh)
		if err != nil {
			return err
		}
		return t.one([]any{&value}, "SELECT value FROM settings WHERE key = ?", "secret "+name)
	})
	if err != nil {
		return nil, fmt.Errorf("make the secret %s: %w", name, err)
	}
	return value, nil
}

// liveSince is the key that the first time live stands under.
const liveSince = "live since"

// GoLive notes that the shop places real calls from now on. Again it changes nothing.
func (s *Store) GoLive(ctx context.Context) error {
	return s.update(ctx, func(t *tx) error {
		now := milliseconds(s.now())
		_, err := t.exec("INSERT INTO settings (key, version, saved_at, value) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING",
			liveSince, now, strconv.FormatInt(now, 10))
		if err != nil {
			return fmt.Errorf("note that the shop is live: %w", err)
		}
		return nil
	})
}

// WasLive says whether GoLive was ever called: such a shop never falls back to practice.
func (s *Store) WasLive(ctx context.Context) (bool, error) {
	n := 0
	err := s.view(ctx, func(v *reader) (err error) {
		n, err = v.number("SELECT count(*) FROM settings WHERE key = ?", liveSince)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("read whether the shop was live: %w", err)
	}
	return n > 0, nil
}

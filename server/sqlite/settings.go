package sqlite

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"ringback/server/callback"
)

// shopSettings is the key that the owner's settings stand under.
const shopSettings = "shop"

// SaveSettings keeps the owner's settings in place of those before, and their change in
// the event log; a note without a kind says that nothing changed. What is no JSON is
// refused.
func (s *Store) SaveSettings(ctx context.Context, value []byte, change callback.Note) error {
	if !json.Valid(value) {
		return errors.New("save the settings: they are no JSON")
	}
	return s.update(ctx, func(t *tx) error {
		if err := t.keep(shopSettings, s.now(), string(value)); err != nil {
			return fmt.Errorf("save the settings: %w", err)
		}
		if change.Kind == "" {
			return nil
		}
		return t.Log(s.now(), 0, change)
	})
}

// keep puts a value, which is JSON, in the place of the one before.
func (t *tx) keep(key string, now time.Time, value string) error {
	_, err := t.exec(`
		INSERT INTO settings (key, version, saved_at, value) VALUES (?, 1, ?, ?)
		ON CONFLICT DO UPDATE SET
			version = version + 1,
			saved_at = excluded.saved_at,
			value = excluded.value`,
		key, milliseconds(now), value)
	return err
}

// keepFirst keeps a value where there is none yet.
func (t *tx) keepFirst(key string, now time.Time, value string) error {
	_, err := t.exec(`
		INSERT INTO settings (key, version, saved_at, value) VALUES (?, 1, ?, ?)
		ON CONFLICT DO NOTHING`,
		key, milliseconds(now), value)
	return err
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
		if err := t.keepFirst("secret "+name, s.now(), fresh); err != nil {
			return err
		}
		return t.one([]any{&value}, "SELECT value FROM settings WHERE key = ?", "secret "+name)
	})
	if err != nil {
		return nil, fmt.Errorf("make the secret %s: %w", name, err)
	}
	return value, nil
}

// The keys that the first time live, and the mode of now, stand under.
const (
	liveSince = "live since"
	modeOfNow = "mode"
)

// Mode is what a shop calls through.
type Mode string

const (
	Practice Mode = "practice" // pretended calls; what a fresh shop begins with
	Live     Mode = "live"     // real calls
	Trouble  Mode = "trouble"  // live, but something is missing: requests are taken, and nothing is called
)

// EnterMode notes the shop's mode from now on and, where it was another, its change in the
// event log. Again it changes nothing.
func (s *Store) EnterMode(ctx context.Context, m Mode) error {
	err := s.update(ctx, func(t *tx) error {
		was, err := t.mode()
		if err != nil || was == m {
			return err
		}
		now := s.now()
		if err := t.keep(modeOfNow, now, strconv.Quote(string(m))); err != nil {
			return err
		}
		if m == Live {
			if err := t.keepFirst(liveSince, now, strconv.FormatInt(milliseconds(now), 10)); err != nil {
				return err
			}
		}
		return t.Log(now, 0, callback.Note{Kind: "mode", Body: map[string]any{"from": was, "to": m}})
	})
	if err != nil {
		return fmt.Errorf("note that the shop's mode is %s: %w", m, err)
	}
	return nil
}

// mode is the last one that was noted. A file of before modes were noted says no more than
// whether the shop was ever live.
func (v *reader) mode() (Mode, error) {
	var value []byte
	err := v.one([]any{&value}, "SELECT value FROM settings WHERE key = ?", modeOfNow)
	if errors.Is(err, callback.ErrNotFound) {
		live, err := v.wasLive()
		if live {
			return Live, err
		}
		return Practice, err
	}
	if err != nil {
		return "", err
	}
	var m Mode
	return m, json.Unmarshal(value, &m)
}

// WasLive says whether the shop ever entered Live: such a shop never falls back to practice.
func (s *Store) WasLive(ctx context.Context) (was bool, err error) {
	err = s.view(ctx, func(v *reader) (err error) {
		was, err = v.wasLive()
		return err
	})
	if err != nil {
		return false, fmt.Errorf("read whether the shop was live: %w", err)
	}
	return was, nil
}

func (v *reader) wasLive() (bool, error) {
	n, err := v.number("SELECT count(*) FROM settings WHERE key = ?", liveSince)
	return n > 0, err
}

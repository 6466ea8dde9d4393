package shop

import (
	"context"
	"fmt"

	"ringback/server/callback"
	"ringback/server/settings"
)

// loadSecrets takes those that are kept; the environment beats them.
func (s *Shop) loadSecrets(ctx context.Context) error {
	s.vault = &settings.Vault{Dir: s.options.Data, Getenv: s.options.Getenv, Log: s.log}
	kept, err := s.vault.Read(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secrets = s.environment.Or(kept)
	return nil
}

// SetSecret keeps one of settings.SecretNames, in place of the one before; empty: none any
// more. It holds without a restart, as Apply says; where the environment has that secret,
// that one goes on to hold. The event log has its name. The error is a *UsageError, which
// never repeats the value, or one of the disk's; with said, the secret holds all the same.
func (s *Shop) SetSecret(ctx context.Context, name, value string) (said string, err error) {
	if err := settings.CheckSecret(name, value); err != nil {
		return "", &UsageError{Message: err.Error(), Cause: err}
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	if err := s.vault.Write(ctx, name, value); err != nil {
		return "", err
	}
	s.mu.Lock()
	s.secrets = s.environment.Or(s.secrets.With(name, value))
	s.mu.Unlock()
	// The keyring is no part of a transaction: what is noted is what was done.
	err = s.note(ctx, callback.Note{Kind: "secret", Body: map[string]any{"by": byWindow, "name": name, "removed": value == ""}})
	if err != nil {
		err = fmt.Errorf("the secret is kept, but the event log does not say so: %w", err)
	}
	return s.holdNow(ctx), err
}

package desk

import (
	"context"

	"ringback/server/settings"
)

// Rules is what the owner can change. Its methods may wait for the disk and, where a
// secret is kept in the keyring, for whoever unlocks it.
type Rules interface {
	// Settings are those that are kept, without secrets.
	Settings(ctx context.Context) (Settings, error)
	// Check says what Apply would refuse of a settings file, and changes nothing. The
	// error is settings.Faults.
	Check(ctx context.Context, file []byte) error
	// Apply lays a settings file over the settings, whole or not at all. later: mode,
	// account, number and public address follow when the calls under way have ended. The
	// error is settings.Faults, or one of the disk's.
	Apply(ctx context.Context, file []byte) (later bool, err error)
	// SetSecret keeps one of settings.SecretNames in place of the one before; empty: none
	// any more. The error never repeats the value; it is settings.ErrSecret where that is
	// none that can be kept, settings.ErrToken where Twilio has no such tokens.
	SetSecret(ctx context.Context, name, value string) (later bool, err error)
}

// Settings are what the owner can change, and which secrets there are.
type Settings struct {
	settings.Settings
	Secrets map[string]bool // of settings.SecretNames: it is at hand
}

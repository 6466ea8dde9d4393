package shop

import (
	"context"
	"errors"

	"ringback/server/desk"
	"ringback/server/settings"
)

// rules is what the owner changes in the window.
type rules struct{ shop *Shop }

var _ desk.Rules = rules{}

func (r rules) Settings(context.Context) (desk.Settings, error) {
	set, secrets := r.shop.kept()
	there := map[string]bool{}
	for _, name := range settings.SecretNames {
		there[name] = secrets.Has(name)
	}
	return desk.Settings{Settings: set, Secrets: there}, nil
}

func (r rules) Check(_ context.Context, file []byte) error {
	set, secrets := r.shop.kept()
	_, err := settings.Apply(set, file, secrets)
	return err
}

func (r rules) Apply(ctx context.Context, file []byte) (later bool, err error) {
	said, err := r.shop.Apply(ctx, file)
	return said == appliedLater, reason(err)
}

func (r rules) SetSecret(ctx context.Context, name, value string) (later bool, err error) {
	said, err := r.shop.SetSecret(ctx, name, value)
	return said == appliedLater, reason(err)
}

// reason is what a wrong value was refused for: the window has words of its own.
func reason(err error) error {
	var usage *UsageError
	if errors.As(err, &usage) && usage.Cause != nil {
		return usage.Cause
	}
	return err
}

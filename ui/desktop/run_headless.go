//go:build headless

package desktop

import (
	"context"
	"errors"

	"ringback/server/desk"
)

// ErrNoWindow says that this program was built without a window.
var ErrNoWindow = errors.New("built without a window; start `ringback serve`")

// Ready returns ErrNoWindow.
func Ready() error { return ErrNoWindow }

// Run returns ErrNoWindow at once.
func Run(context.Context, desk.Desk, Options) error { return ErrNoWindow }

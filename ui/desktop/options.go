package desktop

import (
	"context"
	"log/slog"
)

// Options are what the window needs to know besides the shop.
type Options struct {
	Version string       // of the program, shown by the desktop system; empty: unknown
	Log     *slog.Logger // slog.Default when nil
	// Args are the flags that start the program as it was started, for the list of those
	// that start at login.
	Args []string
	// OnRaise is told how the window is brought to the front when the program is started
	// once more; it returns what ends that. nil: it never is.
	OnRaise func(raise func(context.Context) error) (leave func())
}

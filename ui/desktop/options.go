package desktop

import "log/slog"

// Options are what the window needs to know besides the shop.
type Options struct {
	Version string       // of the program, shown by the desktop system; empty: unknown
	Log     *slog.Logger // slog.Default when nil
}

// Package logs sets up the program's one log: a line an event to a writer, and
// the same as JSON in a file that is rotated, each with the id of the HTTP
// request that it belongs to. It knows nothing of what is logged; that no line
// holds a phone number, a name or a token is up to those who write it.
package logs

import (
	"io"
	"log/slog"
	"os"
)

// Options says where the log goes.
type Options struct {
	Dir    string       // where ringback.log is kept; empty: no file
	Writer io.Writer    // os.Stderr when nil
	JSON   bool         // JSON lines to Writer too, rather than text
	Level  slog.Leveler // slog.LevelInfo when nil; of both
}

// Open starts the log. It fails when the file can't be written. One process at
// a time may have a directory open.
//
// close flushes and closes the file and waits until old files are compressed.
// Events after it go to Writer only. Calling it again does nothing.
func Open(o Options) (logger *slog.Logger, close func() error, err error) {
	handlers := []slog.Handler{o.console()}
	close = func() error { return nil }
	if o.Dir != "" {
		f, err := openFile(o.Dir)
		if err != nil {
			return nil, nil, err
		}
		handlers = append(handlers, slog.NewJSONHandler(f, o.handler()))
		close = f.Close
	}
	return slog.New(withRequestID(slog.NewMultiHandler(handlers...))), close, nil
}

func (o Options) console() slog.Handler {
	w := o.Writer
	if w == nil {
		w = os.Stderr
	}
	if o.JSON {
		return slog.NewJSONHandler(w, o.handler())
	}
	return slog.NewTextHandler(w, o.handler())
}

func (o Options) handler() *slog.HandlerOptions {
	return &slog.HandlerOptions{Level: o.Level}
}

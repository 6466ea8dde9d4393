//go:build !headless

package desktop

import (
	"context"
	"log"
	"log/slog"
	"strings"
	"sync"
)

// logFyne brings what Fyne prints by itself into the program's log. Without one it goes
// on to standard error: slog's own default would bring it back here.
func logFyne(to *slog.Logger) {
	if to == nil {
		return
	}
	log.SetFlags(0)
	log.SetOutput(&fyneLog{log: to})
}

// noTheme is what Fyne says where there is no session bus to tell light from dark: an
// owner who reads it as an error looks for one in vain.
const noTheme = "failed to watch theme settings"

// fyneLog takes Fyne's lines: "Fyne error: what", then, indented, its cause and place.
type fyneLog struct {
	log *slog.Logger

	mu    sync.Mutex
	usual bool // the last error is none; what is indented belongs to it
}

// Write is called by the log package with a line each.
func (f *fyneLog) Write(p []byte) (int, error) {
	line := strings.TrimRight(string(p), "\n")
	f.mu.Lock()
	if !strings.HasPrefix(line, " ") {
		f.usual = strings.Contains(line, noTheme)
	}
	level := slog.LevelWarn
	if f.usual {
		level = slog.LevelDebug
	}
	f.mu.Unlock()
	f.log.Log(context.Background(), level, "window system", "says", strings.TrimSpace(line))
	return len(p), nil
}

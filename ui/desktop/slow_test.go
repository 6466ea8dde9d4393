//go:build !headless

package desktop

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"ringback/ui"
)

func TestWhatHoldsTheWindowUpIsLoggedWhereThatIsAskedFor(t *testing.T) {
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, nil))
	if slow(func(string) string { return "" }, log) != nil {
		t.Error("it is measured without being asked for")
	}
	seen := slow(func(key string) string { return map[string]string{"RINGBACK_SLOW": "1"}[key] }, log)
	seen("ui.quick", ui.Frame)
	seen("ui.slow", 20*time.Millisecond)
	if got := said.String(); strings.Contains(got, "quick") || !strings.Contains(got, `msg="the window was held up" by=ui.slow ms=20`) {
		t.Errorf("the log says %s", got)
	}
}

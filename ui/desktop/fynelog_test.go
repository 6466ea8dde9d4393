//go:build !headless

package desktop

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestAMissingBusIsNoError(t *testing.T) {
	var said strings.Builder
	f := &fyneLog{log: slog.New(slog.NewTextHandler(&said, nil))}
	for _, line := range []string{
		"Fyne error:  failed to watch theme settings", "  Cause: dial unix /nonexistent", "  At: app_xdg.go:152",
		"Fyne error:  no picture", "  Cause: unknown format",
	} {
		if _, err := fmt.Fprintln(f, line); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{`level=WARN msg="window system" says="Fyne error:  no picture"`, `says="Cause: unknown format"`} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("%s is not in the log", want)
		}
	}
	if got := strings.Count(said.String(), "\n"); got != 2 {
		t.Errorf("the log has %d lines, want the two of the real error:\n%s", got, said.String())
	}
}

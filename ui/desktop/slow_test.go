//go:build !headless

package desktop

import (
	"errors"
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

func TestADesktopThatTakesNoNotificationsIsLoggedOnce(t *testing.T) {
	var said strings.Builder
	shown := make(chan string)
	end := make(chan error, 10)
	toasts := newToasts(func(toast ui.Toast) error {
		shown <- toast.Title
		return <-end
	}, slog.New(slog.NewTextHandler(&said, nil)))
	for _, err := range []error{errors.New("nobody there"), errors.New("nobody there"), nil, errors.New("gone again"), nil} {
		toasts.add(ui.Toast{Title: "one"})
		<-shown
		end <- err
	}
	toasts.add(ui.Toast{Title: "last"}) // once it is shown, those before were logged
	<-shown
	if got := said.String(); strings.Count(got, "nobody there") != 1 || strings.Count(got, "gone again") != 1 {
		t.Errorf("the log says\n%s", got)
	}
	end <- nil
	toasts.close()
}

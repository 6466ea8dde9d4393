package logs_test

import (
	"bytes"
	"sync"
	"testing"

	"ringback/server/logs"
)

func TestEventsLoggedWhileTheLogClosesAreWholeOrOnTheWriterOnly(t *testing.T) {
	const loggers, each = 4, 100
	var console bytes.Buffer // slog writes one line at a time
	dir := t.TempDir()
	logger, closeLog := open(t, logs.Options{Dir: dir, Writer: &console, JSON: true})

	var done sync.WaitGroup
	for range loggers {
		done.Go(func() {
			for i := range each {
				logger.Info("busy", "number", i)
				if i == each/2 {
					if err := closeLog(); err != nil {
						t.Errorf("close: %v", err)
					}
				}
			}
		})
	}
	done.Wait()

	if got := len(events(t, console.String())); got != loggers*each {
		t.Errorf("writer got %d events, want %d", got, loggers*each)
	}
	if got := len(events(t, current(t, dir))); got <= each/2 || got >= loggers*each {
		t.Errorf("file got %d events, want those before the first close", got)
	}
}

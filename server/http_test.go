package server_test

import (
	"testing"
	"time"
)

func TestServerHasEveryLimitAndLeavesTimeToWait(t *testing.T) {
	b := newBakery(t)
	s := b.HTTPServer(b.http)
	for name, limit := range map[string]time.Duration{
		"reading a header": s.ReadHeaderTimeout, "reading": s.ReadTimeout, "writing": s.WriteTimeout, "idling": s.IdleTimeout,
	} {
		if limit <= 0 {
			t.Errorf("%s has no limit", name)
		}
	}
	if s.WriteTimeout <= 25*time.Second {
		t.Errorf("an answer may take %v: a status call that waits would be cut off", s.WriteTimeout)
	}
	if s.MaxHeaderBytes <= 0 || s.ErrorLog == nil {
		t.Error("headers have no limit, or errors go past the log")
	}
	if !s.DisableGeneralOptionsHandler {
		t.Error("net/http answers OPTIONS * by itself, without X-Request-ID and our headers")
	}
}

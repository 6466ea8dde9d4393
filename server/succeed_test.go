package server_test

import (
	"testing"
	"time"

	"ringback/server"
)

// The owner changed what the shop stands on: the process goes on.
func TestAServerThatTakesOverGoesOnWhereTheOtherEnds(t *testing.T) {
	first, next := newBakery(t), newBakery(t)
	first.http = first.Ops()
	ill := func() server.Health { return server.Health{Database: server.Check{Status: server.Degraded}} }
	first.Health, next.Health = ill, ill
	first.pass(time.Minute)
	before := first.get("/health").json()
	next.Succeed(first.Server)
	next.http = next.Ops()
	next.pass(5 * time.Minute)
	after := next.get("/health").json()
	since := func(a map[string]any) any { return a["checks"].(map[string]any)["database"].(map[string]any)["since"] }
	if since(after) != since(before) || after["uptime_seconds"] != 300.0 {
		t.Errorf("it says %v, up for %v s; the one before: %v", since(after), after["uptime_seconds"], since(before))
	}
	if first.Proof("n") != next.Proof("n") {
		t.Error("it can't prove that it is the same process")
	}
}

package shop

import (
	"context"
	"time"

	"github.com/shirou/gopsutil/v4/disk"

	"ringback/server"
)

// leastDisk is the free space under which the owner should act: SQLite's file and the
// logs need room to go on.
const leastDisk = 200 << 20

// health is how everything is. It is asked on each /health and must be quick.
func (s *Shop) health() server.Health {
	return server.Health{
		Database: s.databaseHealth(),
		Carrier:  server.Check{Detail: "practice"},
		Tunnel:   server.Check{Detail: "none"},
		Webhooks: s.webhookHealth(),
		Disk:     s.diskHealth(),
		Clock:    clockHealth(time.Now()),
	}
}

func (s *Shop) databaseHealth() server.Check {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	if err := s.store.Check(ctx); err != nil {
		s.log.Warn("database check", "err", err)
		return server.Check{Status: server.Degraded, Detail: "can't be read or written"}
	}
	return server.Check{}
}

func (s *Shop) webhookHealth() server.Check {
	seen := s.server.WebhookSeen()
	if seen.IsZero() {
		return server.Check{Detail: "none seen yet"}
	}
	return server.Check{Detail: "last seen " + seen.UTC().Format(time.RFC3339)}
}

func (s *Shop) diskHealth() server.Check {
	usage, err := disk.Usage(s.options.Data)
	switch {
	case err != nil:
		return server.Check{Status: server.Degraded, Detail: "can't be looked at"}
	case usage.Free < leastDisk:
		return server.Check{Status: server.Degraded, Detail: "less than 200 MB free"}
	}
	return server.Check{}
}

// written is when this was: a clock before it is certainly wrong.
var written = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func clockHealth(now time.Time) server.Check {
	if now.Before(written) {
		return server.Check{Status: server.Degraded, Detail: "is in the past"}
	}
	return server.Check{}
}

package shop

import (
	"context"
	"strconv"
	"time"

	"github.com/shirou/gopsutil/v4/disk"

	"ringback/server"
)

// leastDisk is the free space under which the owner should act: SQLite's file and the
// logs need room to go on.
const leastDisk = 200 << 20

// health is how everything is. It is asked on each /health and must be quick.
func (s *era) health() server.Health {
	return server.Health{
		Database: s.databaseHealth(),
		Carrier:  s.carrierHealth(),
		Tunnel:   s.tunnelHealth(),
		Webhooks: s.webhookHealth(),
		Disk:     s.diskHealth(),
		Clock:    clockHealth(time.Now()),
	}
}

func (s *era) databaseHealth() server.Check {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	if err := s.mode.store.Check(ctx); err != nil {
		s.log.Warn("database check", "err", err)
		return server.Check{Status: server.Degraded, Detail: "can't be read or written: " + cause(err)}
	}
	if why, since := s.care.trouble(); why != "" {
		return server.Check{Status: server.Degraded, Since: since, Detail: why}
	}
	return server.Check{}
}

// carrierHealth says whether calls can be placed, and else the carrier's code.
func (s *era) carrierHealth() server.Check {
	switch {
	case !s.mode.live:
		return server.Check{Detail: "practice"}
	case s.watch == nil:
		return server.Check{Status: server.Degraded, Detail: "not set up"}
	}
	t := s.watch.is()
	switch {
	case t.refusal == "":
		return server.Check{Detail: "twilio"}
	case t.code == 0:
		return server.Check{Status: server.Degraded, Since: t.since, Detail: "can't be reached"}
	}
	return server.Check{Status: server.Degraded, Since: t.since, Detail: strconv.Itoa(t.code)}
}

func (s *era) tunnelHealth() server.Check {
	switch {
	case !s.mode.live:
		return server.Check{Detail: "none"}
	case s.publicURL() == "":
		return server.Check{Status: server.Degraded, Detail: "there is no public address"}
	}
	return server.Check{Detail: s.Settings().Tunnel.Kind}
}

func (s *era) webhookHealth() server.Check {
	seen := s.server.WebhookSeen()
	if seen.IsZero() {
		return server.Check{Detail: "none seen yet"}
	}
	return server.Check{Detail: "last seen " + seen.UTC().Format(time.RFC3339)}
}

func (s *era) diskHealth() server.Check {
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

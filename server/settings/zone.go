package settings

import (
	"errors"
	"sync"
	"time"
	_ "time/tzdata" // a zone is known on every computer, or on none

	"github.com/thlib/go-timezone-local/tzlocal"
)

// LocalZone is the name of the computer's time zone, UTC where it has none
// that can be named.
func LocalZone() string {
	zone, err := tzlocal.RuntimeTZ()
	if err != nil || checkZone(zone) != nil {
		return "UTC"
	}
	return zone
}

// checkZone refuses "" and Local, too: Go takes them, but they mean another
// zone on another computer.
func checkZone(zone string) error {
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		return errors.New("is not a time zone such as America/New_York")
	}
	return nil
}

// zones are those that were asked for: reading one costs more than all else that a
// post needs.
var zones sync.Map

// Zone is the shop's time zone. One that does not exist (Apply lets none in; a newer
// table may have dropped it) is UTC.
func (h Hours) Zone() *time.Location {
	if zone, ok := zones.Load(h.Timezone); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(h.Timezone)
	if err != nil {
		zone = time.UTC
	}
	zones.Store(h.Timezone, zone)
	return zone
}

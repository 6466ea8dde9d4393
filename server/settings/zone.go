package settings

import (
	"errors"
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

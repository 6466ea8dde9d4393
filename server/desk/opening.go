package desk

import "time"

// Opening is how the shop's hours stand.
type Opening struct {
	Open   bool
	Paused time.Time // until when; zero: not paused
	Next   time.Time // when it closes, or opens next; zero: not within a year
}

// StartOfTomorrow is when a pause "until tomorrow" ends, in the shop's zone. The day may
// begin later than at midnight where the clocks change then.
func StartOfTomorrow(now time.Time, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, zone)
}

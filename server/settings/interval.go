package settings

import (
	"errors"
	"regexp"
	"strconv"
)

const dayMinutes = 24 * 60

// interval is when a day is open: minutes from its midnight, the end outside.
// One that passes midnight ends beyond dayMinutes.
type interval struct{ from, to int }

var clockTimes = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$`)

// parseInterval reads HH:MM-HH:MM. The end may be 24:00, and may be earlier
// than the start, which then passes midnight.
func parseInterval(s string) (interval, error) {
	m := clockTimes.FindStringSubmatch(s)
	if m == nil {
		return interval{}, errors.New("is not HH:MM-HH:MM")
	}
	i := interval{from: minutes(m[1], m[2]), to: dayMinutes}
	if m[3] != "" {
		i.to = minutes(m[3], m[4])
	}
	if i.from == i.to {
		return interval{}, errors.New("ends when it begins; the whole day is 00:00-24:00")
	}
	if i.to < i.from {
		i.to += dayMinutes
	}
	return i, nil
}

// minutes takes digits that the pattern has checked.
func minutes(hour, minute string) int {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return h*60 + m
}

// overlaps says whether both are open at some minute; touching is not.
func (i interval) overlaps(j interval) bool { return i.from < j.to && j.from < i.to }

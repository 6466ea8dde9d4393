package assets

import (
	"embed"
	"sync"
)

//go:embed carrier/*.json
var carrierFiles embed.FS

var carrier = sync.OnceValue(func() phrases { return read(carrierFiles, "carrier") })

// Carrier explains why the carrier refused something, by the name that package twilio has
// for the reason: what is wrong, and what the owner can do. Neither ends with a full
// stop. A reason that has no words is answered with those for any.
func Carrier(lang, reason string) (what, do string) {
	if _, ok := carrier()[fallback][reason+"_what"]; !ok {
		reason = "other"
	}
	return carrier().say(lang, reason+"_what", nil), carrier().say(lang, reason+"_do", nil)
}

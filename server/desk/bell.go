package desk

import "ringback/server/notify"

// Bell is what the owner is told, on the desktop and by a sound.
type Bell interface {
	// Notices returns what the owner is told from now on, each thing once, and a function to
	// be called once when nobody listens any more. Nothing comes while notify.desktop is off.
	Notices() (<-chan notify.Notice, func())
}

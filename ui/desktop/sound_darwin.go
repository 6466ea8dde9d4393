//go:build !headless

package desktop

// players are part of the system.
var players = [][]string{{"afplay"}}

//go:build !headless && !windows && !darwin

package desktop

// players are those of PipeWire, PulseAudio and ALSA: a desktop has the one that fits it.
var players = [][]string{{"pw-play"}, {"paplay"}, {"aplay", "-q"}}

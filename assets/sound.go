package assets

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// Sounds are the names of what a notification can sound like, the usual one first.
func Sounds() []string { return []string{"chime", "bell", "marimba", "pips"} }

// Sound returns one of Sounds as a WAV file with one channel of 16 bits. It is made from
// its notes, so there is no recording that somebody else has rights in. It is nil when
// there is no such sound.
func Sound(name string) []byte {
	notes, ok := sounds[name]
	if !ok {
		return nil
	}
	return wav(level(mixed(notes)))
}

const (
	soundRate = 44100 // samples a second
	soundPeak = .5    // of the loudest there can be: it is heard across a shop and startles nobody
	attack    = 4 * time.Millisecond
	soundFade = 30 * time.Millisecond // at the end, which would click otherwise
)

// note is something struck, which then dies away.
type note struct {
	at, lasts time.Duration
	hertz     float64
	of        timbre
}

// timbre is what a note is made of: its overtones, by their share of the frequency.
type timbre []overtone

// overtone is one of a note's tones; decay is the time in which it falls to about a third.
type overtone struct {
	ratio, loud float64
	decay       time.Duration
}

const ms = time.Millisecond

var (
	soft   = timbre{{1, 1, 420 * ms}, {2, .22, 240 * ms}, {3, .07, 140 * ms}}
	bronze = timbre{{.5, .25, 600 * ms}, {1, 1, 420 * ms}, {1.19, .5, 300 * ms}, {1.5, .3, 240 * ms}, {2, .55, 300 * ms}, {2.74, .25, 160 * ms}, {3.76, .12, 90 * ms}}
	wood   = timbre{{1, 1, 210 * ms}, {3.93, .25, 60 * ms}, {9.24, .05, 25 * ms}}
	pip    = timbre{{1, 1, time.Second}, {2, .1, time.Second}}
)

var sounds = map[string][]note{
	"chime":   {{0, 1300 * ms, 659.25, soft}, {150 * ms, 1150 * ms, 987.77, soft}},
	"bell":    {{0, 1500 * ms, 1046.5, bronze}, {190 * ms, 1310 * ms, 1046.5, bronze}},
	"marimba": {{0, 700 * ms, 523.25, wood}, {120 * ms, 700 * ms, 783.99, wood}, {240 * ms, 860 * ms, 1046.5, wood}},
	"pips":    {{0, 110 * ms, 1174.66, pip}, {190 * ms, 110 * ms, 1174.66, pip}, {380 * ms, 240 * ms, 1567.98, pip}},
}

// mixed is all notes together, as samples.
func mixed(notes []note) []float64 {
	var ends time.Duration
	for _, n := range notes {
		ends = max(ends, n.at+n.lasts)
	}
	samples := make([]float64, count(ends))
	for _, n := range notes {
		from := count(n.at)
		for i := range count(n.lasts) {
			samples[from+i] += n.sample(i)
		}
	}
	return samples
}

func count(d time.Duration) int { return int(d * soundRate / time.Second) }

// sample is how far a note swings out, i samples after it was struck.
func (n note) sample(i int) (swing float64) {
	t := float64(i) / soundRate
	for _, o := range n.of {
		swing += o.loud * math.Exp(-t/o.decay.Seconds()) * math.Sin(2*math.Pi*n.hertz*o.ratio*t)
	}
	left := n.lasts.Seconds() - t
	return swing * min(1, t/attack.Seconds(), left/soundFade.Seconds())
}

// level makes all sounds equally loud at their loudest.
func level(samples []float64) []int16 {
	peak := 0.
	for _, s := range samples {
		peak = max(peak, math.Abs(s))
	}
	levelled := make([]int16, len(samples))
	for i, s := range samples {
		levelled[i] = int16(math.Round(s / peak * soundPeak * math.MaxInt16))
	}
	return levelled
}

// wav puts samples into a file: RIFF, the format (PCM, one channel), the data.
func wav(samples []int16) []byte {
	const header, width = 36, 2
	size := uint32(len(samples) * width) //nolint:gosec // a second or two
	var b bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), size + header, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(soundRate), uint32(soundRate * width), uint16(width), uint16(width * 8),
		[]byte("data"), size, samples,
	} {
		_ = binary.Write(&b, binary.LittleEndian, part) // into memory, of fixed sizes
	}
	return b.Bytes()
}

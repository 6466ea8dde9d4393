package assets_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"ringback/assets"
)

// riff is the head of a WAV file.
type riff struct {
	Riff     [4]byte
	Rest     uint32
	Wave     [8]byte
	Head     uint32
	Format   uint16
	Channels uint16
	Rate     uint32
	Bytes    uint32
	Width    uint16
	Bits     uint16
	Data     [4]byte
	Size     uint32
}

// played is a sound as a player reads it.
func played(t *testing.T, name string) (h riff, samples []int16) {
	t.Helper()
	file := assets.Sound(name)
	r := bytes.NewReader(file)
	if err := binary.Read(r, binary.LittleEndian, &h); err != nil {
		t.Fatal(err)
	}
	if int(h.Rest) != len(file)-8 || int(h.Size) != r.Len() {
		t.Fatalf("the file of %d bytes says that it has %d, of them %d of sound", len(file), h.Rest+8, h.Size)
	}
	samples = make([]int16, h.Size/2)
	if err := binary.Read(r, binary.LittleEndian, samples); err != nil {
		t.Fatal(err)
	}
	return h, samples
}

func TestEverySoundIsAShortWAVFile(t *testing.T) {
	for _, name := range assets.Sounds() {
		t.Run(name, func(t *testing.T) {
			h, samples := played(t, name)
			if string(h.Riff[:])+string(h.Wave[:])+string(h.Data[:]) != "RIFFWAVEfmt data" || h.Head != 16 {
				t.Errorf("its head is %+v", h)
			}
			if h.Format != 1 || h.Channels != 1 || h.Bits != 16 || h.Width != 2 || h.Bytes != 2*h.Rate {
				t.Errorf("it is no PCM with one channel of 16 bits: %+v", h)
			}
			long := time.Duration(len(samples)) * time.Second / time.Duration(h.Rate)
			if long < 400*time.Millisecond || long > 1600*time.Millisecond {
				t.Errorf("it takes %v", long)
			}
		})
	}
}

// What begins or ends with a jump is heard as a click.
func TestEverySoundBeginsAndEndsInSilenceAndIsEquallyLoud(t *testing.T) {
	for _, name := range assets.Sounds() {
		t.Run(name, func(t *testing.T) {
			_, samples := played(t, name)
			loudest := int16(0)
			for _, s := range samples {
				loudest = max(loudest, s, -s)
			}
			if loudest != 16384 {
				t.Errorf("its loudest sample is %d, want half of what there is", loudest)
			}
			if first, last := samples[0], samples[len(samples)-1]; max(first, -first, last, -last) > 100 {
				t.Errorf("it begins with %d and ends with %d", first, last)
			}
		})
	}
}

func TestNoTwoSoundsAreTheSame(t *testing.T) {
	seen := map[string]string{}
	for _, name := range assets.Sounds() {
		file := string(assets.Sound(name))
		if other, ok := seen[file]; ok {
			t.Errorf("%s sounds like %s", name, other)
		}
		seen[file] = name
	}
}

func TestAnUnknownSoundIsNil(t *testing.T) {
	for _, name := range []string{"", "nosuch", "none"} {
		if b := assets.Sound(name); b != nil {
			t.Errorf("Sound(%q) has %d bytes, want nil", name, len(b))
		}
	}
}

package twilio

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ringback/server/callback"
)

func TestWhisper(t *testing.T) {
	for _, tt := range []struct {
		name string
		step callback.Step
		try  int
		want string
	}{
		{"the first says who, what about and the keys",
			callback.Step{Language: "en", Name: "Ann", Message: "a wedding cake"}, 1,
			"Ann is waiting: a wedding cake. Press 1 to connect, 2 for later, 3 for a text."},
		{"a message with its own end gets no second one",
			callback.Step{Language: "en", Name: "Ann", Message: "Are you open?"}, 1,
			"Ann is waiting: Are you open? Press 1 to connect, 2 for later, 3 for a text."},
		{"without a message it says who",
			callback.Step{Language: "en", Name: "Ann"}, 1,
			"Ann is waiting. Press 1 to connect, 2 for later, 3 for a text."},
		{"without a name it is a visitor",
			callback.Step{Language: "en"}, 1,
			"A visitor is waiting. Press 1 to connect, 2 for later, 3 for a text."},
		{"a name of nothing that can be said is no name",
			callback.Step{Language: "es", Name: "\u202e🎂<>"}, 1,
			"Alguien espera. Marque 1 para hablar, 2 para después, 3 para un texto."},
		{"pasted markup is left out, an ampersand is said",
			callback.Step{Language: "es", Name: "Ana & <b>Luis</b>", Message: "1 < 2"}, 1,
			"Ana y Luis espera: 1 2. Marque 1 para hablar, 2 para después, 3 para un texto."},
		{"a long message is cut after a word",
			callback.Step{Language: "en", Name: "Ann", Message: strings.Repeat("chocolate ", 20)}, 1,
			"Ann is waiting: chocolate chocolate chocolate chocolate. Press 1 to connect, 2 for later, 3 for a text."},
		{"the second explains the keys",
			callback.Step{Language: "en", Name: "Ann"}, 2,
			"Ann. Press 1 to connect, 2 to be called again in 15 minutes, 3 to have it texted."},
		{"the third says the number digit by digit, as dialled in the shop's country",
			callback.Step{Language: "en", Name: "Ann", Number: "+12125550123", From: "+12125550100"}, 3,
			"Ann, 2 1 2, 5 5 5, 0 1 2 3. Press 1 to connect."},
		{"a number from abroad with its country code",
			callback.Step{Language: "en", Name: "Ann", Number: "+442079460018", From: "+12125550100"}, 3,
			"Ann, 4 4, 2 0, 7 9 4 6, 0 0 1 8. Press 1 to connect."},
		{"the shop's country unknown: with the country code",
			callback.Step{Language: "en", Name: "Ann", Number: "+12125550123"}, 3,
			"Ann, 1, 2 1 2, 5 5 5, 0 1 2 3. Press 1 to connect."},
		{"no number: only who",
			callback.Step{Language: "en", Name: "Ann"}, 3,
			"Ann is waiting. Press 1 to connect, 2 for later, 3 for a text."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := whisper(tt.step, tt.try); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestEachWhisperFitsItsTime(t *testing.T) {
	typed := []string{
		"", "Ann", strings.Repeat("Wolfeschlegelstein", 10), strings.Repeat("María José ", 30),
		strings.Repeat("9", 300), strings.Repeat("4 2 ", 100), strings.Repeat("蛋糕", 100), "e" + strings.Repeat("\u0301", 500),
	}
	for _, lang := range []string{"en", "es"} {
		for _, name := range typed {
			for _, message := range typed {
				for _, number := range []string{"", "+12125550123", "+8613912345678", "+4915123456789"} {
					for try := 1; try <= callback.Whispers; try++ {
						got := whisper(callback.Step{Language: lang, Name: name, Message: message, Number: number}, try)
						if length(got) > whisperRoom {
							t.Errorf("%d of %d characters: %s", length(got), whisperRoom, got)
						}
						if !utf8.ValidString(got) {
							t.Errorf("cut inside a letter: %q", got)
						}
					}
				}
			}
		}
	}
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		name, text       string
		characters, room int
		want             string
	}{
		{"what fits stays", "a cake", 6, 6, "a cake"},
		{"one too many cuts the last word", "a cakes", 6, 60, "a"},
		{"a cut that falls between words keeps both", "one two three", 7, 60, "one two"},
		{"a comma at the cut goes", "yes, no", 5, 60, "yes"},
		{"a single long word is cut in itself", "unquestionably", 5, 60, "unque"},
		{"a digit takes as long as five letters", "1 2 3", 60, 11, "1 2"},
		{"letters of several bytes count as one", "ñañaña ñ", 6, 60, "ñañaña"},
		{"no room, no words", "cake", 60, 0, ""},
		{"less than no room, no words", "cake", 60, -3, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := shorten(tt.text, tt.characters, tt.room); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

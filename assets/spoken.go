package assets

import (
	"embed"
	"sync"
)

//go:embed spoken/*.json
var spokenFiles embed.FS

var spoken = sync.OnceValue(func() phrases { return read(spokenFiles, "spoken") })

// Spoken returns a sentence that is said on the phone or sent as a text, with its
// {places} filled from args, as plain text that still has to be escaped. The
// language is a code such as "es" or "es-MX"; one that is not spoken is answered
// in English. A key that does not exist comes back itself.
func Spoken(lang, key string, args map[string]string) string { return spoken().say(lang, key, args) }

// SpokenLanguage returns the code of the language in which Spoken really answers.
func SpokenLanguage(lang string) string { return spoken().language(lang) }

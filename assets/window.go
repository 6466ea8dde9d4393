package assets

import (
	"embed"
	"sync"
)

//go:embed translations/*/*.json
var windowFiles embed.FS

var windowSentences = sync.OnceValue(func() phrases { return readFolders(windowFiles, "translations") })

// Window returns a sentence of the window with its {places} filled from args, as
// plain text. The language is a code such as "es" or "es-MX"; one that the window
// does not speak is answered in English. A key that does not exist comes back itself.
func Window(lang, key string, args map[string]string) string {
	return windowSentences().say(lang, key, args)
}

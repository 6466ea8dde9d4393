package assets

import (
	"embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed translations/*.json
var windowFiles embed.FS

// windowSentences holds translations/*.json: language, key, sentence.
var windowSentences = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	files, err := windowFiles.ReadDir("translations")
	if err != nil {
		panic("assets: translations is not embedded: " + err.Error())
	}
	for _, file := range files {
		data, err := windowFiles.ReadFile("translations/" + file.Name())
		if err != nil {
			panic("assets: translations file is not embedded: " + err.Error())
		}
		var sentences map[string]string
		if err := json.Unmarshal(data, &sentences); err != nil {
			panic("assets: translations/" + file.Name() + ": " + err.Error())
		}
		all[strings.TrimSuffix(file.Name(), ".json")] = sentences
	}
	return all
})

// Window returns a sentence of the window with its {places} filled from args, as
// plain text. The language is a code such as "es" or "es-MX"; one that the window
// does not speak is answered in English. A key that does not exist comes back itself.
func Window(lang, key string, args map[string]string) string {
	base, _, _ := strings.Cut(lang, "-")
	sentences, ok := windowSentences()[base]
	if !ok {
		sentences = windowSentences()[fallback]
	}
	sentence, ok := sentences[key]
	if !ok {
		return key
	}
	pairs := make([]string, 0, 2*len(args))
	for place, value := range args {
		pairs = append(pairs, "{"+place+"}", value)
	}
	// One pass: a place that stands in a value is not filled again.
	return strings.NewReplacer(pairs...).Replace(sentence)
}

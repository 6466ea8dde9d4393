package assets

import (
	"embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed spoken/*.json
var spokenFiles embed.FS

// spoken holds spoken/*.json: language, key, sentence.
var spoken = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	files, err := spokenFiles.ReadDir("spoken")
	if err != nil {
		panic("assets: spoken is not embedded: " + err.Error())
	}
	for _, file := range files {
		data, err := spokenFiles.ReadFile("spoken/" + file.Name())
		if err != nil {
			panic("assets: spoken file is not embedded: " + err.Error())
		}
		var sentences map[string]string
		if err := json.Unmarshal(data, &sentences); err != nil {
			panic("assets: spoken/" + file.Name() + ": " + err.Error())
		}
		all[strings.TrimSuffix(file.Name(), ".json")] = sentences
	}
	return all
})

// Spoken returns a sentence that is said on the phone or sent as a text, with its
// {places} filled from args, as plain text that still has to be escaped. The
// language is a code such as "es" or "es-MX"; one that is not spoken is answered
// in English. A key that does not exist comes back itself.
func Spoken(lang, key string, args map[string]string) string {
	sentence, ok := spoken()[SpokenLanguage(lang)][key]
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

// SpokenLanguage returns the code of the language in which Spoken really answers.
func SpokenLanguage(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	if _, ok := spoken()[base]; !ok {
		return fallback
	}
	return base
}

package assets

import (
	"embed"
	"encoding/json"
	"io/fs"
	"strings"
)

// phrases are the sentences of one folder: language, key, sentence.
type phrases map[string]map[string]string

// read takes a folder with a file for each language. What is embedded is right, or the
// program does not start.
func read(files embed.FS, folder string) phrases {
	all := phrases{}
	for _, entry := range entries(files, folder) {
		all[strings.TrimSuffix(entry.Name(), ".json")] = readFile(files, folder+"/"+entry.Name())
	}
	return all
}

// readFolders takes a folder with a folder for each language, whose files are read as one.
func readFolders(files embed.FS, folder string) phrases {
	all := phrases{}
	for _, language := range entries(files, folder) {
		words := map[string]string{}
		for _, entry := range entries(files, folder+"/"+language.Name()) {
			file := folder + "/" + language.Name() + "/" + entry.Name()
			for key, sentence := range readFile(files, file) {
				if _, twice := words[key]; twice {
					panic("assets: " + file + ": " + key + " stands in another file, too")
				}
				words[key] = sentence
			}
		}
		all[language.Name()] = words
	}
	return all
}

func entries(files embed.FS, folder string) []fs.DirEntry {
	entries, err := files.ReadDir(folder)
	if err != nil {
		panic("assets: " + folder + " is not embedded: " + err.Error())
	}
	return entries
}

func readFile(files embed.FS, file string) (words map[string]string) {
	data, err := files.ReadFile(file)
	if err != nil {
		panic("assets: " + file + " is not embedded: " + err.Error())
	}
	if err := json.Unmarshal(data, &words); err != nil {
		panic("assets: " + file + ": " + err.Error())
	}
	return words
}

// language is the code of the language in which say really answers: "es" for "es-MX",
// English for one that isn't there.
func (s phrases) language(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	if _, ok := s[base]; !ok {
		return fallback
	}
	return base
}

// say returns a sentence with its {places} filled from args, as plain text that still
// has to be escaped. A key that does not exist comes back itself.
func (s phrases) say(lang, key string, args map[string]string) string {
	sentence, ok := s[s.language(lang)][key]
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

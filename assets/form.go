package assets

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
)

// all: would take hidden files too; what is meant is named instead.
//
//go:embed form/*.html form/*.css form/*.js form/*.json
var formFiles embed.FS

// formServed is what a browser may fetch. The rest of the folder is for the
// server alone.
var formServed = map[string]bool{"form.css": true, "page.js": true}

// FormFile returns a file of the visitor's side that browsers fetch by its
// name, "form.css" or "page.js"; ok is false for every other name. The bytes
// are the caller's own.
func FormFile(name string) (data []byte, ok bool) {
	if !formServed[name] {
		return nil, false
	}
	return formFile(name), true
}

// FormVersion returns 16 hex digits that change with the content of a file
// that FormFile knows, for the query of its address, so that browsers can keep
// the file for good. It is empty for a name that FormFile does not know.
func FormVersion(name string) string {
	data, ok := FormFile(name)
	if !ok {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// FormTemplates returns the html/template files of the visitor's side.
func FormTemplates() fs.FS {
	sub, err := fs.Sub(formFiles, "form")
	if err != nil {
		panic("assets: form is not a folder name: " + err.Error())
	}
	return sub
}

// formFile reads a file that is embedded for certain.
func formFile(name string) []byte {
	data, err := formFiles.ReadFile("form/" + name)
	if err != nil {
		panic("assets: form file is not embedded: " + err.Error())
	}
	return data
}

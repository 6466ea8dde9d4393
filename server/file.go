package server

import (
	"bytes"
	"net/http"
	"time"

	"ringback/assets"
)

// file serves a file of the visitor's side. Under the address that names its content
// it can be kept for good; under any other it is asked for again each time.
func file(name, kind string) handler {
	data, ok := assets.FormFile(name)
	if !ok {
		panic("server: no form file " + name)
	}
	version := assets.FormVersion(name)
	return func(w http.ResponseWriter, r *http.Request) error {
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("ETag", `"`+version+`"`)
		h.Set("Cache-Control", "no-cache")
		if r.URL.Query().Get("v") == version {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
		return nil
	}
}

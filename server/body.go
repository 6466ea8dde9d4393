package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The most that is read of a body, in bytes.
const (
	mostOfPost    = 256 << 10
	mostOfWebhook = 64 << 10
)

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

// fields are the names that a post may have; others are ignored, because pages and
// scripts send what is theirs too.
var fields = []string{
	"visitor_number", "name", "email", "message", "preferred_at", "page", "consent", "consent_version",
	"language", "website", "request_key", "request_id", "live",
}

// post is what was sent, by field.
type post struct {
	values map[string]string
	form   bool // as a form sends it: answered with pages
}

// read reads a post and notes its language. The problem names what can't be read.
func (s *Server) read(w http.ResponseWriter, r *http.Request) (post, error) {
	kind := contentType(r)
	if kind != jsonType && kind != formType {
		return post{}, &problem{code: unsupportedType}
	}
	body, err := readBody(w, r, mostOfPost)
	if err != nil {
		return post{}, err
	}
	in := post{form: kind == formType}
	if in.form {
		in.values, err = readForm(body)
	} else {
		in.values, err = readJSON(body)
	}
	s.language(r, in.values["language"])
	return in, err
}

// contentType is the body's type, if it is in UTF-8; else empty.
func contentType(r *http.Request) string {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return ""
	}
	return kind
}

// readBody reads at most that many bytes; what says that it is longer is not read.
func readBody(w http.ResponseWriter, r *http.Request, most int64) ([]byte, error) {
	if r.ContentLength > most {
		w.Header().Set("Connection", "close")
		return nil, &problem{code: tooLarge}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		w.Header().Set("Connection", "close")
		return nil, &problem{code: tooLarge}
	case err != nil:
		return nil, &problem{code: badJSON, cause: fmt.Errorf("read the body: %w", err)}
	}
	return body, nil
}

func readForm(body []byte) (map[string]string, error) {
	sent, err := url.ParseQuery(string(body))
	values := map[string]string{}
	for _, name := range fields {
		if sent.Has(name) {
			values[name] = strings.ToValidUTF8(sent.Get(name), "\uFFFD") // as JSON's reader does
		}
	}
	if err != nil {
		return values, &problem{code: badJSON}
	}
	return values, nil
}

// readJSON wants one object, whose fields are texts, absent or null; consent may be
// true or false. What is wrong is named, and the rest is read all the same, for the
// language.
func readJSON(body []byte) (map[string]string, error) {
	values := map[string]string{}
	from := json.NewDecoder(bytes.NewReader(body))
	var sent map[string]json.RawMessage
	if err := from.Decode(&sent); err != nil || sent == nil {
		return values, &problem{code: badJSON}
	}
	var wrong error
	if _, err := from.Token(); !errors.Is(err, io.EOF) {
		wrong = &problem{code: badJSON}
	}
	for _, name := range fields {
		raw, there := sent[name]
		value, ok := text(raw, name == "consent")
		switch {
		case there && !ok && wrong == nil:
			wrong = &problem{code: badJSON, field: name}
		case there && ok:
			values[name] = value
		}
	}
	return values, wrong
}

// text reads a JSON text or null, and where asked for a truth.
func text(raw json.RawMessage, truth bool) (string, bool) {
	var value *string
	if err := json.Unmarshal(raw, &value); err == nil {
		if value == nil {
			return "", true
		}
		return *value, true
	}
	var yes bool
	if err := json.Unmarshal(raw, &yes); err != nil || !truth {
		return "", false
	}
	if yes {
		return "yes", true
	}
	return "", true
}

// ticked reads a consent.
func ticked(value string) bool {
	no := []string{"", "0", "false", "no", "off"}
	return !slices.Contains(no, strings.ToLower(strings.TrimSpace(value)))
}

package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// node is one value of a settings file and where it stands there, which
// encoding/json alone does not tell: faults need it, and so do keys given
// twice, of which it would silently take the last.
type node struct {
	path   string
	at     int64
	scalar any // string, json.Number, bool or nil
	fields map[string]*node
	items  []*node
	list   bool
}

// document is a settings file, read but not yet judged.
type document struct {
	root   *node
	places map[string]int64 // path to place
	faults Faults           // keys given twice, numbers that cannot be held
}

// readDocument reads file whole. What is no JSON at all has one fault only,
// because nothing sure can be said of the rest.
func readDocument(file []byte) (*document, Faults) {
	// Editors on Windows put a byte order mark first; JSON knows none.
	file = bytes.TrimPrefix(file, []byte("\uFEFF"))
	if len(bytes.TrimSpace(file)) == 0 {
		return nil, Faults{{Path: "settings", Message: "the file is empty; it must be a JSON object, {} at least"}}
	}
	if !utf8.Valid(file) {
		return nil, Faults{{Path: "settings", Message: "the file is not UTF-8 text"}}
	}
	var whole json.RawMessage
	if err := json.Unmarshal(file, &whole); err != nil {
		return nil, Faults{syntaxFault(file, err)}
	}
	d := &document{places: map[string]int64{}}
	tokens := json.NewDecoder(bytes.NewReader(file))
	tokens.UseNumber()
	d.root = d.read(tokens, "")
	return d, nil
}

// syntaxFault says where the JSON ends to be JSON. The standard library's
// sentence shows one character of the file at most, so no secret.
func syntaxFault(file []byte, err error) Fault {
	before := file
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		before = file[:max(0, min(int(syntax.Offset)-1, len(file)))]
	}
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return Fault{Path: fmt.Sprintf("line %d, column %d", line, column), Message: "not JSON: " + err.Error()}
}

// read takes the next value. The whole was found to be JSON before, so no
// token can be wrong.
func (d *document) read(tokens *json.Decoder, path string) *node {
	token, _ := tokens.Token()
	n := &node{path: path, at: tokens.InputOffset()}
	d.places[path] = n.at
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			d.readFields(tokens, n)
		} else {
			d.readItems(tokens, n)
		}
		_, _ = tokens.Token() // the closing one
	case json.Number:
		n.scalar = d.number(token, n)
	default:
		n.scalar = token
	}
	return n
}

func (d *document) readFields(tokens *json.Decoder, n *node) {
	n.fields = map[string]*node{}
	for tokens.More() {
		token, _ := tokens.Token()
		key, _ := token.(string)
		at := tokens.InputOffset()
		path := join(n.path, key)
		if n.fields[key] != nil {
			d.faults = append(d.faults, Fault{Path: path, Message: "is given twice", at: at})
		}
		n.fields[key] = d.read(tokens, path)
	}
}

func (d *document) readItems(tokens *json.Decoder, n *node) {
	n.list = true
	for tokens.More() {
		n.items = append(n.items, d.read(tokens, fmt.Sprintf("%s[%d]", n.path, len(n.items))))
	}
}

// number writes 1.0 and 1e2 as 1 and 100, which the schema and Go's int then
// agree on, and refuses what no key can mean before anybody computes with it.
func (d *document) number(n json.Number, of *node) json.Number {
	const most = 1e15
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || math.Abs(f) > most {
		d.faults = append(d.faults, Fault{Path: of.path, Message: "is a number too large for any setting", at: of.at})
		return "0"
	}
	return json.Number(strconv.FormatFloat(f+0, 'f', -1, 64))
}

// plainKey is a key that needs no quotes in a path.
var plainKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,60}$`)

// join writes a path; a key that could break the line or the path is quoted.
func join(path, key string) string {
	if !plainKey.MatchString(key) {
		key = quote(key)
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// place is where path stands in the file. What the file does not name stands
// where the nearest thing around it does.
func (d *document) place(path string) int64 {
	for path != "" {
		if at, ok := d.places[path]; ok {
			return at
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return d.places[""]
}

// names says whether the file has anything at path.
func (d *document) names(path string) bool {
	_, ok := d.places[path]
	return ok
}

// find follows a location as jsonschema gives it.
func (n *node) find(location []string) *node {
	for _, step := range location {
		if n.list {
			i, _ := strconv.Atoi(step)
			n = n.items[i]
		} else {
			n = n.fields[step]
		}
	}
	return n
}

// value is n as encoding/json would have it.
func (n *node) value() any {
	v, _ := n.sound(nil)
	return v
}

// sound is n without what is at fault. A list with a fault in it is left out
// whole, because lists are replaced whole; whole says that nothing is missing.
func (n *node) sound(faults Faults) (v any, whole bool) {
	if slices.ContainsFunc(faults, func(f Fault) bool { return f.Path == n.path }) {
		return nil, false
	}
	switch {
	case n.fields != nil:
		return n.soundFields(faults)
	case n.list:
		return n.soundItems(faults)
	}
	return n.scalar, true
}

func (n *node) soundFields(faults Faults) (any, bool) {
	fields, whole := map[string]any{}, true
	for key, field := range n.fields {
		v, ok := field.sound(faults)
		if ok || v != nil {
			fields[key] = v
		}
		whole = whole && ok
	}
	return fields, whole
}

func (n *node) soundItems(faults Faults) (any, bool) {
	items := []any{}
	for _, item := range n.items {
		v, ok := item.sound(faults)
		if !ok {
			return nil, false
		}
		items = append(items, v)
	}
	return items, true
}

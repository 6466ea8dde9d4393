package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// JSON prints the settings as a settings file, in the contract's order and
// without secrets. What is left out keeps its value when the file is applied
// again, so printing, editing and applying lose nothing.
func (s Settings) JSON() []byte {
	s.Notify.URLs = nil
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false) // a person reads this
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		panic(fmt.Sprintf("settings: as JSON: %v", err)) // as in asObject: it cannot be
	}
	return out.Bytes()
}

// kept is how settings lie in the database: whole, so that a database that is restored on
// another computer keeps its zone and country whatever that one's are. Unset says what of
// it nobody has chosen: the neutral values of keys that were not obeyed yet. A version that
// obeys such a key begins with its own default, and not without a captcha for ever. Where
// the list is missing, or the owner applied all that was printed, a neutral value can't be
// told from a chosen one, and is kept.
type kept struct {
	Settings json.RawMessage `json:"settings"`
	Looked   bool            `json:"looked"`
	Unset    []string        `json:"unset,omitempty"`
}

// Marshal gives the settings as they are kept, without secrets: those are
// never in the database nor in its backups.
func Marshal(s Settings) ([]byte, error) {
	return json.Marshal(kept{Settings: s.JSON(), Looked: s.Looked, Unset: s.Unset})
}

// Unmarshal reads what Marshal gave, this version's or an older one's: a key
// that it lacks, or that nobody had set while it was not obeyed, takes its
// value from defaults; a key that is gone is passed over. On an error the
// settings are defaults.
func Unmarshal(text []byte, defaults Settings) (Settings, error) {
	var k kept
	if err := json.Unmarshal(text, &k); err != nil {
		return defaults, fmt.Errorf("read kept settings: %w", err)
	}
	base := asObject(defaults)
	var over map[string]any
	if err := json.Unmarshal(k.Settings, &over); err != nil {
		return defaults, fmt.Errorf("read kept settings: %w", err)
	}
	for _, path := range k.Unset {
		remove(over, path)
	}
	lay(base, over)
	merged, err := json.Marshal(base)
	if err != nil {
		return defaults, fmt.Errorf("read kept settings: %w", err)
	}
	s := Settings{Looked: k.Looked, Unset: without(defaults.Unset, func(path string) bool { return has(over, path) })}
	if err := json.Unmarshal(merged, &s); err != nil {
		return defaults, fmt.Errorf("read kept settings: %w", err)
	}
	s.Notify.URLs = defaults.Notify.URLs
	return s, nil
}

// remove takes a key out of an object, if it is there.
func remove(object map[string]any, path string) {
	outer, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		delete(object, outer)
		return
	}
	if inner, isObject := object[outer].(map[string]any); isObject {
		remove(inner, rest)
	}
}

// has says whether an object has a key.
func has(object map[string]any, path string) bool {
	outer, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		_, ok := object[outer]
		return ok
	}
	inner, isObject := object[outer].(map[string]any)
	return isObject && has(inner, rest)
}

// without is a list without some of its paths; nil: none is left.
func without(paths []string, gone func(path string) bool) []string {
	if left := slices.DeleteFunc(slices.Clone(paths), gone); len(left) > 0 {
		return left
	}
	return nil
}

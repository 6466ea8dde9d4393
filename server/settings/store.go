package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// kept is how settings lie in the database.
type kept struct {
	Settings json.RawMessage `json:"settings"`
	Looked   bool            `json:"looked"`
}

// Marshal gives the settings as they are kept, without secrets: those are
// never in the database nor in its backups.
func Marshal(s Settings) ([]byte, error) {
	return json.Marshal(kept{Settings: s.JSON(), Looked: s.Looked})
}

// Unmarshal reads what Marshal gave, this version's or an older one's: a key
// that it lacks takes its value from defaults, a key that is gone is passed
// over. On an error the settings are defaults.
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
	lay(base, over)
	merged, err := json.Marshal(base)
	if err != nil {
		return defaults, fmt.Errorf("read kept settings: %w", err)
	}
	s := Settings{Looked: k.Looked}
	if err := json.Unmarshal(merged, &s); err != nil {
		return defaults, fmt.Errorf("read kept settings: %w", err)
	}
	s.Notify.URLs = defaults.Notify.URLs
	return s, nil
}

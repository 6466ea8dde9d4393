package settings

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Change is a key whose value is another now. From and To are JSON, null where there was
// none or is none any more, and left out where they are not for others' eyes or too long.
type Change struct {
	Path string          `json:"path"`
	From json.RawMessage `json:"from,omitempty"`
	To   json.RawMessage `json:"to,omitempty"`
}

// longestTold is how long a value may be, in bytes of JSON, that a Change shows.
const longestTold = 200

// untold are the keys whose values a Change never shows: secrets, and phone numbers, of
// which there is none in the event log.
var untold = []string{"notify.urls", "business.phones", "business.sms_numbers", "business.public_phone", "twilio.number"}

// Changes says what differs between two settings, by path. A list is one value, as it is
// in a file.
func Changes(old, now Settings) []Change {
	var changes []Change
	differ("", asObject(old), asObject(now), func(path string, from, to any) {
		c := Change{Path: path}
		if from, to := shown(path, from), shown(path, to); from != nil && to != nil {
			c.From, c.To = from, to
		}
		changes = append(changes, c)
	})
	return changes
}

// differ calls found for each value that is not in both, in the order of the paths.
func differ(at string, old, now map[string]any, found func(path string, from, to any)) {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(old)), maps.Keys(now))
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		path := join(at, key)
		was, wasObject := old[key].(map[string]any)
		is, isObject := now[key].(map[string]any)
		switch {
		case wasObject && isObject:
			differ(path, was, is, found)
		case !reflect.DeepEqual(old[key], now[key]):
			found(path, old[key], now[key])
		}
	}
}

// shown is a value as JSON; nil: it is not to be seen. An address can hold a password.
func shown(path string, v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil || len(text) > longestTold || slices.Contains(untold, path) {
		return nil
	}
	if s := string(text); strings.Contains(s, "://") && strings.Contains(s, "@") {
		return nil
	}
	return text
}

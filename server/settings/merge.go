package settings

import (
	"encoding/json"
	"fmt"
)

// Merge lays a settings file over the current settings: objects key by key,
// lists whole, null removing a date. With any fault it gives current as it
// is, and all faults at once, in the order of the file. Current itself is
// never changed.
func Merge(current Settings, file []byte) (Settings, Faults) {
	merged, _, faults := merge(current, file)
	if len(faults) > 0 {
		return current, faults
	}
	return merged, nil
}

// Apply merges a file and then refuses what this version does not yet obey,
// where the result would be live with these secrets. The error is Faults;
// with one, the settings are current as they were.
func Apply(current Settings, file []byte, secrets Secrets) (Settings, error) {
	merged, doc, faults := merge(current, file)
	if live, _ := Live(merged, secrets); live && doc != nil {
		faults = doc.add(faults, NotObeyed(merged))
	}
	if len(faults) > 0 {
		return current, faults
	}
	return merged, nil
}

// merge gives what the file makes of current apart from what is at fault in
// it, so that the sound rest can be judged too.
func merge(current Settings, file []byte) (Settings, *document, Faults) {
	doc, faults := readDocument(file)
	if doc == nil {
		return current, nil, faults
	}
	faults = shapeFaults(doc)
	merged := overlay(current, doc, faults)
	return merged, doc, doc.add(faults, meaningFaults(merged))
}

// add gives more faults their place in the file. Where something is at fault
// already, what follows from it is not said as well.
func (d *document) add(faults, more Faults) Faults {
	known := faults
	for _, f := range more {
		if !known.has(f.Path) {
			f.at = d.place(f.Path)
			faults = append(faults, f)
		}
	}
	return faults.sorted()
}

// overlay goes through JSON's own form of the settings: there a key that the
// file does not name can be told from one that it sets to nothing.
func overlay(current Settings, doc *document, faults Faults) Settings {
	v, _ := doc.root.sound(faults)
	over, isObject := v.(map[string]any)
	if !isObject {
		return current
	}
	base := asObject(current)
	lay(base, over)
	merged := fromObject(base)
	merged.Unset = without(current.Unset, doc.names)
	merged.Looked = current.Looked || doc.names("limits") || doc.names("guard.countries")
	if !merged.Looked {
		merged.Guard.Countries = []string{merged.Business.Country}
	}
	// Not printed, so it is not in the base.
	if !doc.names("notify.urls") {
		merged.Notify.URLs = current.Notify.URLs
	}
	completePhones(merged.Business.Phones)
	return merged
}

// lay changes base; null removes.
func lay(base, over map[string]any) {
	for key, v := range over {
		inner, isObject := v.(map[string]any)
		under, wasObject := base[key].(map[string]any)
		switch {
		case v == nil:
			delete(base, key)
		case isObject && wasObject:
			lay(under, inner)
		default:
			base[key] = v
		}
	}
}

// completePhones gives a phone what its entry left out. An entry of a list
// has nothing before it whose value it could keep.
func completePhones(phones []Phone) {
	for i := range phones {
		if phones[i].Label == "" {
			phones[i].Label = fmt.Sprintf("Phone %d", i+1)
		}
		if phones[i].RingSeconds == 0 {
			phones[i].RingSeconds = defaultRingSeconds
		}
	}
}

// asObject and fromObject cannot fail: Settings holds nothing that JSON does
// not know, and the schema let nothing through that Settings cannot hold. A
// test holds schema and types together.
func asObject(s Settings) (object map[string]any) {
	text, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(text, &object)
	}
	if err != nil {
		panic(fmt.Sprintf("settings: as JSON: %v", err))
	}
	return object
}

func fromObject(object map[string]any) (s Settings) {
	text, err := json.Marshal(object)
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		panic(fmt.Sprintf("settings: schema and types differ: %v", err))
	}
	return s
}

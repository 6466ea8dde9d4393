package settings

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// schemaFile documents every key of the settings file, and is what checks it.
//
//go:embed settings.schema.json
var schemaFile []byte

// schema is compiled once; it is part of the program, so it cannot be wrong
// in one run and right in another.
var schema = sync.OnceValue(func() *jsonschema.Schema {
	const name = "settings.schema.json"
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaFile))
	if err != nil {
		panic(fmt.Sprintf("settings: %s: %v", name, err))
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for format, check := range formats {
		c.RegisterFormat(&jsonschema.Format{Name: format, Validate: ofText(check)})
	}
	if err := c.AddResource(name, doc); err != nil {
		panic(fmt.Sprintf("settings: %s: %v", name, err))
	}
	return c.MustCompile(name)
})

// ofText leaves what is no text to the schema's own type.
func ofText(check func(string) error) func(any) error {
	return func(v any) error {
		if s, ok := v.(string); ok {
			return check(s)
		}
		return nil
	}
}

// shapeFaults holds a file against the schema: every unknown key, wrong type
// and impossible value of it.
func shapeFaults(d *document) Faults {
	faults := slices.Concat(d.faults, dateFaults(d))
	var invalid *jsonschema.ValidationError
	if errors.As(schema().Validate(d.root.value()), &invalid) {
		faults = append(faults, d.translate(invalid)...)
	}
	return oneEach(faults)
}

// oneEach keeps the first fault of each path.
func oneEach(faults Faults) Faults {
	seen := map[string]bool{}
	return slices.DeleteFunc(faults, func(f Fault) bool {
		again := seen[f.Path]
		seen[f.Path] = true
		return again
	})
}

// dateFaults looks at the keys of hours.dates. The schema could (as
// propertyNames), but the library reports such a key at a place that it may
// have overwritten by then.
func dateFaults(d *document) (faults Faults) {
	hours := d.root.fields["hours"]
	if hours == nil || hours.fields["dates"] == nil {
		return nil
	}
	for key, n := range hours.fields["dates"].fields {
		if err := checkDate(key); err != nil {
			faults = append(faults, Fault{Path: n.path, Message: quote(key) + " " + err.Error(), at: n.at})
		}
	}
	return faults
}

// translate turns the library's tree of errors into our sentences.
func (d *document) translate(invalid *jsonschema.ValidationError) (faults Faults) {
	for _, cause := range invalid.Causes {
		faults = append(faults, d.translate(cause)...)
	}
	if len(invalid.Causes) > 0 {
		return faults
	}
	n := d.root.find(invalid.InstanceLocation)
	say := func(at *node, message string, k Kind, args ...string) {
		faults = append(faults, Fault{Path: cmp.Or(at.path, "settings"), Message: message, Kind: k, Args: args, at: at.at})
	}
	switch k := invalid.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, key := range k.Properties {
			say(n.fields[key], unknownKey(key, invalid.InstanceLocation), OtherFault)
		}
	case *kind.UniqueItems:
		again := n.items[k.Duplicates[1]]
		say(again, again.shown()+" is in the list twice", Repeated)
	case *kind.Required:
		for _, key := range k.Missing {
			faults = append(faults, Fault{Path: join(n.path, key), Message: "is missing", at: n.at})
		}
	default:
		allowed := schemaAt(invalid.InstanceLocation)
		kind, args := kindOf(invalid.ErrorKind, allowed)
		say(n, sentence(n, invalid.ErrorKind, allowed), kind, args...)
	}
	return faults
}

// kindOf says the same as sentence, without words.
func kindOf(wrong jsonschema.ErrorKind, allowed *jsonschema.Schema) (Kind, []string) {
	switch k := wrong.(type) {
	case *kind.Type:
		return WrongType, nil
	case *kind.Enum:
		return NoChoice, nil
	case *kind.Format:
		return Kind(strings.TrimSuffix(k.Want, "-or-empty")), nil
	case *kind.Minimum, *kind.Maximum:
		return OutOfRange, []string{allowed.Minimum.RatString(), allowed.Maximum.RatString()}
	case *kind.MultipleOf:
		return NotCents, nil
	case *kind.MaxLength:
		return TooLong, []string{strconv.Itoa(k.Got), strconv.Itoa(k.Want)}
	case *kind.MaxItems:
		return TooMany, []string{strconv.Itoa(k.Got), strconv.Itoa(k.Want)}
	case *kind.MaxProperties:
		return TooMany, []string{strconv.Itoa(k.Got), strconv.Itoa(k.Want)}
	case *kind.MinItems:
		return NoEntry, nil
	}
	return OtherFault, nil
}

// sentence says what is wrong with the value n and what is allowed.
func sentence(n *node, wrong jsonschema.ErrorKind, allowed *jsonschema.Schema) string {
	switch k := wrong.(type) {
	case *kind.Type:
		return "must be " + typeWords(k.Want) + ", not " + typeWords([]string{k.Got})
	case *kind.Enum:
		return n.shown() + " is not one of " + listed(k.Want)
	case *kind.Format:
		return n.shown() + " " + k.Err.Error()
	case *kind.Minimum, *kind.Maximum:
		return fmt.Sprintf("%s is not from %s to %s", n.shown(), allowed.Minimum.RatString(), allowed.Maximum.RatString())
	case *kind.MultipleOf:
		return n.shown() + " is not in whole cents"
	case *kind.MaxLength:
		return fmt.Sprintf("has %d characters; at most %d are allowed", k.Got, k.Want)
	case *kind.MaxItems:
		return fmt.Sprintf("has %d entries; at most %d are allowed", k.Got, k.Want)
	case *kind.MaxProperties:
		return fmt.Sprintf("has %d entries; at most %d are allowed", k.Got, k.Want)
	case *kind.MinItems:
		return "is empty; it needs an entry at least"
	}
	return "is not allowed here"
}

// secretPaths may hold a secret, the account's because people paste the token
// there by mistake. Their values are never repeated.
var secretPaths = []string{"notify.urls", "twilio.account_sid"}

// shown is a scalar as the file has it, or "this" where it may be a secret.
func (n *node) shown() string {
	for _, path := range secretPaths {
		if n.path == path || inside(n.path, path) {
			return "the value (not shown)"
		}
	}
	switch v := n.scalar.(type) {
	case string:
		return quote(v)
	case json.Number:
		return string(v)
	}
	return "this"
}

func typeWords(types []string) string {
	words := map[string]string{
		"array": "a list", "boolean": "true or false", "integer": "a whole number",
		"null": "null", "number": "a number", "object": "an object {…}", "string": "text",
	}
	named := make([]string, len(types))
	for i, t := range types {
		named[i] = words[t]
	}
	return strings.Join(named, " or ")
}

func listed(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}

// unknownKey names the key that was probably meant, else all that there are.
func unknownKey(key string, location []string) string {
	known := slices.Sorted(maps.Keys(schemaAt(location).Properties))
	for _, k := range known {
		if near(key, k) {
			return "unknown key; did you mean " + k + "?"
		}
	}
	return "unknown key; allowed are " + strings.Join(known, ", ")
}

// schemaAt is the part of the schema for a place in the file that it knows.
func schemaAt(location []string) *jsonschema.Schema {
	s := resolved(schema())
	for _, step := range location {
		next, ok := s.Properties[step]
		if additional, isSchema := s.AdditionalProperties.(*jsonschema.Schema); !ok && isSchema {
			next = additional
		} else if !ok {
			next = s.Items2020
		}
		s = resolved(next)
	}
	return s
}

func resolved(s *jsonschema.Schema) *jsonschema.Schema {
	for s.Ref != nil {
		s = s.Ref
	}
	return s
}

package settings

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestSchemaAndTypesHaveTheSameKeys(t *testing.T) {
	checkKeys(t, "settings", schema(), reflect.TypeFor[Settings]())
}

// checkKeys walks both side by side.
func checkKeys(t *testing.T, path string, s *jsonschema.Schema, typ reflect.Type) {
	t.Helper()
	s = resolved(s)
	switch typ.Kind() {
	case reflect.Struct:
		checkStruct(t, path, s, typ)
	case reflect.Slice:
		checkKeys(t, path+"[]", s.Items2020, typ.Elem())
	case reflect.Map:
		checkKeys(t, path+".*", s.AdditionalProperties.(*jsonschema.Schema), typ.Elem())
	case reflect.String:
		checkType(t, path, s, "string")
	case reflect.Int:
		checkType(t, path, s, "integer")
	case reflect.Float64:
		checkType(t, path, s, "number")
	case reflect.Bool:
		checkType(t, path, s, "boolean")
	default:
		t.Errorf("%s is a %s, which no schema type stands for", path, typ)
	}
}

func checkStruct(t *testing.T, path string, s *jsonschema.Schema, typ reflect.Type) {
	t.Helper()
	var keys []string
	for i := range typ.NumField() {
		key, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		if key == "-" {
			continue
		}
		keys = append(keys, key)
		if s.Properties[key] != nil {
			checkKeys(t, path+"."+key, s.Properties[key], typ.Field(i).Type)
			if s.Properties[key].Description == "" {
				t.Errorf("%s.%s: the schema does not say what it is", path, key)
			}
		}
	}
	slices.Sort(keys)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(s.Properties)), keys); diff != "" {
		t.Errorf("%s (-schema +type):\n%s", path, diff)
	}
	if s.AdditionalProperties != false {
		t.Errorf("%s: the schema lets unknown keys through", path)
	}
}

func checkType(t *testing.T, path string, s *jsonschema.Schema, want string) {
	t.Helper()
	if got := s.Types.ToStrings(); !slices.Equal(got, []string{want}) {
		t.Errorf("%s: the schema has %v, the type needs %s", path, got, want)
	}
}

// A text without a format or a list of words would take line breaks and worse;
// a format that the program does not know would be passed over in silence.
func TestEveryTextIsCheckedByAFormatOrAListOfWords(t *testing.T) {
	used := map[string]bool{}
	var walk func(path string, s *jsonschema.Schema)
	walk = func(path string, s *jsonschema.Schema) {
		s = resolved(s)
		if s.Types != nil && slices.Contains(s.Types.ToStrings(), "string") && s.Format == nil && s.Enum == nil {
			t.Errorf("%s: has no check", path)
		}
		if s.Format != nil {
			used[s.Format.Name] = true
		}
		for key, inner := range s.Properties {
			walk(path+"."+key, inner)
		}
		if s.Items2020 != nil {
			walk(path+"[]", s.Items2020)
		}
		if inner, ok := s.AdditionalProperties.(*jsonschema.Schema); ok {
			walk(path+".*", inner)
		}
	}
	walk("settings", schema())
	if diff := cmp.Diff(slices.Sorted(maps.Keys(formats)), slices.Sorted(maps.Keys(used))); diff != "" {
		t.Errorf("formats (-ours +schema's):\n%s", diff)
	}
}

func TestLanguagesAreThoseOfTheSchema(t *testing.T) {
	var words []string
	for _, v := range schema().Properties["business"].Properties["language"].Enum.Values {
		words = append(words, v.(string))
	}
	if diff := cmp.Diff(Languages(), words); diff != "" {
		t.Errorf("languages (-types +schema):\n%s", diff)
	}
}

package assets

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheWindowSaysEverySentenceInEveryLanguageWithTheSamePlaces(t *testing.T) {
	place := regexp.MustCompile(`\{[a-z]+\}`)
	places := func(s string) []string {
		found := place.FindAllString(s, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	english := windowSentences()[fallback]
	if diff := cmp.Diff(slices.Sorted(maps.Keys(windowSentences())), slices.Sorted(slices.Values(Languages()))); diff != "" {
		t.Errorf("the window speaks other languages than the form:\n%s", diff)
	}
	for language, said := range windowSentences() {
		if diff := cmp.Diff(slices.Sorted(maps.Keys(said)), slices.Sorted(maps.Keys(english))); diff != "" {
			t.Errorf("%s has other sentences than English:\n%s", language, diff)
		}
		for key, sentence := range said {
			if sentence == "" || strings.TrimSpace(sentence) != sentence {
				t.Errorf("%s in %s is %q", key, language, sentence)
			}
			if diff := cmp.Diff(places(sentence), places(english[key])); diff != "" {
				t.Errorf("%s has other places in %s than in English:\n%s", key, language, diff)
			}
			if strings.ContainsAny(place.ReplaceAllString(sentence, ""), "{}<>") {
				t.Errorf("%s in %s has a brace or an angle bracket too many: %s", key, language, sentence)
			}
		}
	}
}

func TestTheWindowKnowsTwelveMonthsAndSevenDays(t *testing.T) {
	for language := range windowSentences() {
		if n := len(strings.Fields(Window(language, "months", nil))); n != 12 {
			t.Errorf("%s has %d months", language, n)
		}
		if n := len(strings.Fields(Window(language, "weekdays", nil))); n != 7 {
			t.Errorf("%s has %d days", language, n)
		}
	}
}

func TestWindow(t *testing.T) {
	cases := []struct {
		name, language, key string
		args                map[string]string
		want                string
	}{
		{"a sentence without places", "en", "do_call", nil, "Call now"},
		{"in another language", "es", "do_call", nil, "Llamar ahora"},
		{"a region speaks its language", "es-MX", "do_call", nil, "Llamar ahora"},
		{"an unknown language is answered in English", "tlh", "do_call", nil, "Call now"},
		{"a place is filled", "en", "now_ringing", map[string]string{"phone": "Counter"}, "Counter rings"},
		{"a value is not searched for places", "en", "now_ringing", map[string]string{"phone": "{phone}"}, "{phone} rings"},
		{"an unknown key comes back itself", "en", "no_such_key", nil, "no_such_key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Window(c.language, c.key, c.args); got != c.want {
				t.Errorf("said %q, want %q", got, c.want)
			}
		})
	}
}

// Every key stands in the window's sources as it is, never put together, so that one
// can look for it.
func TestTheWindowSaysWhatIsWrittenAndNothingElse(t *testing.T) {
	written, said := windowSources(t)
	for key := range windowSentences()[fallback] {
		if !written[key] {
			t.Errorf("%s is never said", key)
		}
	}
	for key := range said {
		if _, ok := windowSentences()[fallback][key]; !ok {
			t.Errorf("%s is said, but has no sentence", key)
		}
	}
}

// Keys that stand in a table, or are chosen before they are said, are found by their shape:
// words joined by underscores, which little else in the window's sources has.
func TestWhatHasTheShapeOfAKeyHasASentence(t *testing.T) {
	written, _ := windowSources(t)
	shape := regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$`)
	for s := range written {
		if _, ok := windowSentences()[fallback][s]; !ok && shape.MatchString(s) && !slices.Contains(noKeys, s) {
			t.Errorf("%s has no sentence; if it is none of the window's keys, enter it in noKeys", s)
		}
	}
	for _, s := range noKeys {
		if !written[s] {
			t.Errorf("%s stands in noKeys, but nowhere in the window's sources", s)
		}
	}
}

// noKeys look like keys and are none.
var noKeys = slices.Concat(
	[]string{"after_hours", "retry_visitor", "ring_seconds"},                     // of settings
	[]string{"keep_awake", "led_through_practice", "told_of_tray"},               // kept for this user
	[]string{"asked_again", "text_dropped", "backup_failed", "retention_failed"}, // of the event log
	[]string{"webhook_forged", "webhook_other_account", "webhook_other_call", "webhook_repeated_parameter"},
	[]string{"country_not_served", "kind_not_served", "number_blocked", "number_limit", "origin_not_allowed", "too_many_requests"},
	[]string{"cancelled_settled_text", "cancelled_settled_title", "cancelled_shop_text", "failed_text_plain", "no_answer", "no_answer_last_text"}, // of the visitor's page
	[]string{"refused_barred", "refused_call_on", "refused_disk", "refused_gone", "refused_number", "refused_other", "refused_too_late"},          // names of faults, each of which has several
)

// windowSources returns all strings in the window's sources, and those that are
// handed to Say, or to what says them.
func windowSources(t *testing.T) (written, said map[string]bool) {
	t.Helper()
	written, said = map[string]bool{}, map[string]bool{}
	for _, folder := range []string{"../ui", "../ui/view"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("no sources in %s: %v", folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				if s, ok := stringIn(n); ok {
					written[s] = true
				}
				for _, key := range keysIn(n) {
					said[key] = true
				}
				return true
			})
		}
	}
	return written, said
}

// keysIn returns the keys that a call hands on to be said.
func keysIn(n ast.Node) (keys []string) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	for i, arg := range call.Args {
		s, ok := stringIn(arg)
		switch name := calledName(call.Fun); {
		case !ok:
		case (name == "Say" || name == "say") && i == 0:
			keys = append(keys, s)
		case slices.Contains([]string{"fault", "add", "withPhone"}, name) && strings.Contains(s, "_"):
			keys = append(keys, s)
		}
	}
	return keys
}

func calledName(f ast.Expr) string {
	switch f := f.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

func stringIn(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

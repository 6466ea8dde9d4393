package callback

import (
	"fmt"
	"testing"
)

func TestWhatIsTypedIsReadAsWordsAndNumbers(t *testing.T) {
	cases := map[string]string{
		"":                 "[]",
		"  - ":             "[]",
		"Jane  DOE":        "[[[jane]] [[doe]]]",
		"o'Hara":           "[[[o]] [[hara]]]",
		"José":             "[[[jose]]]",
		"(212":             "[[[212]]]",
		"212 5":            "[[[2125] [212 5]]]",
		"555-0123":         "[[[5550123] [55501 55012 50123]]]",
		"0171":             "[[[0171] [171]]]",
		"000":              "[[[000]]]",
		"+44 (0)20":        "[[[4420] [44 20]]]",
		"jane 555 01 rye":  "[[[jane]] [[55501] [555 01]] [[rye]]]",
		"jane@example.com": "[[[jane]] [[example]] [[com]]]",
	}
	for typed, want := range cases {
		if got := fmt.Sprint(Seek(typed)); got != want {
			t.Errorf("%q is read as %s, want %s", typed, got, want)
		}
	}
}

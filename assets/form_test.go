package assets

import (
	"bytes"
	"strings"
	"testing"
)

func TestFormFileGivesBrowsersOnlyWhatIsMeantForThem(t *testing.T) {
	cases := []struct {
		name, file string
		want       bool
	}{
		{"the style is served", "form.css", true},
		{"the script is served", "page.js", true},
		{"a template is not", "page.html", false},
		{"the wording is not", "wording.json", false},
		{"no way leads out of the folder", "../form.go", false},
		{"no name is no file", "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data, ok := FormFile(c.file)
			if ok != c.want || (len(data) > 0) != c.want {
				t.Errorf("FormFile(%q) is %d bytes, %v; want %v", c.file, len(data), ok, c.want)
			}
			if got := FormVersion(c.file) != ""; got != c.want {
				t.Errorf("FormVersion(%q) is %q", c.file, FormVersion(c.file))
			}
		})
	}
}

func TestFormVersionsOfTwoFilesDiffer(t *testing.T) {
	if FormVersion("form.css") == FormVersion("page.js") {
		t.Error("two files have one version")
	}
}

func TestPageScriptStaysSmallAndUnderAStrictPolicy(t *testing.T) {
	script, _ := FormFile("page.js")
	if len(script) >= 2000 {
		t.Errorf("page.js has %d bytes, want less than 2000", len(script))
	}
	for _, forbidden := range []string{"innerHTML", "outerHTML", "insertAdjacent", "eval(", "http:", "https:"} {
		if bytes.Contains(script, []byte(forbidden)) {
			t.Errorf("page.js contains %s", forbidden)
		}
	}
}

func TestStyleSheetLoadsNothing(t *testing.T) {
	style, _ := FormFile("form.css")
	for _, forbidden := range []string{"url(", "@import", "proto"} {
		if strings.Contains(string(style), forbidden) {
			t.Errorf("form.css contains %s", forbidden)
		}
	}
}

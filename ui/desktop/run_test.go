//go:build !headless

package desktop

import (
	"os"
	"strings"
	"testing"
)

func TestThePackagingToolGivesTheSameNameAndID(t *testing.T) {
	file, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`ID = "` + appID + `"`, `Name = "` + appName + `"`} {
		if !strings.Contains(string(file), line) {
			t.Errorf("FyneApp.toml does not say %s", line)
		}
	}
}

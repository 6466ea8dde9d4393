package settings

import (
	"os"
	"testing"
)

// fresh is the shop that the tests begin with.
func fresh() Settings { return Default("America/New_York", "US") }

// merged is current with a file that must have no fault.
func merged(t *testing.T, current Settings, file string) Settings {
	t.Helper()
	s, faults := Merge(current, []byte(file))
	if len(faults) > 0 {
		t.Fatalf("faults in %s:\n%v", file, faults)
	}
	return s
}

// contractFile is the file that the contract shows.
func contractFile(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/contract.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

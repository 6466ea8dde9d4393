package desktop

import (
	"flag"
	"path/filepath"
	"slices"
	"testing"
)

func TestAtLoginTheProgramStartsAsItWasStartedButForASettingsFile(t *testing.T) {
	flags := flag.NewFlagSet("ringback", flag.ContinueOnError)
	flags.String("data", "", "")
	flags.String("listen", "127.0.0.1:8787", "")
	flags.String("settings", "", "")
	flags.Bool("practice", false, "")
	if err := flags.Parse([]string{"-data", "shop", "-settings", "s.json", "-practice"}); err != nil {
		t.Fatal(err)
	}
	whole, err := filepath.Abs("shop")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := Again(flags), []string{"-data=" + whole, "-practice=true"}; !slices.Equal(got, want) {
		t.Errorf("started again with %q, want %q", got, want)
	}
}

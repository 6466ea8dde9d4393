package widgets_test

import (
	"testing"

	. "ringback/ui/widgets"
)

func TestARoleThatDoesNotExistIsQuiet(t *testing.T) {
	for _, r := range []Role{"", "Live", "urgent"} {
		if r.Text() != Quiet.Text() || r.Tint() != Quiet.Tint() || r.Mark() != Quiet.Mark() {
			t.Errorf("role %q has colours of its own", r)
		}
	}
}

func TestEachRoleHasItsOwnColours(t *testing.T) {
	seen := map[string]Role{}
	for _, r := range Roles() {
		for _, name := range []string{string(r.Text()), string(r.Tint()), string(r.Mark())} {
			if other, ok := seen[name]; ok {
				t.Errorf("%s is used by %s and %s", name, other, r)
			}
			seen[name] = r
		}
	}
}

package shop

import (
	"testing"

	"ringback/server/settings"
)

func TestTheOwnerIsToldOnTheDesktopWhereThatIsWanted(t *testing.T) {
	s := &Shop{}
	if err := s.makeBell(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []bool{true, false} { // a change holds at once
		s.set = settings.Settings{Notify: settings.Notify{Desktop: wanted}}
		if got := s.bell.Wanted(); got != wanted {
			t.Errorf("with notify.desktop %v the owner is told: %v", wanted, got)
		}
	}
}

package shop

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestAnAddressOfBeforeIsHeardForAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old := &era{mode: mode{live: true, account: "AC1", base: "https://old.example"}}
		now := &era{mode: mode{live: true, account: "AC1", base: "https://new.example"}}
		now.inherit(old)
		time.Sleep(time.Hour - time.Second)
		if got := now.pastBases(); len(got) != 1 || got[0] != "https://old.example" {
			t.Errorf("within the hour: %q", got)
		}
		time.Sleep(time.Second)
		if got := now.pastBases(); len(got) != 0 {
			t.Errorf("after it: %q", got)
		}
		other := &era{mode: mode{live: true, account: "AC2"}}
		if other.inherit(old); len(other.pastBases()) != 0 {
			t.Error("another account hears what was meant for this one")
		}
	})
}

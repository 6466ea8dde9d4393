package shop_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/practice"
	"ringback/server/shop"
	"ringback/server/sqlite"
)

// backedUp makes a backup through the window's desk and returns its path.
func (r *running) backedUp() string {
	r.t.Helper()
	file := filepath.Join(r.t.TempDir(), "copy.db")
	made, err := r.shop.Desk().BackUp(r.t.Context(), file)
	if err != nil || made.Broken {
		r.t.Fatalf("the backup has %+v, %v", made, err)
	}
	return file
}

// restored puts a copy back as soon as the last call has ended for the shop, too.
func (r *running) restored(file string) desk.Kept {
	r.t.Helper()
	for {
		changed, leave := r.shop.Desk().Changed()
		put, err := r.shop.Desk().Restore(r.t.Context(), file)
		if errors.Is(err, desk.ErrCallOn) {
			<-changed
			leave()
			continue
		}
		leave()
		if err != nil {
			r.t.Fatal(err)
		}
		return put
	}
}

// onTheList is how many requests the window shows.
func (r *running) onTheList() int {
	r.t.Helper()
	all, err := r.shop.Desk().Requests(r.t.Context(), desk.Query{Filter: desk.All})
	if err != nil {
		r.t.Fatal(err)
	}
	return all.Count
}

func TestAShopGoesOnWithRestoredDataWithoutARestart(t *testing.T) {
	e := newExchange(t)
	data := t.TempDir()
	r := startLive(t, e, data, liveWith(`, "retry": {"attempts": 1}`, "+12125550106")) // is busy
	r.until(r.ask("+12125550123").ID, "sms_sent")
	copied := r.backedUp()
	r.apply(`{"business": {"name": "Bob's Bakery"}}`)
	late := r.ask("+12125550124")
	r.until(late.ID, "sms_sent")

	put := r.restored(copied)
	if _, err := os.Stat(put.Aside); err != nil || put.Broken {
		t.Errorf("what was there is not kept: %+v, %v", put, err)
	}
	if name, n := r.shown().Name, r.onTheList(); name != "Ann's Bakery" || n != 1 {
		t.Errorf("the shop is %q with %d requests", name, n)
	}
	if got := r.do(http.MethodGet, "/status/"+late.ID, nil); got.code != http.StatusNotFound {
		t.Errorf("what came after the copy is answered with %d", got.code)
	}
	r.until(r.ask("+12125550125").ID, "sms_sent") // it rings, and is saved
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(happened(t, data), "\n"); !strings.Contains(all, `restored {`) {
		t.Errorf("the event log does not say that it was restored:\n%s", all)
	}
}

// Whoever has restored the wrong copy finds what there was before in the list.
func TestWhatARestoreHasReplacedIsAmongTheBackups(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550101", ""))
	copied := r.backedUp()
	r.apply(`{"business": {"name": "Bob's Bakery"}}`)
	put := r.restored(copied)
	list, err := r.shop.Desk().Backups(t.Context())
	if err != nil || len(list) == 0 || list[0].File != put.Aside || list[0].Why != desk.BeforeRestore {
		t.Fatalf("the backups are %+v, %v; want %s first", list, err, put.Aside)
	}
	r.restored(list[0].File)
	if name := r.shown().Name; name != "Bob's Bakery" {
		t.Errorf("the shop is %q", name)
	}
}

func TestPracticeGoesOnWithRestoredSettings(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550101", ""))
	copied := r.backedUp()
	r.apply(`{"business": {"name": "Bob's Bakery"}}`)
	if _, err := r.shop.Desk().Restore(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if name := r.shown().Name; name == "Bob's Bakery" {
		t.Errorf("the shop is %q", name)
	}
	r.until(r.ask("+12125550123").ID, "completed")
}

func TestNothingIsRestoredWhileACallIsOn(t *testing.T) {
	e := newExchange(t)
	rings := make(chan struct{})
	hangUp := make(chan struct{})
	e.at(map[string]person{"+12125550101": func(ctx context.Context, h *practice.Handset) {
		close(rings)
		select {
		case <-hangUp:
			h.Decline()
		case <-ctx.Done():
		}
	}})
	r := startLive(t, e, t.TempDir(), liveWith(`, "retry": {"attempts": 1}`, "+12125550101"))
	copied := r.backedUp()
	asked := r.ask("+12125550123")
	<-rings
	if _, err := r.shop.Desk().Restore(t.Context(), copied); !errors.Is(err, desk.ErrCallOn) {
		t.Errorf("during a call: %v", err)
	}
	if n := r.onTheList(); n != 1 {
		t.Errorf("%d requests are left", n)
	}
	close(hangUp)
	r.until(asked.ID, "sms_sent") // the engine goes on
}

func TestACopyThatIsNoneLeavesEverythingAsItWas(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550101", ""))
	text := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(text, []byte("Dear Ann,"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{text, filepath.Join(t.TempDir(), "nowhere.db")} {
		if _, err := r.shop.Desk().Restore(t.Context(), file); !errors.Is(err, desk.ErrCopy) {
			t.Errorf("restored from %s: %v", filepath.Base(file), err)
		}
	}
	r.until(r.ask("+12125550123").ID, "completed")
}

// The file is sound, and what is in it is not: that turns out when it is in place.
func TestACopyThatCanNotBeUsedMakesRoomAgain(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550101", ""))
	r.apply(`{"business": {"name": "Bob's Bakery"}}`)
	copied := r.backedUp()
	odd, err := sqlite.Open(t.Context(), sqlite.Options{Path: copied})
	if err == nil {
		err = errors.Join(odd.SaveSettings(t.Context(), []byte(`{"business": 7}`), callback.Note{}), odd.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.shop.Desk().Restore(t.Context(), copied); err == nil {
		t.Error("settings that can't be read were restored")
	}
	if name := r.shown().Name; name != "Bob's Bakery" {
		t.Errorf("the shop is %q", name)
	}
	r.apply(`{"business": {"name": "Ann's Bakery"}}`) // it can be written
	r.until(r.ask("+12125550123").ID, "completed")
}

func TestWhoAsksWhileADatabaseIsRestoredIsAnsweredAfterwards(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550101", ""))
	copied := r.backedUp()
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := r.shop.Desk().Shop(context.Background()); err != nil {
				done <- err
				return
			}
		}
	}()
	if _, err := r.shop.Desk().Restore(t.Context(), copied); err != nil {
		t.Error(err)
	}
	close(stop)
	if err := <-done; err != nil {
		t.Errorf("the window was told %v", err)
	}
}

func TestABackupIsNotMadeOverAFile(t *testing.T) {
	r := start(t, t.TempDir(), "")
	copied := r.backedUp()
	if _, err := r.shop.Desk().BackUp(t.Context(), copied); !errors.Is(err, desk.ErrFileThere) {
		t.Errorf("over a file: %v", err)
	}
	if _, err := r.shop.Desk().BackUp(t.Context(), filepath.Join(copied, "x", "y.db")); !errors.Is(err, desk.ErrFilePlace) {
		t.Errorf("in a place that is none: %v", err)
	}
}

func TestWhereThingsAreKeptIsSaid(t *testing.T) {
	data := t.TempDir()
	r := start(t, data, "")
	p, err := r.shop.Desk().Home(t.Context())
	if err != nil || p.Data != data || p.Logs != filepath.Join(data, "logs") || p.Version != shop.Version || p.Keyring {
		t.Errorf("the place is %+v, %v", p, err)
	}
}

package shop_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"ringback/server/practice"
)

// The owner changed the public address while the program did not run and a call went on
// at the carrier. Its webhooks come to the address that it began under.
func TestACallOfBeforeIsHeardAtTheAddressThatItBeganUnder(t *testing.T) {
	const counter, visitor, moved = "+12125550101", "+12125550123", "https://new.anns-bakery.example"
	e := newExchange(t)
	hang := make(chan struct{})
	e.at(map[string]person{counter: presses("1"), visitor: func(ctx context.Context, h *practice.Handset) {
		h.Answer()
		select {
		case <-hang:
			h.HangUp()
		case <-ctx.Done():
		}
	}})
	data := t.TempDir()
	first := startLive(t, e, data, liveWith("", counter))
	a := first.ask(visitor)
	first.until(a.ID, "connected")
	if err := first.shop.Close(); err != nil {
		t.Fatal(err)
	}
	r := startLive(t, e, data, strings.Replace(liveWith("", counter), publicAddress, moved, 1))
	if got := r.host(publicAddress); got != http.StatusOK {
		t.Errorf("during the call the old address is answered %d", got)
	}
	close(hang)
	r.until(a.ID, "completed")
	e.quiet(t)
	if n := strings.Count(r.log.String(), "forged"); n != 0 {
		t.Errorf("%d webhooks were refused", n)
	}
	if got := r.host(publicAddress); got != http.StatusOK {
		t.Errorf("right after the call, when late reports come, the old address is answered %d", got)
	}
	if got := r.host(moved); got != http.StatusOK {
		t.Errorf("the new address is answered %d", got)
	}
}

// host asks for the form under the host of an address.
func (r *running) host(address string) int {
	r.t.Helper()
	q, err := http.NewRequest(http.MethodGet, r.url+"/form", nil)
	if err != nil {
		r.t.Fatal(err)
	}
	q.Host = strings.TrimPrefix(address, "https://")
	res, err := http.DefaultClient.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		r.t.Error(err)
	}
	return res.StatusCode
}

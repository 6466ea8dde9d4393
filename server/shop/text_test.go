package shop_test

import (
	"errors"
	"strings"
	"testing"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/twilio/twiliotest"
)

// The owner's text goes the whole way: the drawn phone of practice gets it, the history
// tells of it, the event log has none of its words, and a repeat is no second one.
func TestTheOwnerTextsAVisitorInPractice(t *testing.T) {
	t.Parallel()
	r := start(t, t.TempDir(), "")
	d, ctx := r.shop.Desk(), t.Context()
	r.until(r.ask("+12125550123").ID, "completed")
	id := r.newest(desk.Query{Filter: desk.All}).ID
	for range 2 {
		if err := d.Text(ctx, id, "key", "Your cake is ready."); err != nil {
			t.Fatal(err)
		}
	}
	var seen desk.Detail
	r.comes("the text was delivered", func(desk.Shop) bool {
		var err error
		if seen, err = d.Request(ctx, id); err != nil {
			t.Fatal(err)
		}
		return len(seen.Texts) > 0 && seen.Texts[len(seen.Texts)-1].Status == callback.TextDelivered
	})
	if seen.Status != callback.Completed || len(seen.Texts) != 1 {
		t.Errorf("it is %s with %d texts, want completed with one", seen.Status, len(seen.Texts))
	}
	if got := d.Practice().Texts(); len(got) == 0 || got[0].Body != "Your cake is ready." || got[0].To != "+12125550123" || got[0].Shop {
		t.Errorf("practice sent %+v", got)
	}
	told := false
	for _, e := range seen.Events {
		told = told || callback.Kind(e.Kind) == callback.TextedOut
		if strings.Contains(e.Body, "cake") {
			t.Errorf("the log tells the words of a text: %s", e.Body)
		}
	}
	if !told {
		t.Error("the log does not tell that the owner texted")
	}
	page, err := d.Entries(ctx, desk.EntryQuery{Topic: desk.OfTexts})
	if err != nil || len(page.Entries) == 0 || callback.Kind(page.Entries[len(page.Entries)-1].Kind) != callback.TextedOut {
		t.Errorf("of texts the log shows %+v, %v, want the owner's first", page.Entries, err)
	}
}

func TestWhoIsBlockedIsNotTexted(t *testing.T) {
	t.Parallel()
	r := start(t, t.TempDir(), "")
	d, ctx := r.shop.Desk(), t.Context()
	r.until(r.ask("+12125550123").ID, "completed")
	id := r.newest(desk.Query{Filter: desk.All}).ID
	if err := d.Block(ctx, id); err != nil {
		t.Fatal(err)
	}
	if err := d.Text(ctx, id, "key", "Hello?"); !errors.Is(err, &callback.Error{Code: callback.NumberBlocked}) {
		t.Errorf("it says %v, want that the number is blocked", err)
	}
	if got := d.Practice().Texts(); len(got) != 0 {
		t.Errorf("practice sent %+v", got)
	}
}

// Twilio's answer is lost, late or unreadable: what the owner wrote arrives once.
func TestTheAnswerToATextOfTheOwnersIs(t *testing.T) {
	for _, a := range badAnswers() {
		t.Run(a.name, func(t *testing.T) {
			inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
				r.until(r.ask(jane).ID, "completed")
				e.misbehave(twiliotest.Faults{REST: atFirst(twiliotest.CreateMessage, a.fate), Webhook: e.lost(noneLost)})
				d, id := r.shop.Desk(), r.newest(desk.Query{Filter: desk.All}).ID
				if err := d.Text(r.t.Context(), id, "key", "Your cake is ready."); err != nil {
					r.t.Fatal(err)
				}
				r.quiet()
				sent := 0
				for _, s := range e.Network.Sent() {
					if s.To == jane && s.Body == "Your cake is ready." {
						sent++
					}
				}
				if sent != 1 {
					r.t.Errorf("the visitor was texted %d times, want once", sent)
				}
			})
		})
	}
}

// A text that does not arrive says why.
func TestWhyATextOfTheOwnersDidNotArrive(t *testing.T) {
	inBubble(t, liveWith(once, counter), func(e *exchange, r *running) {
		r.until(r.ask(jane).ID, "completed")
		e.misbehave(twiliotest.Faults{REST: atFirst(twiliotest.CreateMessage, twiliotest.Refused(21614))})
		d, id := r.shop.Desk(), r.newest(desk.Query{Filter: desk.All}).ID
		if err := d.Text(r.t.Context(), id, "key", "Your cake is ready."); err != nil {
			r.t.Fatal(err)
		}
		r.quiet()
		seen, err := d.Request(r.t.Context(), id)
		if err != nil || len(seen.Texts) != 1 || seen.Status != callback.Completed {
			r.t.Fatalf("got %+v, %v, want one text of a request that stays completed", seen.Texts, err)
		}
		if got, want := seen.Lost[seen.Texts[0].ID], (desk.Advice{Reason: "landline", Code: 21614}); got != want {
			r.t.Errorf("it says %+v, want %+v", got, want)
		}
	})
}

package callback

import (
	"context"
	"errors"
)

// Write texts the visitor in the owner's own words, and changes no status. The same key
// again sends nothing more and is no error: whoever asks makes one for each text. *Error
// with TextEmpty, TextTooLong, NotFound (also where the person was erased), NumberBlocked
// where the number is blocked or has opted out, CallIsOn or TextUnderWay.
func (e *Engine) Write(ctx context.Context, id int64, key, words string) error {
	if key == "" {
		return errors.New("write: a text without a key could be sent twice")
	}
	words = Tidy(words)
	switch n, _ := Segments(words); {
	case n == 0:
		return &Error{Code: TextEmpty}
	case n > LongestText:
		return &Error{Code: TextTooLong}
	}
	once := []string{"written " + key}
	return e.update(ctx, func(u *update) error {
		if _, err := u.tx.Webhook(once); !errors.Is(err, ErrNotFound) {
			return err // it was taken the first time
		}
		r, err := u.wished(id)
		if err != nil {
			return err
		}
		if err := u.mayAsk(r.Number); err != nil {
			return err
		}
		if _, err := u.apply(r, Event{Kind: TextedOut, Said: words, Once: once}); err != nil {
			return err
		}
		return u.tx.Record(once, r.ID, u.now, Step{})
	})
}

// textOut: while a call is on, a text would hold up what ends it; and a second one before
// the first is taken is rather one click too many.
func textOut(d *decision) {
	if d.r.Status.UnderWay() {
		d.refuse(CallIsOn)
		return
	}
	for _, t := range d.r.Texts {
		if t.Written() && t.going() {
			d.refuse(TextUnderWay)
			return
		}
	}
	i := d.r.addText(Text{Role: VisitorLeg, To: d.r.Number, From: d.rules.From, Status: TextWanted, Said: d.ev.Said})
	d.ev.Text = d.r.Texts[i].ID // for the log
	d.effect(Effect{Kind: EffectText, Text: d.ev.Text})
}

package desk

import (
	"context"

	"ringback/server/callback"
)

// Texts is how the owner writes to a visitor.
type Texts interface {
	// Text sends the visitor of a request the owner's words, and changes no status. What
	// becomes of it stands in the request's history. key is made anew for each text: the
	// same one again sends nothing more and is no error. *callback.Error with TextEmpty,
	// TextTooLong, NotFound, NumberBlocked, CallIsOn or TextUnderWay.
	Text(ctx context.Context, id int64, key, words string) error
}

func (o *Owner) Text(ctx context.Context, id int64, key, words string) error {
	return o.Engine.Write(ctx, id, key, words)
}

func (l *Lasting) Text(ctx context.Context, id int64, key, words string) error {
	d, leave := l.Present()
	defer leave()
	return d.Text(ctx, id, key, words)
}

// lost are the reasons of the carrier's for texts of the request that did not arrive, by
// the text's id.
func (o *Owner) lost(r callback.Request) map[string]Advice {
	var lost map[string]Advice
	for _, t := range r.Texts {
		if t.Code == 0 || t.Status.Has() || o.Reason == nil {
			continue
		}
		if lost == nil {
			lost = map[string]Advice{}
		}
		lost[t.ID] = Advice{Reason: o.Reason(t.Code), Code: t.Code}
	}
	return lost
}

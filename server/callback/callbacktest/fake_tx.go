package callbacktest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ringback/server/callback"
)

// fakeTx writes straight into the store and remembers what was there before.
type fakeTx struct {
	fakeReader
	begun    data // the lengths of its slices are those at the beginning
	requests map[int64]callback.Request
	effects  map[int64]callback.Effect
	recorded []string // keys of webhooks that were not there
}

func (s *Fake) begin() *fakeTx {
	return &fakeTx{
		fakeReader: fakeReader{&s.data},
		begun:      s.data,
		requests:   map[int64]callback.Request{},
		effects:    map[int64]callback.Effect{},
	}
}

func (tx *fakeTx) rollback() {
	*tx.data = tx.begun
	for id, r := range tx.requests {
		tx.data.requests[id-1] = r
	}
	for id, e := range tx.effects {
		tx.data.effects[id-1] = e
	}
	for _, key := range tx.recorded {
		delete(tx.webhooks, key)
	}
}

func (tx *fakeTx) Insert(r callback.Request) (int64, error) {
	if r.ID != 0 {
		return 0, fmt.Errorf("insert request %d: it has an id already", r.ID)
	}
	if err := tx.unique(r); err != nil {
		return 0, fmt.Errorf("insert a request: %w", err)
	}
	r = kept(r)
	r.ID = int64(len(tx.data.requests)) + 1
	tx.data.requests = append(tx.data.requests, r)
	return r.ID, nil
}

func (tx *fakeTx) Save(r callback.Request) error {
	old, err := tx.Request(r.ID)
	if err != nil {
		return fmt.Errorf("save request %d: %w", r.ID, err)
	}
	if err := keepsParts(old, r); err != nil {
		return fmt.Errorf("save request %d: %w", r.ID, err)
	}
	if err := tx.unique(r); err != nil {
		return fmt.Errorf("save request %d: %w", r.ID, err)
	}
	if _, again := tx.requests[r.ID]; !again && r.ID <= int64(len(tx.begun.requests)) {
		tx.requests[r.ID] = old
	}
	tx.data.requests[r.ID-1] = kept(r)
	return nil
}

// unique says which of a request's names another request has.
func (tx *fakeTx) unique(r callback.Request) error {
	for _, other := range tx.data.requests {
		if other.ID == r.ID {
			continue
		}
		if other.PublicID == r.PublicID {
			return fmt.Errorf("request %d has that public id", other.ID)
		}
		if r.Key != "" && other.Key == r.Key {
			return fmt.Errorf("request %d has that key", other.ID)
		}
		for _, l := range r.Legs {
			if _, taken := other.Leg(l.ID); taken {
				return fmt.Errorf("request %d has leg %s", other.ID, l.ID)
			}
		}
		for _, t := range r.Texts {
			if _, taken := other.Text(t.ID); taken {
				return fmt.Errorf("request %d has text %s", other.ID, t.ID)
			}
		}
	}
	return nil
}

// keepsParts refuses to forget or reorder legs and texts.
func keepsParts(old, r callback.Request) error {
	for i, l := range old.Legs {
		if i >= len(r.Legs) || r.Legs[i].ID != l.ID {
			return fmt.Errorf("leg %s would be forgotten", l.ID)
		}
	}
	for i, t := range old.Texts {
		if i >= len(r.Texts) || r.Texts[i].ID != t.ID {
			return fmt.Errorf("text %s would be forgotten", t.ID)
		}
	}
	return nil
}

func (tx *fakeTx) Add(e callback.Effect) (int64, error) {
	if e.ID != 0 {
		return 0, fmt.Errorf("add effect %d: it has an id already", e.ID)
	}
	if _, err := tx.Request(e.Request); err != nil {
		return 0, fmt.Errorf("add an effect for request %d: %w", e.Request, err)
	}
	e = keptEffect(e)
	e.ID = int64(len(tx.data.effects)) + 1
	tx.data.effects = append(tx.data.effects, e)
	return e.ID, nil
}

func (tx *fakeTx) SaveEffect(e callback.Effect) error {
	old, err := tx.Effect(e.ID)
	if err != nil {
		return fmt.Errorf("save effect %d: %w", e.ID, err)
	}
	if _, again := tx.effects[e.ID]; !again && e.ID <= int64(len(tx.begun.effects)) {
		tx.effects[e.ID] = old
	}
	tx.data.effects[e.ID-1] = keptEffect(e)
	return nil
}

func (tx *fakeTx) Bar(number string, why callback.Bar, _ time.Time) error {
	if number == "" {
		return errors.New("bar a number: it is empty")
	}
	if b := (bar{number, why}); !slices.Contains(tx.bars, b) {
		tx.bars = append(slices.Clone(tx.bars), b)
	}
	return nil
}

func (tx *fakeTx) Unbar(number string, why callback.Bar) error {
	tx.bars = slices.DeleteFunc(slices.Clone(tx.bars), func(b bar) bool { return b == bar{number, why} })
	return nil
}

func (tx *fakeTx) SaveIncoming(in callback.Incoming) error {
	if in.SID == "" {
		return errors.New("save a call that came in: it has no SID")
	}
	in.Started, in.Answer, in.End, in.LookAt = cut(in.Started), cut(in.Answer), cut(in.End), cut(in.LookAt)
	tx.incoming = slices.Clone(tx.incoming)
	if i := slices.IndexFunc(tx.incoming, func(o callback.Incoming) bool { return o.SID == in.SID }); i >= 0 {
		tx.incoming[i] = in
		return nil
	}
	tx.incoming = append(tx.incoming, in)
	return nil
}

func (tx *fakeTx) Record(keys []string, _ int64, _ time.Time, s callback.Step) error {
	if slices.Contains(keys, "") {
		return errors.New("record a webhook: one of its keys is empty")
	}
	for _, key := range keys {
		if _, known := tx.webhooks[key]; !known {
			tx.webhooks[key] = s
			tx.recorded = append(tx.recorded, key)
		}
	}
	return nil
}

func (tx *fakeTx) Log(at time.Time, request int64, n callback.Note) error {
	body := []byte("{}")
	if n.Body != nil {
		var err error
		if body, err = json.Marshal(n.Body); err != nil {
			return fmt.Errorf("log %s for request %d: %w", n.Kind, request, err)
		}
	}
	tx.events = append(tx.events, callback.Entry{
		Seq:     int64(len(tx.events)) + 1,
		At:      cut(at),
		Request: request,
		Kind:    n.Kind,
		Body:    string(body),
	})
	return nil
}

// kept copies a request and all that it points to, its times as a store keeps them.
func kept(r callback.Request) callback.Request {
	for _, t := range []*time.Time{&r.AskedAt, &r.PreferredAt, &r.UpdatedAt, &r.Since, &r.QueuedAt,
		&r.NotBefore, &r.DueAt, &r.Deadline, &r.TalkFrom, &r.TalkTo} {
		*t = cut(*t)
	}
	r.Legs = slices.Clone(r.Legs)
	for i := range r.Legs {
		l := &r.Legs[i]
		l.Started, l.Answer, l.End, l.LookAt = cut(l.Started), cut(l.Answer), cut(l.End), cut(l.LookAt)
	}
	r.Texts = slices.Clone(r.Texts)
	for i := range r.Texts {
		x := &r.Texts[i]
		x.Started, x.Came, x.LookAt = cut(x.Started), cut(x.Came), cut(x.LookAt)
	}
	if r.Round != nil {
		round := *r.Round
		round.Phones, round.TookAt = slices.Clone(round.Phones), cut(round.TookAt)
		r.Round = &round
	}
	r.TickedOff = keptMark(r.TickedOff)
	if r.Before != nil {
		past := *r.Before
		past.DueAt, past.Since, past.Mark = cut(past.DueAt), cut(past.Since), keptMark(past.Mark)
		r.Before = &past
	}
	return r
}

func keptMark(m *callback.Mark) *callback.Mark {
	if m == nil {
		return nil
	}
	mark := *m
	mark.At = cut(mark.At)
	return &mark
}

func keptEffect(e callback.Effect) callback.Effect {
	e.Due, e.Started, e.Done = cut(e.Due), cut(e.Started), cut(e.Done)
	return e
}

// cut leaves what a store keeps of a time: UTC, to the millisecond.
func cut(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

package callbacktest

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ringback/server/callback"
)

// TestStore is the contract that each callback.Store must meet. Each call of open
// gives a new and empty store.
func TestStore(t *testing.T, open func(t *testing.T) callback.Store) {
	for _, part := range []struct {
		name  string
		cases []rule
	}{
		{"requests", requestRules},
		{"the line and the clock", clockRules},
		{"the outbox", outboxRules},
		{"webhooks", webhookRules},
		{"counts and bars", countRules},
		{"bills", billRules},
		{"calls that came in", incomingRules},
		{"the owner's view", ownerRules},
		{"the event log", logRules},
		{"transactions", transactionRules},
	} {
		t.Run(part.name, func(t *testing.T) {
			for _, c := range part.cases {
				t.Run(c.sentence, func(t *testing.T) { c.holds(t, open(t)) })
			}
		})
	}
}

// rule is one sentence of the contract.
type rule struct {
	sentence string
	holds    func(t *testing.T, s callback.Store)
}

// noon is when the tests' story begins.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// minute is that many minutes after noon.
func minute(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

// ask makes a pending request that differs from those with other n in all that
// must be unique, asked n minutes after noon, and changes it as told.
func ask(n int, changes ...func(r *callback.Request)) callback.Request {
	r := callback.Request{
		PublicID:  fmt.Sprintf("public-%d", n),
		Salt:      fmt.Sprintf("salt-%d", n),
		Status:    callback.Pending,
		Number:    fmt.Sprintf("+1212555%04d", n),
		AskedAt:   minute(n),
		UpdatedAt: minute(n),
	}
	for _, change := range changes {
		change(&r)
	}
	return r
}

// update runs f in the store and ends the test if it fails. f may run in another
// goroutine: it returns its errors and leaves t alone.
func update(t *testing.T, s callback.Store, f func(tx callback.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), f); err != nil {
		t.Fatalf("update: %v", err)
	}
}

// read asks the store one thing and ends the test if it can't tell.
func read[T any](t *testing.T, s callback.Store, ask func(v callback.Reader) (T, error)) T {
	t.Helper()
	answer, err := tryRead(t, s, ask)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return answer
}

func tryRead[T any](t *testing.T, s callback.Store, ask func(v callback.Reader) (T, error)) (answer T, err error) {
	t.Helper()
	err = s.View(t.Context(), func(v callback.Reader) error {
		var err error
		answer, err = ask(v)
		return err
	})
	return answer, err
}

// insert stores requests and returns their ids.
func insert(t *testing.T, s callback.Store, requests ...callback.Request) []int64 {
	t.Helper()
	var stored []int64
	update(t, s, func(tx callback.Tx) error {
		for _, r := range requests {
			id, err := tx.Insert(r)
			if err != nil {
				return err
			}
			stored = append(stored, id)
		}
		return nil
	})
	return stored
}

// save stores a changed request.
func save(t *testing.T, s callback.Store, r callback.Request) {
	t.Helper()
	update(t, s, func(tx callback.Tx) error { return tx.Save(r) })
}

func load(t *testing.T, s callback.Store, id int64) callback.Request {
	t.Helper()
	return read(t, s, func(v callback.Reader) (callback.Request, error) { return v.Request(id) })
}

// same compares what is and what should be; an empty list and none are the same.
func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("got other than wanted (- wanted, + got):\n%s", diff)
	}
}

// fill gives every field below v a value of its own that is not its zero value, so
// that a field which a store forgets is missed.
func fill(v reflect.Value, n *int) {
	*n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(noon.Add(time.Duration(*n) * 1001 * time.Millisecond)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic(fmt.Sprintf("fill: %s has a kind that was not thought of", v.Type()))
	}
}

// filled returns a T in which every field is set.
func filled[T any](from int) T {
	var x T
	fill(reflect.ValueOf(&x).Elem(), &from)
	return x
}

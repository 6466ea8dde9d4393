package sqlite

import (
	"database/sql"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ringback/server/callback"
)

// scan finds, in SQLite's words, that a table is read from its first row to its
// last, and through which index.
var scan = regexp.MustCompile(`^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?`)

// small are the indexes that hold only the few rows in question.
var small = []string{"requests_under_way", "requests_line", "requests_opening", "requests_for_owner", "requests_spam", "effects_due", "legs_request"}

func TestNothingThatTheEngineAsksReadsAWholeTable(t *testing.T) {
	s := open(t, Memory)
	err := s.update(t.Context(), func(tx *tx) error {
		if err := everything(tx); err != nil {
			return err
		}
		for _, query := range slices.Sorted(maps.Keys(tx.stmts)) {
			if !slices.Contains([]string{"SELECT", "UPDATE", "DELETE", "INSERT"}, strings.Fields(query)[0]) {
				continue
			}
			lines, err := plan(tx, query)
			if err != nil {
				return err
			}
			for _, line := range lines {
				if strings.HasPrefix(line, "SCAN search VIRTUAL TABLE INDEX") && strings.Contains(line, ":M") {
					continue // the lists of the words that are sought, and nothing else
				}
				if strings.HasPrefix(line, "SCAN json_each") || line == "SCAN blocks" {
					continue // the ids that were given, and a row for each thousand requests
				}
				if m := scan.FindStringSubmatch(line); m != nil && m[1] != "CONSTANT" && !slices.Contains(small, m[2]) {
					t.Errorf("%s\n\n%s", query, line)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// everything runs each statement once.
func everything(tx *tx) error {
	r := ask(1)
	r.Legs, r.Texts = []callback.Leg{{ID: "leg"}}, []callback.Text{{ID: "text"}}
	var err error
	if r.ID, err = tx.Insert(r); err != nil {
		return err
	}
	r.Legs[0].SID, r.Texts[0].SID, r.QueuedAt = "CA1", "SM1", noon
	e := callback.Effect{Request: r.ID, Kind: callback.EffectCall, Leg: "leg"}
	if e.ID, err = tx.Add(e); err != nil {
		return err
	}
	if err := tx.prune(noon); err != nil {
		return err
	}
	_, err = tx.counted("key", noon, noon)
	must := []error{err, tx.retained(), tx.Save(r), tx.SaveEffect(e),
		tx.Record([]string{"key"}, r.ID, noon, callback.Step{}),
		tx.Log(noon, r.ID, callback.Note{Kind: "asked"})}
	for _, err := range must {
		if err != nil {
			return err
		}
	}
	return everyQuestion(tx, r, e)
}

// retained goes through all that may be too old, and finds one of each.
func (t *tx) retained() error {
	r := ask(2)
	r.Spam = true
	if _, err := t.Insert(r); err != nil {
		return err
	}
	until := milliseconds(noon) + 1
	_, spam := t.removeSpam(until)
	_, front := t.removeFront(until)
	_, people := list[int64](&t.span, restedPeople, until, stepRequests)
	errs := []error{spam, front, people}
	for _, step := range traces {
		_, err := step.step(t, until)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// everyQuestion asks everything that a Reader can be asked, and that has an answer.
func everyQuestion(v callback.Reader, r callback.Request, e callback.Effect) error {
	var errs []error
	add := func(_ any, err error) { errs = append(errs, err) }
	add(v.Request(r.ID))
	add(v.ByPublicID(r.PublicID))
	add(v.ByLeg("leg"))
	add(v.ByText("text"))
	add(v.OpenFor(r.Number))
	add(v.Followers(r.ID))
	add(v.UnderWay())
	add(v.NextTry(noon))
	add(v.Line(10))
	add(v.ForOpening(noon, 10))
	add(v.Ahead(r))
	add(v.Effect(e.ID))
	add(v.EffectFor(e.Kind, e.Leg))
	add(v.Webhook([]string{"key"}))
	add(v.LegsStarted(noon))
	add(v.TextsStarted(noon))
	add(v.Unknown(r.Number, ""))
	add(v.Lingers(r.Number))
	add(v.OnThePhone())
	add(v.SIDs(r.Number, noon))
	add(v.AskedSince(noon, ""))
	add(v.AskedSince(noon, r.Number))
	add(v.Events(r.ID, 10))
	for _, q := range []callback.Query{{}, {ForOwner: true}, {Spam: true}, {ForOwner: true, Spam: true}} {
		add(v.List(q))
		add(v.Count(q))
		q.Near, q.Find = r.ID, r.ID
		add(v.List(q))
		q.Search = "jane"
		add(v.List(q))
		q.Search = "+1 212 555 0199"
		add(v.List(q))
		q.Since = noon
		add(v.List(q))
		q.Search = ""
		add(v.List(q))
	}
	_, _, err := v.Overdue(noon, 10)
	errs = append(errs, err)
	_, _, err = v.Due(noon, 10)
	errs = append(errs, err)
	_, _, err = v.Barred(r.Number)
	errs = append(errs, err)
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	_, err = v.ByKey("none")
	if errors.Is(err, callback.ErrNotFound) {
		return nil
	}
	return err
}

// plan is how SQLite goes about a statement.
func plan(tx *tx, query string) ([]string, error) {
	var lines []string
	// Its own numbering of parameters leaves unbound ones NULL only in a plan.
	args := make([]any, parameters(query))
	err := tx.each(func(rows *sql.Rows) error {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return err
		}
		lines = append(lines, detail)
		return nil
	}, "EXPLAIN QUERY PLAN "+query, args...)
	return lines, err
}

// parameters counts a statement's: those with a number, or else the question marks.
func parameters(query string) int {
	for n := 9; n > 0; n-- {
		if strings.Contains(query, "?"+string(rune('0'+n))) {
			return n
		}
	}
	return strings.Count(query, "?")
}

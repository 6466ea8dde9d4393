package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"ringback/server/callback"
)

func requestColumns(r *callback.Request) []column {
	return []column{
		{"public_id", &r.PublicID},
		{"salt", &r.Salt},
		{"request_key", &r.Key},
		{"trace", &r.Trace},
		{"status", &r.Status},
		{"spam", &r.Spam},
		{"number", &r.Number},
		{"name", &r.Name},
		{"email", &r.Email},
		{"message", &r.Message},
		{"page", &r.Page},
		{"language", &r.Language},
		{"consent_kind", &r.Consent.Kind},
		{"consent_ticked", &r.Consent.Ticked},
		{"consent_version", &r.Consent.Version},
		{"asked_at", instant{&r.AskedAt}},
		{"preferred_at", instant{&r.PreferredAt}},
		{"updated_at", instant{&r.UpdatedAt}},
		{"since", instant{&r.Since}},
		{"queued_at", instant{&r.QueuedAt}},
		{"not_before", instant{&r.NotBefore}},
		{"troubles", &r.Troubles},
		{"due_at", instant{&r.DueAt}},
		{"deadline", instant{&r.Deadline}},
		{"rounds", &r.Rounds},
		{"visits", &r.Visits},
		{"round", optional[callback.Round, roundDoc]{&r.Round, keepRound, giveRound}},
		{"manual", &r.Manual},
		{"reason", &r.Reason},
		{"code", &r.Code},
		{"accepted", &r.Accepted},
		{"talk_from", instant{&r.TalkFrom}},
		{"talk_to", instant{&r.TalkTo}},
		{"follows", &r.Follows},
		{"called_from", &r.From},
		{"ticked_off", optional[callback.Mark, markDoc]{&r.TickedOff, keepMark, giveMark}},
		{"undo_to", optional[callback.Past, pastDoc]{&r.Before, keepPast, givePast}},
	}
}

// requestRow adds what follows from the request by the rules of package callback.
func requestRow(r *callback.Request) []column {
	return append(requestColumns(r),
		column{"open_for_number", r.Status.Open() && r.Follows == 0 && !r.Spam},
		column{"under_way", r.Status.UnderWay() && r.Follows == 0},
		column{"in_line", hasPlace(*r)},
		column{"for_owner", r.Status.ForOwner() && r.TickedOff == nil},
	)
}

// hasPlace says that the request stands in line.
func hasPlace(r callback.Request) bool {
	return r.Status == callback.Pending && !r.QueuedAt.IsZero()
}

// The statements for requests.
var (
	insertRequest = insertInto("requests", requestRow(&callback.Request{}))
	updateRequest = updateOf("requests", requestRow(&callback.Request{}))
	selectRequest = "SELECT id, " + names(requestColumns(&callback.Request{})) + " FROM requests "

	requestByID       = selectRequest + "WHERE id = ?"
	requestsByIDs     = selectRequest + "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC"
	requestByPublicID = selectRequest + "WHERE public_id = ?"
	requestByKey      = selectRequest + "WHERE request_key = ? AND request_key <> ''"
	requestByLeg      = selectRequest + "WHERE id = (SELECT request FROM legs WHERE id = ?)"
	requestByText     = selectRequest + "WHERE id = (SELECT request FROM texts WHERE id = ?)"
	requestNewest     = selectRequest + "WHERE number = ? AND follows = 0 AND spam = 0 ORDER BY id DESC LIMIT 1"
	requestOpen       = selectRequest + "WHERE number = ? AND open_for_number = 1 ORDER BY id LIMIT 1"
)

func (v *reader) Request(id int64) (callback.Request, error) { return v.request(requestByID, id) }

func (v *reader) ByPublicID(id string) (callback.Request, error) {
	return v.request(requestByPublicID, id)
}

func (v *reader) ByKey(key string) (callback.Request, error) { return v.request(requestByKey, key) }

func (v *reader) ByLeg(leg string) (callback.Request, error) { return v.request(requestByLeg, leg) }

func (v *reader) ByText(text string) (callback.Request, error) {
	return v.request(requestByText, text)
}

func (v *reader) Newest(number string) (callback.Request, error) {
	return v.request(requestNewest, number)
}

func (v *reader) Unsettled(number string) ([]int64, error) {
	return list[int64](&v.span, `
		SELECT id FROM requests
		WHERE number = ? AND follows = 0 AND spam = 0 AND (open_for_number = 1 OR for_owner = 1)
		ORDER BY id`, number)
}

func (v *reader) OpenFor(number string) (callback.Request, error) {
	return v.request(requestOpen, number)
}

// request reads one request with its legs and texts.
func (v *reader) request(query string, arg any) (callback.Request, error) {
	found, err := v.requests(query, arg)
	if err != nil {
		return callback.Request{}, err
	}
	if len(found) == 0 {
		return callback.Request{}, callback.ErrNotFound
	}
	return found[0], nil
}

func (v *reader) requests(query string, args ...any) ([]callback.Request, error) {
	found, err := v.heads(query, args...)
	if err != nil {
		return nil, err
	}
	for i := range found {
		if err := v.parts(&found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// heads reads requests without their legs and texts.
func (v *reader) heads(query string, args ...any) (found []callback.Request, err error) {
	err = v.each(func(rows *sql.Rows) error {
		var r callback.Request
		if err := rows.Scan(append([]any{&r.ID}, fields(requestColumns(&r))...)...); err != nil {
			return fmt.Errorf("read a request: %w", err)
		}
		found = append(found, r)
		return nil
	}, query, args...)
	return found, err
}

// listed reads the requests with these ids, from high to low, in three statements however
// many they are.
func (v *reader) listed(ids []int64) ([]callback.Request, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	those, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found, err := v.heads(requestsByIDs, string(those))
	if err != nil {
		return nil, err
	}
	theirLegs, err := legs.ofAll(v, string(those))
	if err != nil {
		return nil, err
	}
	theirTexts, err := texts.ofAll(v, string(those))
	for i, r := range found {
		found[i].Legs, found[i].Texts = theirLegs[r.ID], theirTexts[r.ID]
	}
	return found, err
}

// parts reads a request's legs and texts.
func (v *reader) parts(r *callback.Request) (err error) {
	if r.Legs, err = legs.of(v, r.ID); err != nil {
		return err
	}
	r.Texts, err = texts.of(v, r.ID)
	return err
}

// Insert is that of callback.Tx.
func (t *tx) Insert(r callback.Request) (int64, error) {
	if r.ID != 0 {
		return 0, fmt.Errorf("insert request %d: it has an id already", r.ID)
	}
	result, err := t.exec(insertRequest, fields(requestRow(&r))...)
	if err != nil {
		return 0, fmt.Errorf("insert a request: %w", err)
	}
	if r.ID, err = result.LastInsertId(); err != nil {
		return 0, fmt.Errorf("insert a request: %w", err)
	}
	if err := t.addParts(r, 0, 0); err != nil {
		return 0, fmt.Errorf("insert a request: %w", err)
	}
	return r.ID, nil
}

// Save is that of callback.Tx. A leg or text that is stored and missing in r is an
// error: r was read before it was made, and nothing of a call is ever forgotten.
func (t *tx) Save(r callback.Request) error {
	if err := t.changed(updateRequest, append(fields(requestRow(&r)), r.ID)...); err != nil {
		return fmt.Errorf("save request %d: %w", r.ID, err)
	}
	if err := t.saveParts(r); err != nil {
		return fmt.Errorf("save request %d: %w", r.ID, err)
	}
	return nil
}

func (t *tx) saveParts(r callback.Request) error {
	oldLegs, err := legs.change(t, r.ID, r.Legs)
	if err != nil {
		return err
	}
	oldTexts, err := texts.change(t, r.ID, r.Texts)
	if err != nil {
		return err
	}
	return t.addParts(r, oldLegs, oldTexts)
}

// addParts inserts the legs and texts that come after those that are stored.
func (t *tx) addParts(r callback.Request, oldLegs, oldTexts int) error {
	if err := legs.add(t, r.ID, r.Legs, oldLegs); err != nil {
		return err
	}
	return texts.add(t, r.ID, r.Texts, oldTexts)
}

// roundDoc is how a round is kept. Durations are in nanoseconds.
type roundDoc struct {
	N       int           `json:"n"`
	Phones  []phoneDoc    `json:"phones"`
	Tried   int           `json:"tried"`
	AtOnce  bool          `json:"at_once,omitempty"`
	Took    string        `json:"took,omitempty"`
	TookAt  time.Time     `json:"took_at,omitzero"`
	From    string        `json:"from"`
	Base    string        `json:"base"`
	Account string        `json:"account"`
	Carrier string        `json:"carrier"`
	Talk    time.Duration `json:"talk"`
	Over    bool          `json:"over"`
}

type phoneDoc struct {
	Label  string        `json:"label"`
	Number string        `json:"number"`
	Ring   time.Duration `json:"ring"`
}

func keepRound(r callback.Round) roundDoc {
	d := roundDoc{N: r.N, Tried: r.Tried, AtOnce: r.AtOnce, Took: r.Took, TookAt: cut(r.TookAt), From: r.From, Base: r.Base, Account: r.Account, Carrier: r.Carrier, Talk: r.Talk, Over: r.Over}
	for _, p := range r.Phones {
		d.Phones = append(d.Phones, phoneDoc(p))
	}
	return d
}

func giveRound(d roundDoc) callback.Round {
	r := callback.Round{N: d.N, Tried: d.Tried, AtOnce: d.AtOnce, Took: d.Took, TookAt: d.TookAt, From: d.From, Base: d.Base, Account: d.Account, Carrier: d.Carrier, Talk: d.Talk, Over: d.Over}
	for _, p := range d.Phones {
		r.Phones = append(r.Phones, callback.Phone(p))
	}
	return r
}

// markDoc is how the owner's mark is kept.
type markDoc struct {
	By   string    `json:"by"`
	At   time.Time `json:"at,omitzero"`
	Note string    `json:"note"`
}

func keepMark(m callback.Mark) markDoc {
	m.At = cut(m.At)
	return markDoc(m)
}

func giveMark(d markDoc) callback.Mark { return callback.Mark(d) }

// pastDoc is how that is kept which an undo brings back.
type pastDoc struct {
	Status callback.Status `json:"status"`
	Reason callback.Reason `json:"reason"`
	DueAt  time.Time       `json:"due_at,omitzero"`
	Since  time.Time       `json:"since,omitzero"`
	Mark   *markDoc        `json:"mark,omitempty"`
}

func keepPast(p callback.Past) pastDoc {
	d := pastDoc{Status: p.Status, Reason: p.Reason, DueAt: cut(p.DueAt), Since: cut(p.Since)}
	if p.Mark != nil {
		m := keepMark(*p.Mark)
		d.Mark = &m
	}
	return d
}

func givePast(d pastDoc) callback.Past {
	p := callback.Past{Status: d.Status, Reason: d.Reason, DueAt: d.DueAt, Since: d.Since}
	if d.Mark != nil {
		m := giveMark(*d.Mark)
		p.Mark = &m
	}
	return p
}

package desk

import (
	"context"
	"time"

	"ringback/server/callback"
)

// Activity is the event log as the owner reads it. In practice it is two: what happens to
// pretended requests stands apart from what happens to the shop, and both are shown.
type Activity interface {
	// Entries is a page of the log, newest first.
	Entries(ctx context.Context, q EntryQuery) (EntryPage, error)
	// LogSpan is when the oldest and the newest entry were written; zero: there is none.
	LogSpan(ctx context.Context) (oldest, newest time.Time, err error)
	// CheckLog walks the whole log and says whether it is as it was written. progress is
	// told now and then how many of how many entries were walked, on the caller's goroutine;
	// the walk ends early with the context.
	CheckLog(ctx context.Context, progress func(done, all int)) (LogCheck, error)
}

// Topic is what entries are about.
type Topic string

// The topics. An entry is of one of them at most.
const (
	AllTopics   Topic = ""
	OfRequests  Topic = "requests"
	OfCalls     Topic = "calls"
	OfTexts     Topic = "texts"
	OfSettings  Topic = "settings" // and mode, secrets, blocks
	OfBackups   Topic = "backups"  // and what was too old
	OfRefusals  Topic = "refusals" // what was turned away before it was a request
	webhookKind       = "refused_webhook_"
)

// kinds are what the event log calls the entries of a topic.
var kinds = map[Topic][]string{
	OfRequests: {
		string(callback.Asked), "asked_again", "follows", string(callback.Cancel), string(callback.Move), string(callback.CallNow),
		string(callback.TickOff), string(callback.Undo), string(callback.Voicemail), string(callback.Turn), string(callback.Tick),
	},
	OfCalls: {
		string(callback.Started), string(callback.Held), string(callback.Placed), string(callback.Refused), string(callback.Lost),
		string(callback.NotMade), string(callback.Recheck), string(callback.HungUp), string(callback.Answered), string(callback.Key),
		string(callback.Join), string(callback.Dialled), string(callback.LegStatus), string(callback.AskFailed), string(callback.Billed),
		string(callback.Bridge), string(callback.CalledIn), string(callback.InAnswered), string(callback.InKey), string(callback.InEnded),
	},
	OfTexts:    {string(callback.TextDone), string(callback.TextFail), string(callback.TextInfo), string(callback.TextedIn), string(callback.TextedOut), "text_dropped"},
	OfSettings: {"settings", "secret", "mode", "blocked", "unblocked"},
	OfBackups:  {"backup", "backup_failed", "restored", "retention", "retention_failed"},
	OfRefusals: {
		"refused_country_not_served", "refused_kind_not_served", "refused_number_blocked", "refused_origin_not_allowed",
		"refused_too_many_requests", "refused_number_limit",
		webhookKind + "forged", webhookKind + "repeated_parameter", webhookKind + "other_account", webhookKind + "other_call",
	},
}

// Topics are all of them, in the order in which they are offered.
func Topics() []Topic {
	return []Topic{AllTopics, OfRequests, OfCalls, OfTexts, OfSettings, OfBackups, OfRefusals}
}

// TopicOf is what an entry of that kind is about; AllTopics: of none.
func TopicOf(kind string) Topic {
	for topic, all := range kinds {
		for _, k := range all {
			if k == kind {
				return topic
			}
		}
	}
	return AllTopics
}

// EntryQuery asks for a page of the log.
type EntryQuery struct {
	Topic  Topic
	Text   string    // in name, number or message of the entry's request, or in the entry
	From   time.Time // not before; zero: from the first on
	To     time.Time // before; zero: to the newest
	Before Place     // what lies behind it; zero: from the newest
	Limit  int       // 0: 100
}

// Place is a place in the log, right behind an entry.
type Place struct {
	At   time.Time // zero: before the newest
	Seq  int64
	Shop bool // as in Entry
}

// Entry is one line of the log.
type Entry struct {
	callback.LogLine
	Shop bool // in practice: it happened to the shop and stands in the shop's own log
}

// Place is where the entry stands.
func (e Entry) Place() Place { return Place{e.At, e.Seq, e.Shop} }

// EntryPage is a piece of the log. Where a text is looked for it may have few entries, or
// none, and there is more to be looked through.
type EntryPage struct {
	Entries []Entry
	Next    Place // where to go on
	More    bool  // there is something behind it
}

// LogCheck is how the event log was found.
type LogCheck struct {
	Entries int       // as they were written, from the first one on
	Since   time.Time // when the first of them was; zero: there is none
	Bad     int64     // the first that is not; 0: all are
	How     Tampering // what became of it
	Shop    bool      // as in Entry, of the bad one
}

// Tampering is what became of an entry.
type Tampering string

// What can become of one.
const (
	EntryChanged   Tampering = "changed"
	EntryRemoved   Tampering = "removed"
	EntryInserted  Tampering = "inserted"
	EntryReordered Tampering = "reordered"
)

// Newer says whether p stands before o in the log: it is newer, or of the same moment and
// of the requests' log, or the later one of the same log.
func (p Place) Newer(o Place) bool {
	switch {
	case !p.At.Equal(o.At):
		return p.At.After(o.At)
	case p.Shop != o.Shop:
		return !p.Shop
	}
	return p.Seq > o.Seq
}

package sqlite

import (
	"math"
	"time"

	"ringback/server/callback"
)

// page is how many requests a list has when nobody says.
const page = 100

func (v *reader) List(q callback.Query) ([]callback.Request, error) {
	before, limit := q.Before, q.Limit
	if before == 0 {
		before = math.MaxInt64
	}
	if limit <= 0 {
		limit = page
	}
	return v.requests(selectRequest+where(q)+" AND id < ? ORDER BY id DESC LIMIT ?",
		notBefore(q.Since), before, limit)
}

func (v *reader) Count(q callback.Query) (int, error) {
	return v.number("SELECT count(*) FROM requests "+where(q), notBefore(q.Since))
}

// where has its constants written out, because the small indexes are found by them.
func where(q callback.Query) string {
	clause := "WHERE asked_at >= ? AND follows = 0 AND spam = 0"
	if q.Spam {
		clause = "WHERE asked_at >= ? AND follows = 0 AND spam = 1"
	}
	if q.ForOwner {
		clause += " AND for_owner = 1"
	}
	return clause
}

func (v *reader) AskedSince(t time.Time, number string) (int, error) {
	if number == "" {
		return v.number("SELECT count(*) FROM requests WHERE asked_at >= ?", notBefore(t))
	}
	return v.number("SELECT count(*) FROM requests WHERE asked_at >= ? AND number = ?", notBefore(t), number)
}

package shop

import (
	"context"

	"ringback/server/desk"
	"ringback/server/sqlite"
)

// eventLog is a database's, as the desk wants it.
type eventLog struct{ *sqlite.Store }

var _ desk.EventLog = eventLog{}

// tampering is what became of a bad entry, in the desk's words.
var tampering = map[sqlite.Wrong]desk.Tampering{
	sqlite.Changed:   desk.EntryChanged,
	sqlite.Removed:   desk.EntryRemoved,
	sqlite.Inserted:  desk.EntryInserted,
	sqlite.Reordered: desk.EntryReordered,
}

func (l eventLog) CheckLog(ctx context.Context, progress func(done, all int)) (desk.LogCheck, error) {
	c, err := l.Verify(ctx, progress)
	return desk.LogCheck{Entries: c.Entries, Since: c.Since, Bad: c.Bad, How: tampering[c.How]}, err
}

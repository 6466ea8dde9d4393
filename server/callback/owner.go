package callback

import "time"

// callNow is the owner's wish: hours, pause and line don't hold it up, budget and
// blocks do.
func callNow(d *decision) {
	d.become(Pending, "")
	d.r.Manual = true
	d.r.Spam = false // the owner takes it for a person
	d.r.QueuedAt, d.r.Since = d.ev.At, d.ev.At
	d.r.Troubles, d.r.NotBefore = 0, time.Time{}
	d.r.TickedOff, d.r.Before = nil, nil
}

// tickOff: it needs nobody any more. One that is still to be called is withdrawn. A second
// mark with nothing new to say leaves the first one; another note takes its place.
func tickOff(d *decision) {
	past, first := d.past(), d.r.TickedOff
	if first != nil && (d.ev.Note == "" || d.ev.Note == first.Note) {
		return
	}
	d.r.TickedOff = &Mark{By: d.ev.Who, At: d.ev.At, Note: d.ev.Note}
	switch {
	case d.r.Status.Waits():
		d.ev.By = ByOwner
		withdraw(d)
		d.r.Before = past
	case first != nil:
		d.r.Before = past
	}
}

// past is what an undo brings back.
func (d *decision) past() *Past {
	return &Past{Status: d.r.Status, Reason: d.r.Reason, DueAt: d.r.DueAt, Since: d.r.Since, Mark: d.r.TickedOff}
}

// undo brings back what was; if its time has passed meanwhile it becomes missed,
// rather than ringing two people.
func undo(d *decision) {
	d.r.TickedOff = nil
	if d.r.Before == nil {
		return
	}
	past := *d.r.Before
	d.r.Before, d.r.TickedOff = nil, past.Mark
	switch {
	case d.r.Status != Cancelled: // only the mark was another
	case past.Status == Scheduled && d.ev.At.Before(past.DueAt):
		d.set(Scheduled, past.Reason)
		d.r.DueAt, d.r.Deadline = past.DueAt, past.DueAt
	case past.Status == Pending && d.ev.At.Sub(past.Since) < StaleAfter:
		d.set(Pending, "")
		d.r.QueuedAt, d.r.Since = past.Since, past.Since
	case past.Status.Waits():
		d.set(Missed, Stale)
	default:
		d.set(past.Status, past.Reason)
	}
}

// onlyVoicemail: the owner says that the talk was with a machine.
func onlyVoicemail(d *decision) { d.become(NoAnswer, Visitor) }

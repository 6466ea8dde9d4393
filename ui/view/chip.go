package view

import "ringback/server/callback"

// Role says what a colour speaks of; ui knows each of them as a role of its widgets.
type Role string

// The roles.
const (
	Live    Role = "live"    // something is going on now
	Talked  Role = "talked"  // good: they talked, it works
	Needs   Role = "needs"   // needs the owner
	Failed  Role = "failed"  // can't work as it is
	Planned Role = "planned" // will happen by itself
	Quiet   Role = "quiet"   // over, or nothing special
)

// Chip is a state in one word.
type Chip struct {
	Role Role
	Icon string // a name in assets.Icons
	Word string
}

// chips are the statuses as the owner sees them; Word is a key.
var chips = map[callback.Status]Chip{
	callback.Unverified: {Quiet, "key", "chip_unverified"},
	callback.Pending:    {Live, "queue", "chip_pending"},
	callback.Scheduled:  {Planned, "clock", "chip_scheduled"},
	callback.Calling:    {Live, "phonering", "chip_calling"},
	callback.Connecting: {Live, "phonering", "chip_connecting"},
	callback.Connected:  {Live, "talk", "chip_connected"},
	callback.Completed:  {Talked, "checkc", "chip_completed"},
	callback.NoAnswer:   {Needs, "noanswer", "chip_no_answer"},
	callback.Missed:     {Needs, "missed", "chip_missed"},
	callback.SMSSent:    {Needs, "text", "chip_sms_sent"},
	callback.Failed:     {Failed, "alert", "chip_failed"},
	callback.Cancelled:  {Quiet, "crossc", "chip_cancelled"},
	callback.Expired:    {Quiet, "queue", "chip_expired"},
}

var (
	pressChip = Chip{Live, "phone", "chip_whisper"}
	doneChip  = Chip{Quiet, "check", "chip_done"}
	spamChip  = Chip{Quiet, "shield", "chip_spam"}
)

// chip is the request's state in one word. What is ticked off is done, whatever
// became of it.
func (w Words) chip(r callback.Request) Chip {
	c := chips[r.Status]
	switch {
	case r.TickedOff != nil:
		c = doneChip
	case r.Spam:
		c = spamChip
	case r.Status == callback.Calling && stageOf(r) == whisper:
		c = pressChip // it does not ring any more
	}
	c.Word = w.Say(c.Word)
	return c
}

package view

import "ringback/server/callback"

// begun says what Ringback begins to do outside, and to whom.
func (w Words) begun(n noted) string {
	switch n.Effect {
	case callback.EffectCall:
		return w.Say("activity_begins_call", "to", w.toWhom(n))
	case callback.EffectHangUp:
		return w.Say("activity_begins_hang_up", "to", w.toWhom(n))
	case callback.EffectText:
		return w.Say("activity_begins_text", "to", w.toWhom(n))
	case callback.EffectAsk:
		return w.Say("activity_begins_ask", "to", w.toWhom(n))
	case callback.EffectNotify:
	}
	switch { // entries of older versions do not say which it was
	case n.Text != "":
		return w.Say("activity_begins_text", "to", w.toWhom(n))
	case n.Leg != "":
		return w.Say("activity_begins_some", "to", w.toWhom(n))
	}
	return w.Say("activity_begins_notice")
}

// toWhom a call or a text goes, with its preposition.
func (w Words) toWhom(n noted) string {
	switch {
	case n.Role == callback.VisitorLeg:
		return w.Say("activity_to_visitor")
	case n.Text != "":
		return w.Say("activity_to_you")
	case n.Phone != "":
		return w.Say("activity_to_phone", "phone", n.Phone)
	}
	return w.Say("activity_to_your_phone")
}

// timeUp says what Ringback does because a time has come.
func (w Words) timeUp(n noted) string {
	switch {
	case n.Status == callback.Pending:
		return w.Say("activity_tick_due")
	case n.Status.UnderWay():
		return w.Say("activity_tick_silent")
	}
	return w.Say("activity_tick")
}

// callStands says how a call is, as the phone network reports it.
func (w Words) callStands(n noted) string {
	key := map[callback.CallStatus]string{
		callback.CallQueued:   "activity_call_queued",
		callback.CallRinging:  "activity_call_ringing",
		callback.CallAnswered: "activity_call_answered",
		callback.CallDone:     "activity_call_done",
		callback.CallBusy:     "activity_call_busy",
		callback.CallNoAnswer: "activity_call_no_answer",
		callback.CallFailed:   "activity_call_failed",
		callback.CallCanceled: "activity_call_canceled",
	}[n.Call]
	if key == "" {
		key = "activity_call_status"
	}
	return w.Say(key, "to", w.toWhom(n))
}

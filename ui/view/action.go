package view

import "ringback/server/callback"

// ActionKind is a wish that the owner can have about a request.
type ActionKind int

// The wishes.
const (
	CallNow ActionKind = iota
	EndCall
	Done
	Undo
)

// Action is a button below a request.
type Action struct {
	Kind  ActionKind
	Label string
	Icon  string
	Main  bool // the one likely next action
}

// actions are what can be asked for now, the likeliest first. What the engine would
// refuse is not offered: while they talk, there is nothing to press.
func (w Words) actions(r callback.Request) []Action {
	call := Action{Kind: CallNow, Label: w.Say("do_call"), Icon: "phone"}
	done := Action{Kind: Done, Label: w.Say("do_done"), Icon: "check"}
	undo := Action{Kind: Undo, Label: w.Say("do_undo")}
	main := func(a Action) Action { a.Main = true; return a }
	switch {
	case r.Status == callback.Connected, r.Erased():
		return nil
	case r.Status.UnderWay():
		return []Action{{Kind: EndCall, Label: w.Say("do_end"), Icon: "hangup"}}
	case r.TickedOff != nil, r.Status == callback.Cancelled && r.Before != nil:
		return []Action{undo}
	case r.Status == callback.Unverified:
		return []Action{done}
	case r.Status.Waits(), r.Status.ForOwner():
		return []Action{main(call), done}
	case r.Reason == callback.ByOptOut, r.Reason == callback.ByBlock:
		return nil
	}
	call.Label = w.Say("do_call_again")
	return []Action{call}
}

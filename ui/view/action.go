package view

import (
	"ringback/server/callback"
	"ringback/server/desk"
)

// ActionKind is a wish that the owner can have about a request.
type ActionKind int

// The wishes.
const (
	CallNow ActionKind = iota
	EndCall
	Done
	Undo
	Text
	Withdraw
	Block
	Unblock
	CopyAll
	Export
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
func (w Words) actions(d desk.Detail) []Action {
	r := d.Request
	call := Action{Kind: CallNow, Label: w.Say("do_call"), Icon: "phone"}
	done := Action{Kind: Done, Label: w.Say("do_done"), Icon: "check"}
	undo := Action{Kind: Undo, Label: w.Say("do_undo")}
	text := Action{Kind: Text, Label: w.Say("text_do"), Icon: "text"}
	main := func(a Action) Action { a.Main = true; return a }
	switch {
	case r.Status == callback.Connected, r.Erased():
		return nil
	case r.Status.UnderWay():
		return []Action{{Kind: EndCall, Label: w.Say("do_end"), Icon: "hangup"}}
	case r.TickedOff != nil, r.Status == callback.Cancelled && r.Before != nil:
		return []Action{undo, text}
	case r.Status == callback.Unverified:
		return []Action{done}
	case barred(d) && r.Spam:
		return nil
	case barred(d) && r.Status.ForOwner():
		return []Action{text, done} // which says why it is not sent
	case barred(d):
		return []Action{text}
	case r.Spam:
		return []Action{call}
	case r.Status.Waits(), r.Status.ForOwner():
		return []Action{main(call), text, done}
	}
	call.Label = w.Say("do_call_again")
	return []Action{call, text}
}

// barred says that the number is not called: the engine would refuse it. Until that was
// read, the reason of the request says it.
func barred(d desk.Detail) bool {
	if d.Asked == 0 {
		return d.Reason == callback.ByOptOut || d.Reason == callback.ByBlock
	}
	return d.Blocked || d.OptedOut
}

// menu is what can be asked for besides.
func (w Words) menu(d desk.Detail) []Action {
	var menu []Action
	if d.Status.Waits() && !d.Spam && d.TickedOff == nil {
		menu = append(menu, Action{Kind: Withdraw, Label: w.Say("requests_withdraw"), Icon: "crossc"})
	}
	switch {
	case d.Erased():
	case d.Blocked:
		menu = append(menu, Action{Kind: Unblock, Label: w.Say("requests_unblock"), Icon: "shield"})
	default:
		menu = append(menu, Action{Kind: Block, Label: w.Say("requests_block"), Icon: "shield"})
	}
	return append(menu, Action{Kind: CopyAll, Label: w.Say("requests_copy_all"), Icon: "copy"},
		Action{Kind: Export, Label: w.Say("requests_export"), Icon: "download"})
}

package callback

// gateEvent is what a request hears when the gate stays shut.
var gateEvent = map[EffectKind]Kind{EffectCall: Held, EffectText: TextFail}

// gate stands before every paid effect: the day's budget, blocked and opted-out
// numbers, and that no other call of unknown outcome may be ringing there, nor one of ours
// be about to end, for the phone would be found busy. wait: not now, but soon.
func (u *update) gate(j job) (refusal Refusal, wait bool, err error) {
	if !j.Kind.Paid() {
		return "", false, nil
	}
	blocked, optedOut, err := u.tx.Barred(j.request.Number)
	if err != nil {
		return "", false, err
	}
	t, isText := j.request.Text(j.Text)
	if blocked || optedOut && (!isText || t.Role == VisitorLeg) {
		return NumberBarred, false, nil
	}
	if isText {
		return u.textGate(j)
	}
	if j.rules.CallsLeft >= 0 && j.rules.CallsLeft < legsOfACall {
		return OverBudget, false, nil
	}
	l, _ := j.request.Leg(j.Leg)
	visit := Leg{Role: VisitorLeg, To: j.request.Number}
	if left := j.rules.SpendLeft; left >= 0 && left < j.request.reserve(l)+j.request.reserve(visit) {
		return OverBudget, false, nil
	}
	if wait, err = u.tx.Unknown(l.To, l.ID); err != nil || wait {
		return "", wait, err
	}
	wait, err = u.tx.Lingers(l.To) // the line has looked at the phone that is rung first only
	return "", wait, err
}

func (u *update) textGate(j job) (Refusal, bool, error) {
	t, _ := j.request.Text(j.Text)
	if left := j.rules.SpendLeft; left >= 0 && left < priceOfText(t) {
		return OverBudget, false, nil
	}
	if j.rules.TextsDay == 0 {
		return "", false, nil
	}
	sent, err := u.tx.TextsStarted(j.rules.dayStart(u.now))
	if err == nil && sent >= j.rules.TextsDay {
		return OverBudget, false, nil
	}
	return "", false, err
}

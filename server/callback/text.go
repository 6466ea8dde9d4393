package callback

// textShop wants the one text to the shop, at each of its numbers.
func (d *decision) textShop() {
	if d.r.texted(ShopLeg) {
		return
	}
	for _, to := range d.rules.TextTo {
		d.text(ShopLeg, to)
	}
}

// textVisitor wants the one text to the visitor, after the last round without an
// accept, where consent allows it.
func (d *decision) textVisitor() {
	if !d.r.texted(VisitorLeg) && d.r.Consent.TextsVisitor() {
		d.text(VisitorLeg, d.r.Number)
	}
}

func (d *decision) text(role Role, to string) {
	i := d.r.addText(Text{Role: role, To: to, From: d.rules.From, Status: TextWanted})
	d.effect(Effect{Kind: EffectText, Text: d.r.Texts[i].ID})
}

func (d *decision) recordText(t *Text) {
	if t.SID == "" {
		t.SID = d.ev.SID
	}
	if d.ev.Code != 0 {
		t.Code = d.ev.Code
	}
	switch d.ev.Kind {
	case Started:
		if d.ev.Effect == EffectText && t.Status == TextWanted && d.wants() {
			t.Status, t.Started = TextStarted, d.ev.At
		}
	case TextDone:
		if t.Status == TextWanted || t.Status == TextStarted {
			t.Status = TextTaken
		}
	case TextFail:
		if !t.Status.Has() {
			t.Status = TextRefused
		}
	case NotMade:
		if t.SID == "" { // as with a call
			t.Status = TextWanted
		}
	case TextInfo:
		t.report(d.ev.TextNow)
		if d.ev.Asked {
			t.looked(d.ev, textLooks, t.Status != TextTaken)
		}
	case Billed:
		t.looked(d.ev, textLooks, t.Status != TextTaken)
	default: // no other kind is about texts
	}
}

// report takes what the carrier says of a text; an end is an end.
func (t *Text) report(now TextStatus) {
	switch t.Status {
	case TextDelivered, TextLost, TextRefused, TextReceived:
		return
	case TextWanted, TextStarted, TextTaken:
	}
	t.Status = now
}

// forShop says that the event is about a text to the shop.
func (d *decision) forShop() bool {
	t, ok := d.r.Text(d.ev.Text)
	return ok && t.Role == ShopLeg
}

// lateText: the carrier took the text after the request was missed.
func lateText(d *decision) {
	if d.forShop() && d.r.Reason != Stale && d.r.ShopHasText() {
		d.become(SMSSent, d.r.Reason)
	}
}

// leftAsText: closed, text only; the shop has the text now, or none can reach it any
// more.
func leftAsText(d *decision) {
	if d.forShop() && d.r.Reason == Closed && (d.r.ShopHasText() || !d.r.textUnderWay()) {
		d.rest(Closed)
	}
}

// textLost: the text did not arrive, so the shop has nothing.
func textLost(d *decision) {
	if d.forShop() && !d.r.ShopHasText() {
		d.become(Missed, d.r.Reason)
	}
}

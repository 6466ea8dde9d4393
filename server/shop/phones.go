package shop

import (
	"context"
	"slices"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/practice"
	"ringback/server/settings"
)

// phonesOf are the two phones that the window draws: of all phones of practice the
// shop's and the visitor's that ring or talk, else those that did last.
type phonesOf struct{ *era }

var _ desk.Practice = (*phonesOf)(nil)

func (p *phonesOf) Phones() []desk.PracticePhone {
	if p.hand == nil {
		return nil
	}
	set := p.Settings()
	states := p.hand.Phones()
	request := p.onStage()
	shop := desk.PracticePhone{Shop: true, Label: set.Business.Phones[0].Label, Number: set.Business.Phones[0].Number, State: desk.Idle}
	for _, phone := range set.Business.Phones {
		i := slices.IndexFunc(states, func(s practice.PhoneState) bool { return s.Number == phone.Number && s.From != "" })
		if i >= 0 {
			shop.Label, shop.Number = phone.Label, phone.Number
			play(&shop, states[i])
			break
		}
	}
	visitor := desk.PracticePhone{Label: request.Name, Number: request.Number, State: desk.Idle}
	if i := slices.IndexFunc(states, func(s practice.PhoneState) bool { return s.Number == request.Number }); i >= 0 && request.Number != "" {
		play(&visitor, states[i])
	}
	if request.Status.UnderWay() {
		shop.Request, visitor.Request = request.ID, request.ID
	}
	return []desk.PracticePhone{shop, visitor}
}

// onStage is the request that is being called, else the newest one.
func (p *phonesOf) onStage() (r callback.Request) {
	err := p.mode.store.View(context.Background(), func(v callback.Reader) error {
		ids, err := v.UnderWay()
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			r, err = v.Request(ids[len(ids)-1])
			return err
		}
		newest, err := v.List(callback.Query{Span: callback.Span{Limit: 1}})
		if newest.Count > 0 {
			r = newest.Requests[0]
		}
		return err
	})
	if err != nil {
		p.log.Warn("read the request on stage", "err", err)
	}
	return r
}

// play says what the phone does.
func play(to *desk.PracticePhone, s practice.PhoneState) {
	to.Since, to.Says, to.Keys = s.Since, s.Says, s.Gathers
	to.Joined = s.With != ""
	switch {
	case s.CanAnswer():
		to.State = desk.Ringing
	case s.CanHangUp():
		to.State = desk.OnCall
	}
}

// The buttons. What doesn't fit any more, because the other side was quicker, changes
// nothing: the phone shows what it does now.

func (p *phonesOf) Answer(number string)     { p.played(p.hand.Answer(number)) }
func (p *phonesOf) Decline(number string)    { p.played(p.hand.Decline(number)) }
func (p *phonesOf) Press(number, key string) { p.played(p.hand.Press(number, key)) }
func (p *phonesOf) HangUp(number string)     { p.played(p.hand.HangUp(number)) }

func (p *phonesOf) played(err error) {
	if err != nil {
		p.log.Debug("practice phone", "err", err)
	}
}

// pretender is the visitor who is only pretended: such numbers are kept for films.
const pretender = "+12125550147"

func (p *phonesOf) Pretend(ctx context.Context, name, message string) (int64, error) {
	s, err := p.engine.Submit(ctx, callback.Ask{
		Number: pretender, Name: name, Message: message,
		Language: p.Settings().Business.Language, Consent: callback.Consent{Kind: settings.Notice},
	})
	return s.ID, err
}

// Texts are those that practice pretended to send, newest first.
func (p *phonesOf) Texts() []desk.PracticeText {
	var texts []desk.PracticeText
	shop := textTo(p.Settings())
	for _, t := range p.network.Texts() {
		texts = append(texts, desk.PracticeText{To: t.To, Body: t.Body, At: t.At, Shop: slices.Contains(shop, t.To)})
	}
	slices.Reverse(texts)
	return texts
}

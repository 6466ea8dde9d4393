package twilio_test

import (
	"testing"

	"ringback/server/callback"
	"ringback/server/twilio"
	"ringback/server/twilio/twiliotest"
)

// Twilio's own error body for each code that its REST API can answer, as the engine
// hears it.
func TestEachCodeOfTwiliosIsHeardAsItsKind(t *testing.T) {
	x := open(t)
	for _, code := range twiliotest.Codes() {
		if code == 21220 {
			continue // a call that has ended: no refusal
		}
		x.Misbehave(twiliotest.Faults{REST: func(twiliotest.Request) twiliotest.Fate { return twiliotest.Refused(code) }})
		_, err := x.client.Call(t.Context(), callback.Call{Leg: "salt-1", To: shop, From: ours, Base: public})
		refused(t, err, twilio.Classify(code), code)
		_, err = x.client.Text(t.Context(), callback.Message{Text: "salt-t1", For: callback.ShopLeg, To: shop, From: ours, Base: public})
		refused(t, err, twilio.Classify(code), code)
	}
}

package twilio_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/twilio/twiliotest"
)

func TestACallIsToldAsItStands(t *testing.T) {
	for _, tt := range []struct {
		name, fields string
		want         callback.Report
	}{
		{"queued", `"status":"queued","duration":null,"price":null,"price_unit":"USD"`, callback.Report{Status: callback.CallQueued}},
		{"ringing", `"status":"ringing"`, callback.Report{Status: callback.CallRinging}},
		{"talking", `"status":"in-progress","duration":"12"`, callback.Report{Status: callback.CallAnswered}},
		{"over, with its price", `"status":"completed","duration":"62","price":"-0.03000","price_unit":"usd"`,
			callback.Report{Status: callback.CallDone, Talked: 62 * time.Second, Price: 30_000, Currency: "USD"}},
		{"over, without a price", `"status":"completed","duration":"62","price":null,"price_unit":"USD"`,
			callback.Report{Status: callback.CallDone, Talked: 62 * time.Second}},
		{"over, and free of charge", `"status":"completed","duration":"1","price":"0","price_unit":"EUR"`,
			callback.Report{Status: callback.CallDone, Talked: time.Second, Currency: "EUR"}},
		{"a price that is none", `"status":"completed","duration":"1","price":"NaN","price_unit":"EUR"`,
			callback.Report{Status: callback.CallDone, Talked: time.Second}},
		{"busy", `"status":"busy","duration":"0"`, callback.Report{Status: callback.CallBusy}},
		{"not answered", `"status":"no-answer","duration":"0"`, callback.Report{Status: callback.CallNoAnswer}},
		{"failed", `"status":"failed","duration":"0"`, callback.Report{Status: callback.CallFailed}},
		{"cancelled", `"status":"canceled","duration":"0"`, callback.Report{Status: callback.CallCanceled}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.does(twiliotest.Says(false, 200, json, `{"sid":"`+stranger+`",`+tt.fields+`}`))
			got, err := x.client.Ask(t.Context(), stranger)
			tt.want.SID = stranger
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Error(err, diff)
			}
		})
	}
}

func TestACallThatTheAccountDoesNotHaveIsNotFound(t *testing.T) {
	x := open(t)
	_, err := x.client.Ask(t.Context(), stranger)
	notFound(t, err)
}

func TestNothingIsConcludedFromAnAnswerThatIsNone(t *testing.T) {
	for _, tt := range []struct {
		name string
		fate twiliotest.Fate
	}{
		{"another call", twiliotest.Says(false, 200, json, `{"sid":"CA11111111111111111111111111111111","status":"completed"}`)},
		{"no SID", twiliotest.Says(false, 200, json, `{"status":"completed"}`)},
		{"a status that is not in the document", twiliotest.Says(false, 200, json, `{"sid":"`+stranger+`","status":"on-hold"}`)},
		{"a page", twiliotest.Page(false, 200)},
		{"a 404 that is none of Twilio's", twiliotest.Page(false, 404)},
		{"trouble inside Twilio", twiliotest.Broken(false, 500)},
		{"no answer", twiliotest.LostBefore()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.does(tt.fate)
			_, err := x.client.Ask(t.Context(), stranger)
			unknown(t, err)
			_, err = x.client.Find(t.Context(), wanted(), time.Now(), nil)
			unknown(t, err)
			_, err = x.client.FindText(t.Context(), message(), time.Now())
			unknown(t, err)
		})
	}
}

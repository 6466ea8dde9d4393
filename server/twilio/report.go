package twilio

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"

	"ringback/server/callback"
)

const (
	millionths    = 1_000_000 // of a currency's unit, in which a price is counted
	mostExpensive = 1_000_000 // units; what is said to cost more was misread
)

var errStatus = errors.New("a call or text of Twilio's has a status that is not in its document")

// report reads a call of the API. A status that is not in Twilio's document is an
// error: nothing may be concluded from it.
func report(call api.ApiV2010Call) (callback.Report, error) {
	status, known := callStatuses[said(call.Status)]
	if !known {
		return callback.Report{}, errStatus
	}
	r := callback.Report{SID: said(call.Sid), Status: status}
	if status == callback.CallDone {
		if s, err := strconv.Atoi(said(call.Duration)); err == nil && s > 0 {
			r.Talked = time.Duration(s) * time.Second
		}
	}
	if price, ok := price(said(call.Price)); ok {
		r.Price, r.Currency = price, strings.ToUpper(said(call.PriceUnit))
	}
	return r, nil
}

// textReport reads a text of the API.
func textReport(text api.ApiV2010Message) (callback.TextReport, error) {
	status, known := textStatuses[said(text.Status)]
	if !known {
		return callback.TextReport{}, errStatus
	}
	r := callback.TextReport{Status: status}
	if text.ErrorCode != nil {
		r.Code = *text.ErrorCode
	}
	if price, ok := price(said(text.Price)); ok {
		r.Price, r.Currency = price, strings.ToUpper(said(text.PriceUnit))
	}
	return r, nil
}

// price reads what Twilio charged: it writes costs as negative decimals ("-0.03000").
// A currency without a price, which is how Twilio says "not yet", is none.
func price(s string) (int64, bool) {
	amount, err := strconv.ParseFloat(s, 64)
	if err != nil || !(math.Abs(amount) <= mostExpensive) { // NaN is neither
		return 0, false
	}
	return int64(math.Round(-amount * millionths)), true
}

package twiliotest

import "strings"

// Op is an operation of Twilio's document.
type Op string

// The operations that Ringback uses.
const (
	CreateCall    Op = "CreateCall"
	FetchCall     Op = "FetchCall"
	UpdateCall    Op = "UpdateCall"
	ListCall      Op = "ListCall"
	CreateMessage Op = "CreateMessage"
	FetchMessage  Op = "FetchMessage"
	ListMessage   Op = "ListMessage"
)

// operation is what the document says of one.
type operation struct {
	method string
	path   string // below the account; * stands for a SID
	status int    // of a good answer
	played map[string]parameter
	other  []string // parameters that it has too, and this server does not play
}

// parameter is one that the server understands.
type parameter struct {
	check  check
	many   bool // it may be repeated
	needed bool
}

// document is copied from Twilio's OpenAPI document of April 2026; a test holds it
// against the extract in testdata. Limits that the document gives only in its prose
// (Timeout, ValidityPeriod, Body, the events) are here too.
var document = map[Op]operation{
	CreateCall: {
		method: "POST", path: "Calls.json", status: 201,
		played: map[string]parameter{
			"To":                   {check: phone, needed: true},
			"From":                 {check: phone, needed: true},
			"Method":               {check: oneOf("GET", "POST")},
			"StatusCallback":       {check: address},
			"StatusCallbackEvent":  {check: oneOf("initiated", "ringing", "answered", "completed"), many: true},
			"StatusCallbackMethod": {check: oneOf("GET", "POST")},
			"Timeout":              {check: whole(0, 600)},
			"TimeLimit":            {check: whole(0, noMaximum)},
			"Url":                  {check: address},
		},
		other: strings.Fields(`
			FallbackUrl FallbackMethod SendDigits Record RecordingChannels RecordingStatusCallback
			RecordingStatusCallbackMethod SipAuthUsername SipAuthPassword MachineDetection MachineDetectionTimeout
			RecordingStatusCallbackEvent Trim CallerId MachineDetectionSpeechThreshold MachineDetectionSpeechEndThreshold
			MachineDetectionSilenceTimeout AsyncAmd AsyncAmdStatusCallback AsyncAmdStatusCallbackMethod Byoc CallReason
			CallToken RecordingTrack ClientNotificationUrl Twiml ApplicationSid`),
	},
	FetchCall: {
		method: "GET", path: "Calls/*.json", status: 200,
	},
	UpdateCall: {
		method: "POST", path: "Calls/*.json", status: 200,
		played: map[string]parameter{
			"Status": {check: oneOf("canceled", "completed")},
		},
		other: strings.Fields(`
			Url Method FallbackUrl FallbackMethod StatusCallback StatusCallbackMethod Twiml TimeLimit`),
	},
	ListCall: {
		method: "GET", path: "Calls.json", status: 200,
		played: map[string]parameter{
			"To":            {check: phone},
			"From":          {check: phone},
			"ParentCallSid": {check: sid("CA")},
			"Status":        {check: oneOf("queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled")},
			"PageSize":      {check: whole(1, 1000)},
			"Page":          {check: whole(0, noMaximum)},
			"PageToken":     {check: anything},
		},
		other: strings.Fields(`
			StartTime StartTime< StartTime> EndTime EndTime< EndTime>`),
	},
	CreateMessage: {
		method: "POST", path: "Messages.json", status: 201,
		played: map[string]parameter{
			"To":             {check: phone, needed: true},
			"StatusCallback": {check: address},
			"ValidityPeriod": {check: whole(1, 36000)},
			"From":           {check: phone},
			"Body":           {check: upTo(1600)},
		},
		other: strings.Fields(`
			ApplicationSid MaxPrice ProvideFeedback Attempt ForceDelivery ContentRetention AddressRetention SmartEncoded
			PersistentAction TrafficType ShortenUrls ScheduleType SendAt SendAsMms ContentVariables RiskCheck FallbackFrom
			MessagingServiceSid MediaUrl ContentSid`),
	},
	FetchMessage: {
		method: "GET", path: "Messages/*.json", status: 200,
	},
	ListMessage: {
		method: "GET", path: "Messages.json", status: 200,
		played: map[string]parameter{
			"To":        {check: phone},
			"From":      {check: phone},
			"PageSize":  {check: whole(1, 1000)},
			"Page":      {check: whole(0, noMaximum)},
			"PageToken": {check: anything},
		},
		other: strings.Fields(`
			DateSent DateSent< DateSent>`),
	},
}

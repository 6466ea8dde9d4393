// Package twilio translates between Ringback's words and Twilio's: it asks Twilio
// for calls and texts as the live carrier, renders a step as TwiML, builds the
// addresses that webhooks come to, checks their signatures, reads them as events,
// and sorts Twilio's error codes. It knows nothing of what a request is or what
// becomes of it, decides nothing and repeats nothing by itself.
package twilio

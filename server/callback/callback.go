// Package callback is the heart of Ringback: it decides what becomes of a
// visitor's wish to be called. It knows no HTTP, no SQL, no TwiML and no window;
// what it needs of them stands here as small interfaces (Store, Carrier,
// Notifier), which other rooms fulfil.
//
// A request is moved by events. Next, a pure function, answers an event with the
// changed request and with effects: what has to be done outside. The engine
// commits request, event and effects in one transaction (a transactional
// outbox), and only then does anything leave the computer; the result of an
// effect is the next event.
//
// # Invariants
//
// They hold after each commit, whatever is lost, repeated, late or out of order,
// and wherever the plug is pulled; the random tests and the exhaustive walk of
// this package check them.
//
//  1. None is rung twice in one attempt: a call leaves only after the commit that
//     marks it as started, and a started call of unknown outcome is looked for at
//     the carrier before it is made again.
//  2. Ended states change only by the owner, the visitor, a plan or a late
//     report, exactly as the table of Status says (see CanBecome).
//  3. Each request was talked, withdrawn, never verified or ticked off, or stands
//     on the owner's list, or is under way or waits, and then has a deadline at
//     which the engine looks at it by itself, whether or not a webhook arrives.
//  4. The shop is texted at most once for a request, the visitor likewise but for what
//     the owner writes, of which each text is sent at most once.
//  5. No paid effect leaves without having passed the gate (calls_day, texts_day,
//     blocked and opted-out numbers).
package callback

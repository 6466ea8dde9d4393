// Package callbacktest helps to test what stands around the engine: Fake is a
// callback.Store in memory, and TestStore is the contract that each Store must
// meet, Fake as well as the one in SQL. It knows no database and decides nothing
// about calls.
package callbacktest

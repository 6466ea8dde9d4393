// Package widgets holds the small widgets of our own from which the window's
// pages are put together. They draw what they are given and call back when
// they are pressed. They know no request, no translation and no icon: words
// and icons are handed in, and colours and sizes are looked up by name in the
// theme each time they are drawn, so that a change of theme recolours them
// while they are on the screen.
//
// Like all of Fyne they belong to the goroutine of the window: nothing here may
// be called from another one.
package widgets

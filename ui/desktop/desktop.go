// Package desktop opens the window on the computer's desktop and keeps it open. It
// alone links the drawing of Fyne's, which needs C and a display; built with the tag
// headless it can only say that there is no window. It knows nothing of requests:
// what it is given it hands to package ui.
package desktop

// Package assets holds what is built into the program as files: the window's
// icons, the app icon, and the pages that a visitor sees. It hands out bytes
// and knows neither who shows them nor how.
package assets

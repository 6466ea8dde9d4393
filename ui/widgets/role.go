package widgets

import "fyne.io/fyne/v2"

// Role says what a colour speaks of. A word or a shape always stands beside
// it. A role that does not exist is drawn as Quiet.
type Role string

// The roles, and no others, that a status can have.
const (
	Live    Role = "live"    // something is going on now
	Talked  Role = "talked"  // good: they talked, it works, it is open
	Needs   Role = "needs"   // needs the owner
	Failed  Role = "failed"  // cannot work as it is
	Planned Role = "planned" // will happen by itself
	Quiet   Role = "quiet"   // over, or nothing special
)

// Roles returns all roles.
func Roles() []Role { return []Role{Live, Talked, Needs, Failed, Planned, Quiet} }

// Text names the role's colour for words and icons, readable on its tint and
// on every ground.
func (r Role) Text() fyne.ThemeColorName { return r.named("Text") }

// Tint names the role's ground.
func (r Role) Tint() fyne.ThemeColorName { return r.named("Tint") }

// Mark names the role's colour for dots, arcs and charts. It is not for text.
func (r Role) Mark() fyne.ThemeColorName { return r.named("Mark") }

func (r Role) named(use string) fyne.ThemeColorName {
	switch r {
	case Live, Talked, Needs, Failed, Planned, Quiet:
	default:
		r = Quiet
	}
	return fyne.ThemeColorName("ringback" + use + "-" + string(r))
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Field is a labelled place to type in, with room below for a sentence about what was
// typed: a hint, or what is wrong with it, which also reddens the edge.
type Field struct {
	widget.BaseWidget
	// OnTyped is called at each change by hand, OnLeft when the field is left or Enter is
	// pressed, OnEnter before that when it is Enter.
	OnTyped, OnLeft, OnEnter func()
	// OnEscape is called for Escape; nil leaves that to the window.
	OnEscape func()

	entry   *fieldEntry
	edge    *Rect
	line    *FieldLine
	content *fyne.Container
}

// NewField makes a field; an empty label takes no room, as in a list whose head says what
// its columns are.
func NewField(label string) *Field { return newField(label, &fieldEntry{}) }

// NewSecretField makes a field that shows dots in place of what is typed.
func NewSecretField(label string) *Field {
	return newField(label, &fieldEntry{Entry: widget.Entry{Password: true}})
}

func newField(label string, e *fieldEntry) *Field {
	f := &Field{entry: e, edge: NewRect(colorNone, RadiusControl), line: NewFieldLine()}
	e.Wrapping = fyne.TextWrapOff
	e.field = f
	e.ExtendBaseWidget(e)
	e.OnChanged = func(string) { callIf(!e.setting, f.OnTyped) }
	e.OnSubmitted = func(string) { callIf(true, f.OnEnter); callIf(true, f.OnLeft) }
	f.content = Down(Gap2, fieldLabel(label), Fixed(0, fieldHeight, Over(e, f.edge)), f.line)
	f.ExtendBaseWidget(f)
	return f
}

// fieldHeight is that of every control a line high.
const fieldHeight float32 = 36

func fieldLabel(label string) fyne.CanvasObject {
	t := NewText(label, SizeCaption, ColorSecond).Cut()
	t.Hidden = label == ""
	return t
}

// Alone leaves the sentence to whoever holds the field, as where several stand in a row: it
// is asked for by Says. It returns the field.
func (f *Field) Alone() *Field {
	f.content.Objects = f.content.Objects[:2]
	return f
}

// Hint stands in the field while it is empty; it returns the field.
func (f *Field) Hint(hint string) *Field { f.entry.SetPlaceHolder(hint); return f }

// Text is what stands in the field.
func (f *Field) Text() string { return f.entry.Text }

// SetText puts something in place of what stands there; OnTyped is not called.
func (f *Field) SetText(s string) {
	f.entry.setting = true
	f.entry.SetText(s)
	f.entry.setting = false
}

// Type does what typing that text over what stands there does.
func (f *Field) Type(s string) { f.entry.SetText(s) }

// Entry is what takes the keyboard.
func (f *Field) Entry() fyne.Focusable { return f.entry }

// Focused says whether somebody types here.
func (f *Field) Focused() bool { return f.entry.focused }

// Say puts a sentence below the field; empty: none. It is drawn in the role's colour, and
// Failed reddens the edge.
func (f *Field) Say(role Role, icon fyne.Resource, sentence string) {
	if role == Failed && sentence != "" {
		f.edge.SetStroke(Failed.Text(), hairlineWidth)
	} else {
		f.edge.SetStroke(colorNone, 0)
	}
	f.line.Say(role, icon, sentence)
}

// Says is the sentence below the field.
func (f *Field) Says() string { return f.line.Says() }

// CreateRenderer is called by Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }

// fieldEntry tells when it is left.
type fieldEntry struct {
	widget.Entry
	field            *Field
	focused, setting bool
}

// TypedKey is called by Fyne while the field has the focus.
func (e *fieldEntry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name != fyne.KeyEscape:
		e.Entry.TypedKey(k)
	case e.field.OnEscape != nil:
		e.field.OnEscape()
	default:
		escape(e, k)
	}
}

func (e *fieldEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	Reveal(e)
}

func (e *fieldEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	callIf(true, e.field.OnLeft)
}

// FieldLine is the sentence below a control. Without words it takes no room.
type FieldLine struct {
	widget.BaseWidget
	icon    *Icon
	words   *Para
	content *fyne.Container
}

// NewFieldLine makes one that says nothing.
func NewFieldLine() *FieldLine {
	l := &FieldLine{icon: NewIcon(nil, 14, ColorSecond), words: NewPara("", SizeCaption, ColorSecond)}
	l.content = AcrossTop(6, Pad(Gap1, 0, 0, 0, l.icon), Grow(l.words))
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

// Say changes the sentence; empty: none. Whoever holds the line lays out anew.
func (l *FieldLine) Say(role Role, icon fyne.Resource, sentence string) {
	color := role.Text()
	if role == Quiet {
		color = ColorSecond
	}
	l.icon.SetResource(icon)
	l.icon.SetColor(color)
	l.content.Objects[0].(*fyne.Container).Hidden = icon == nil
	l.words.SetColor(color)
	l.words.SetText(sentence)
	l.content.Refresh()
	if sentence == "" {
		l.Hide()
		return
	}
	l.Show()
	l.Refresh()
}

// Says is the sentence.
func (l *FieldLine) Says() string { return l.words.Text() }

// CreateRenderer is called by Fyne.
func (l *FieldLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.content) }

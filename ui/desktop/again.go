package desktop

import (
	"flag"
	"path/filepath"
)

// Again are the flags that start the program so once more. A settings file is none of
// them: it would take back at each start what was changed since.
func Again(flags *flag.FlagSet) (args []string) {
	flags.Visit(func(f *flag.Flag) {
		value := f.Value.String()
		switch f.Name {
		case "settings":
			return
		case "data":
			if whole, err := filepath.Abs(value); err == nil {
				value = whole
			}
		}
		args = append(args, "-"+f.Name+"="+value)
	})
	return args
}

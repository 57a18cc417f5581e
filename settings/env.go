package settings

import (
	"errors"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"
)

// environment provides the settings that no flag sets, from the variables named after them.
type environment struct {
	vars    map[string]string
	sources map[string]string // the variable that set a setting, by the setting's name
	err     error             // the first invalid variable
}

// newEnvironment takes NAME=value pairs. It ignores empty variables, because Docker Compose passes unset ones that way.
func newEnvironment(pairs []string) *environment {
	e := &environment{vars: map[string]string{}, sources: map[string]string{}}
	for _, pair := range pairs {
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "USHER_") && value != "" {
			e.vars[name] = value
		}
	}
	return e
}

func variable(setting string) string {
	return "USHER_" + strings.ToUpper(strings.ReplaceAll(setting, "-", "_"))
}

func settingOf(variable string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(variable, "USHER_"), "_", "-"))
}

// IsSetting reports whether a flag is a setting, not a flag of a single command.
func IsSetting(flag *kong.Flag) bool { return flag.Group != nil }

func isSecret(flag *kong.Flag) bool { return flag.Tag.Has("secret") }

// Resolve gives kong the text of a setting that no flag sets. It parses the text first and keeps an error for Validate, so that the
// error names the variable, not a flag that nobody wrote.
func (e *environment) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if !IsSetting(flag) || e.err != nil {
		return nil, nil
	}
	text, name, err := e.read(flag)
	if err != nil || name == "" {
		e.err = err
		return nil, nil
	}
	target := reflect.New(flag.Target.Type()).Elem()
	if err := flag.Parse(kong.Scan().PushTyped(text, kong.FlagValueToken), target); err != nil {
		e.err = Invalidf("%s: %v", name, errors.Unwrap(err))
		return nil, nil
	}
	e.sources[flag.Name] = name
	return text, nil
}

// read returns the text of a setting and the variable that has it: the setting's own, or for a secret the one that names a file.
func (e *environment) read(flag *kong.Flag) (text, name string, err error) {
	name = variable(flag.Name)
	text, direct := e.vars[name]
	file, indirect := e.vars[name+"_FILE"]
	switch {
	case !isSecret(flag) || !indirect:
		if !direct {
			name = ""
		}
		return text, name, nil
	case direct:
		return "", "", Invalidf("%s and %s_FILE are both set; remove one", name, name)
	}
	content, err := os.ReadFile(file)
	text = strings.TrimSpace(string(content))
	if err == nil && text == "" {
		err = errors.New(file + " is empty")
	}
	if err != nil {
		return "", "", Invalidf("%s_FILE: %v", name, err)
	}
	return text, name + "_FILE", nil
}

// kubernetes matches the variables that Kubernetes sets for every service, even one whose name starts with usher.
var kubernetes = regexp.MustCompile(`_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$`)

// Validate rejects variables that are invalid or match no setting. A typo in USHER_TRUSTED_PROXIES must not go unnoticed.
func (e *environment) Validate(app *kong.Application) error {
	if e.err != nil {
		return e.err
	}
	var known []string
	for _, flag := range app.Flags {
		if IsSetting(flag) {
			known = append(known, variable(flag.Name))
		}
		if isSecret(flag) {
			known = append(known, variable(flag.Name)+"_FILE")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.vars)) {
		if slices.Contains(known, name) || kubernetes.MatchString(name) {
			continue
		}
		if limit, ok := removed[settingOf(name)]; ok {
			return isRemoved(name, limit)
		}
		nearest := slices.MinFunc(known, func(a, b string) int {
			return levenshtein.ComputeDistance(a, name) - levenshtein.ComputeDistance(b, name)
		})
		if levenshtein.ComputeDistance(nearest, name) > 4 {
			return Invalidf("%s is not a setting; usher help lists all settings", name)
		}
		return Invalidf("%s is not a setting; did you mean %s?", name, nearest)
	}
	return nil
}

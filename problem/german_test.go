package problem

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var verb = regexp.MustCompile(`%[-+.\d]*[a-zA-Z]`)

// literal returns a text of the source with 17 in place of each value, or false if no part of it is written there.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return verb.ReplaceAllString(text, "17"), err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, leftOK := literal(e.X)
		right, rightOK := literal(e.Y)
		if !leftOK {
			left = "17"
		}
		if !rightOK {
			right = "17"
		}
		return left + right, leftOK || rightOK
	case *ast.CallExpr:
		if called(e) == "Sprintf" {
			return literal(e.Args[0])
		}
	}
	return "", false
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// sentencesOf returns what the program says to people about what it refuses, by where it says that.
func sentencesOf(t *testing.T) map[string]string {
	t.Helper()
	said := map[string]string{}
	for code, entry := range catalogue {
		said[entry.message] = string(code)
	}
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (slices.Contains([]string{"node_modules", "testdata", "generated", "ent", "bench"}, entry.Name()) || len(entry.Name()) > 2 && entry.Name()[0] == '.'):
			return filepath.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
		if err != nil {
			return err
		}
		reader := strings.HasPrefix(name, "../text/file") || strings.HasPrefix(name, "../text/list")
		ast.Inspect(file, func(node ast.Node) bool {
			if f, ok := node.(*ast.FuncDecl); ok && f.Name.Name == "described" {
				ast.Inspect(f, func(node ast.Node) bool {
					if r, ok := node.(*ast.ReturnStmt); ok {
						if text, ok := literal(r.Results[0]); ok {
							said[text] = name
						}
					}
					return true
				})
			}
			if a, ok := node.(*ast.AssignStmt); ok {
				if to, ok := a.Lhs[0].(*ast.SelectorExpr); ok && to.Sel.Name == "Message" {
					if text, ok := literal(a.Rhs[0]); ok {
						said[text] = name
					}
				}
			}
			if c, ok := node.(*ast.CompositeLit); ok && strings.HasSuffix(name, "/file_encoding.go") && len(c.Elts) == 3 { // what a file is instead
				if text, ok := literal(c.Elts[2]); ok {
					said[capital(text)+"."] = name
				}
			}
			call, ok := node.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			argument, sentence := call.Args[0], func(text string) string { return text }
			switch called(call) {
			case "Saying", "mistake":
			case "invalid":
				argument = call.Args[len(call.Args)-1]
			case "clean", "CleanLine":
				if len(call.Args) < 2 {
					return true
				}
				argument = call.Args[1]
			case "New", "Errorf":
				if !reader {
					return true
				}
				sentence = func(text string) string { return capital(text) + "." }
			default:
				return true
			}
			if lit, isText := argument.(*ast.BasicLit); isText && strings.Contains(lit.Value, "%w") {
				return true // its sentence is another one
			}
			if text, ok := literal(argument); ok && text != "" {
				said[sentence(text)] = name
				if rest, ok := strings.CutPrefix(sentence(text), "Line 17: "); ok {
					said["Line 17: 17"], said[capital(rest)] = name, name
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

func TestEverySentenceIsKnownInGerman(t *testing.T) {
	said := sentencesOf(t)
	if len(said) < 100 {
		t.Fatalf("only %d sentences were found", len(said))
	}
	for sentence, name := range said {
		german := German(sentence)
		if german == sentence {
			t.Errorf("%s: %q has no German sentence", name, sentence)
		}
		if want, got := strings.Count(sentence, "17"), strings.Count(german, "17"); got != want {
			t.Errorf("%s: %q has %d values in English and %d in German: %q", name, sentence, want, got, german)
		}
	}
}

func TestNoGermanSentenceIsLeftOver(t *testing.T) {
	said := sentencesOf(t)
	known := map[string]bool{}
	for _, pair := range slices.Concat(germanCatalogue, germanSentences, germanMistakes) {
		if known[pair[0]] {
			t.Errorf("%q is there twice", pair[0])
		}
		known[pair[0]] = true
		english := strings.ReplaceAll(pair[0], "%", "17")
		if _, ok := said[english]; !ok && !slices.Contains(madeElsewhere, pair[0]) {
			t.Errorf("nobody says %q", pair[0])
		}
		if strings.Count(pair[0], "%") != strings.Count(pair[1], "%") {
			t.Errorf("%q has other values than %q", pair[1], pair[0])
		}
	}
}

// madeElsewhere are words and sentences that the program puts together in a way that the test does not read.
var madeElsewhere = []string{"a minute", "% minutes", "two", "a message", "a question", "an answer", "A question", "An answer", "A word"}

func TestASentenceIsSaidInTheLanguageOfTheAsker(t *testing.T) {
	english := "Choose a time in the future."
	for language, want := range map[string]string{"de": "Wählen Sie eine Zeit in der Zukunft.", "en": english, "fr": english} {
		if got := Said(Speaking(context.Background(), language), english); got != want {
			t.Errorf("in %s it is %q, want %q", language, got, want)
		}
	}
	if got := Said(context.Background(), english); got != english {
		t.Errorf("without a language it is %q", got)
	}
}

func TestValuesKeepTheirPlaces(t *testing.T) {
	for english, want := range map[string]string{
		"A title has at most 200 characters. This one has 1,201.":       "Ein Titel hat höchstens 200 Zeichen. Hier sind es 1.201.",
		"A message cannot have a line break. Remove it.":                "Eine Nachricht darf das nicht enthalten: ein Zeilenumbruch. Entfernen Sie es.",
		"Too many attempts. Try again in 3 minutes.":                    "Zu viele Versuche. Versuchen Sie es in 3 Minuten noch einmal.",
		"The option “100 % of %s” is there twice.":                      "Die Option „100 % of %s“ kommt zweimal vor.",
		"The option “1,201” is there twice.":                            "Die Option „1,201“ kommt zweimal vor.",
		"The option “two” is there twice.":                              "Die Option „two“ kommt zweimal vor.",
		"Line 3: the row is longer than 65536 bytes.":                   "Zeile 3: Die Zeile ist länger als 65536 Bytes.",
		"“Line\nbreak” is not a name.":                                  "„Line\nbreak“ ist kein Name.",
		"This is a link to example.org. Your link begins with x/join#.": "Das ist ein Link zu example.org. Ihr Link beginnt mit x/join#.",
		"Somebody added a sentence.":                                    "Somebody added a sentence.",
	} {
		if got := German(english); got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
}

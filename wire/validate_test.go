package wire

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"usher/wire/testdata/mini"
)

func TestVariablesAreCheckedAgainstTheirTypes(t *testing.T) {
	g := &guard{limits: DefaultLimits, schema: mini.New().Schema()}
	const fine = ""
	for _, test := range []struct{ name, declared, given, refusal string }{
		{"a text is a String", "$a: String!", `{"a":"x"}`, fine},
		{"an empty text is a String", "$a: String!", `{"a":""}`, fine},
		{"a number is no String", "$a: String", `{"a":1}`, `"$a" does not fit`},
		{"a number is an Int", "$a: Int", `{"a":-2147483648}`, fine},
		{"a number of more than 32 bits is no Int", "$a: Int", `{"a":2147483648}`, `"$a" does not fit`},
		{"a fraction is no Int", "$a: Int", `{"a":1.5}`, `"$a" does not fit`},
		{"a text is no Int", "$a: Int", `{"a":"1"}`, `"$a" does not fit`},
		{"a whole number is a Float", "$a: Float", `{"a":1}`, fine},
		{"a text is no Float", "$a: Float", `{"a":"1.5"}`, `"$a" does not fit`},
		{"true is a Boolean", "$a: Boolean", `{"a":true}`, fine},
		{"1 is no Boolean", "$a: Boolean", `{"a":1}`, `"$a" does not fit`},
		{"a text is an ID", "$a: ID", `{"a":"x"}`, fine},
		{"a number is an ID", "$a: ID", `{"a":7}`, fine},
		{"a fraction is no ID", "$a: ID", `{"a":7.5}`, `"$a" does not fit`},
		{"a flag is no ID", "$a: ID", `{"a":false}`, `"$a" does not fit`},
		{"an enum has its own names", "$a: RoomRole", `{"a":"SPEAKER"}`, fine},
		{"and only as they are written", "$a: RoomRole", `{"a":"Speaker"}`, `"$a" does not fit the type RoomRole`},
		{"a custom scalar judges itself", "$a: Time", `{"a":7}`, fine},
		{"but is no list", "$a: Time", `{"a":["x"]}`, `"$a" does not fit the type Time`},
		{"and no object", "$a: Time", `{"a":{}}`, `"$a" does not fit the type Time`},
		{"an unknown type is left to validation", "$a: Nothing", `{"a":1}`, fine},
		{"null if allowed", "$a: Int", `{"a":null}`, fine},
		{"null if not allowed", "$a: Int! = 1", `{"a":null}`, `"$a" is null, but Int! does not allow null`},
		{"omitted if allowed", "$a: Int", `{}`, fine},
		{"left out with a default", "$a: Int! = 1", `{}`, fine},
		{"omitted if not allowed", "$a: Int!", `{}`, `"$a" is missing; its type is Int!`},
		{"a variable that is not declared", "$a: Int", `{"b":"x"}`, fine},
		{"a list", "$a: [[Int!]]", `{"a":[[1],null,[]]}`, fine},
		{"one value for a list", "$a: [[Int!]]", `{"a":1}`, fine},
		{"null in a list that does not allow it", "$a: [[Int!]]", `{"a":[[1],[1,null]]}`, `"$a.1.1" is null, but Int! does not`},
		{"an input object", "$a: RenameRoomInput", `{"a":{"roomId":1,"title":"x","role":null,"tags":"one"}}`, fine},
		{"an input object without a field it needs", "$a: RenameRoomInput", `{"a":{"roomId":1}}`, `"$a.title" is missing; its type is String!`},
		{"an input object with an unknown field", "$a: RenameRoomInput", `{"a":{"roomId":1,"title":"x","y":1}}`, `"$a.y" is not a field of RenameRoomInput`},
		{"an input object with a wrong value", "$a: [RenameRoomInput]", `{"a":[{"roomId":1,"title":"x","tags":["a",2]}]}`, `"$a.0.tags.1" does not fit the type String`},
		{"an input object that is a list", "$a: RenameRoomInput", `{"a":[]}`, `"$a" does not fit`},
		{"10 levels", "$a: Int", `{"b":` + strings.Repeat("[", 10) + strings.Repeat("]", 10) + `}`, fine},
		{"11 levels", "$a: Int", `{"b":` + strings.Repeat("[", 11) + strings.Repeat("]", 11) + `}`, "more than 10 levels"},
		{"10,000 values", "$a: Int", `{"b":[` + strings.Repeat("1,", 9998) + `1]}`, fine},
		{"10,001 values", "$a: Int", `{"b":[` + strings.Repeat("1,", 9999) + `1]}`, "more than 10000 values"},
		{"a NUL somewhere", "$a: Int", `{"b":{"c":["\u0000"]}}`, "NUL"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := parser.ParseQuery(&ast.Source{Input: "query(" + test.declared + "){hello}"})
			if err != nil {
				t.Fatal(err)
			}
			params, refusal := readParams([]byte(`{"query":"","variables":` + test.given + `}`))
			if refusal != nil {
				t.Fatal(refusal)
			}
			refusal = g.checkVariables(doc.Operations[0], params.Variables)
			if (refusal != nil) != (test.refusal != fine) || refusal != nil && !strings.Contains(refusal.Message, test.refusal) {
				t.Errorf("got %v, want %q", refusal, test.refusal)
			}
		})
	}
}

func TestErrorMessagesRepeatShortNamesButNoValues(t *testing.T) {
	long := strings.Repeat("n", 41)
	for _, test := range []struct{ name, message, want string }{
		{"a name", `Cannot query field "helo" on type "Query".`, `Cannot query field "helo" on type "Query".`},
		{"a long name", `Cannot query field "` + long + `" on type "Query".`, `Cannot query field … on type "Query".`},
		{"the longest name that stays", `Unknown type "` + long[:40] + `".`, `Unknown type "` + long[:40] + `".`},
		{"a value at the end", `Int cannot represent non-integer value: "s3cret"`, `Int cannot represent non-integer value…`},
		{"a value of several lines", "String cannot represent a value: {a: 1\n\"b\"}.", `String cannot represent a value…`},
		{"a value that was found", `Expected value of type "Int!", found s3cret.`, `Expected value of type "Int!"…`},
		{
			"words between names", `Fields "a" conflict because "b" and "c" are different fields. Use different aliases on the fields.`,
			`Fields "a" conflict because "b" and "c" are different fields. Use different aliases on the fields.`,
		},
		{"a message that is long", strings.Repeat("é", 300), strings.Repeat("é", 200)},
		{"a name that is cut", strings.Repeat("w ", 190) + `"` + long, strings.Repeat("w ", 190) + `"` + long[:19]},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := quiet(test.message); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// FuzzParams checks that parsing any request does not panic, that a refusal repeats nothing, and that accepted values equal the JSON.
func FuzzParams(f *testing.F) {
	for _, seed := range []string{
		`{"query":"{hello}"}`, `{"query":"{hello}","variables":{"a":[1,null,"x"]},"operationName":"A","extensions":{}}`, `[]`, `null`,
		`{"query":"a","query":"b"}`, `{"QUERY":"a"}`, "{\"query\":\"\xff\"}", `{"query":"\ud800"}`, `{} {}`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		params, refusal := readParams(text)
		var members map[string]any
		err := json.Unmarshal(text, &members)
		query, isText := members["query"].(string)
		if refusal != nil {
			if len(refusal.Message) > 100 {
				t.Errorf("a long refusal: %s", refusal.Message)
			}
			return
		}
		if err != nil || !isText || params.Query != query {
			t.Errorf("%q is read as %q", text, params.Query)
		}
	})
}

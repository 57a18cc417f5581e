package schema_test

import (
	"reflect"
	"slices"
	"testing"

	"usher/ent/schema"
)

// nameless are the texts of an event that name nobody: ids, codes, states, rights. A word (Answer) is one that anybody may have written.
var nameless = []string{
	"ActorPlace", "Code", "PreviousState", "State", "PreviousRole", "Role", "ManagerRole", "Channel", "CodeOf", "Question", "Interaction",
	"Answer", "Access", "Capabilities", "Messages", "Places", "Mails",
}

// A new text of an event is either erased with the person or listed above.
func TestE4_AnErasedPersonLeavesNoTextInAnEvent(t *testing.T) {
	const text, erased = "Ada Lovelace", "somebody"
	var detail schema.EventDetail
	fields := reflect.ValueOf(&detail).Elem()
	texts := map[string]func() string{}
	for i := range fields.NumField() {
		switch field := fields.Field(i); {
		case field.Kind() == reflect.String:
			texts[fields.Type().Field(i).Name] = field.String
			field.SetString(text)
		case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.String:
			texts[fields.Type().Field(i).Name] = func() string {
				if field.Len() == 0 {
					return ""
				}
				return field.Index(0).String()
			}
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
			field.Index(0).SetString(text)
		}
	}
	if !detail.Unname(erased) {
		t.Error("nothing named anybody")
	}
	for name, read := range texts {
		if got := read(); slices.Contains(nameless, name) != (got == text) {
			t.Errorf("%s is %q afterwards", name, got)
		}
	}
	for _, name := range nameless {
		if texts[name] == nil {
			t.Errorf("there is no text %s", name)
		}
	}
	if detail.Unname(erased) {
		t.Error("somebody is still named")
	}
}

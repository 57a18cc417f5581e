package stories

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"usher/ent"
	"usher/ent/answer"
	"usher/ent/choice"
	"usher/live"
	. "usher/sitetest"
)

// rowsOf returns every row of every table of the database as text, by the table's name.
func rowsOf(h *House) map[string][]string {
	h.T.Helper()
	all := map[string][]string{}
	names := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if !strings.Contains(h.Storage[0], "sqlite:") {
		names = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
	}
	for _, name := range textsOf(h, names) {
		all[name] = textsOf(h, `SELECT * FROM "`+name+`"`)
	}
	return all
}

// textsOf returns the rows that a query finds, each as one text.
func textsOf(h *House, query string) (all []string) {
	h.T.Helper()
	rows, err := h.DB().QueryContext(h.T.Context(), query)
	if err != nil {
		h.T.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		h.T.Fatal(err)
	}
	for rows.Next() {
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := rows.Scan(to...); err != nil {
			h.T.Fatal(err)
		}
		cells := make([]string, len(values))
		for i, v := range values {
			if raw, ok := v.([]byte); ok {
				v = string(raw)
			}
			cells[i] = fmt.Sprint(v)
		}
		all = append(all, strings.Join(cells, " "))
	}
	if err := rows.Err(); err != nil {
		h.T.Fatal(err)
	}
	return all
}

// ballots are anonymous interactions that a guest and a manager answered, with what identifies the two.
type ballots struct {
	*voting
	all     []Object
	who     []string // names, places and accounts
	answers []string // what they answered, and the ids of all answers and words
	heard   map[string][]*Subscription
}

// mustCast has a guest, a manager from elsewhere, and the people of the room answer a poll, texts and words without names.
func mustCast(h *House) *ballots {
	h.T.Helper()
	b := &ballots{voting: mustVote(h), heard: map[string][]*Subscription{}}
	zara := h.Browser()
	place := zara.Redeem(b.Invite("zebra@example.org", Object{"firstName": "Zebracanary"}))
	zara.Enter(b.Hall)
	b.people["zara"] = zara
	account := b.Host.MustAsk(`{ me { user { id name } } }`, nil).In("me.user")
	b.who = []string{"Zebracanary", "zebra@example.org", place, account.Text("id"), account.Text("name")}
	for name, c := range b.people {
		b.heard[name] = []*Subscription{
			c.Connect().Subscribe(followingVotes, Object{"room": b.ID, "after": b.Revision()}),
			c.Connect().Subscribe(`subscription($room: ID!) { tally(roomId: $room) { interaction { id answers options { id answers } words { id word } } } }`, Object{"room": b.ID}),
		}
	}
	for _, in := range []Object{{"maxChoices": 2}, {"kind": "TEXT", "options": nil}, {"kind": "WORDS", "options": nil}} {
		in["share"] = "LIVE"
		of := b.start(poll(in))
		for _, who := range []string{"zara", "manager", "viewer", "speaker"} {
			text := "ostrich of " + strings.ToUpper(who[:1])
			with := writes(of, text)
			if in["kind"] == nil {
				with = choosing(of, 0, 1)
			} else {
				b.answers = append(b.answers, text)
			}
			b.call(who, "answerInteraction", with)
		}
		b.check("while it is open", of)
		b.call("moderator", "stopInteraction", named(of))
		b.all = append(b.all, of)
	}
	return b
}

// tells reports where a text has somebody's identity.
func (b *ballots) tells(where, text string) {
	b.H.T.Helper()
	for _, who := range b.who {
		if strings.Contains(text, who) {
			b.H.T.Errorf("%s, %q is in %.400s", where, who, text)
		}
	}
}

// check reads an interaction as everybody does. Only the own answer of each asker may lead to them.
func (b *ballots) check(when string, of Object) {
	b.H.T.Helper()
	for name, c := range b.people {
		reply := c.Ask(`query($id: ID!, $room: ID!) {
			node(id: $id) { ... on Interaction { `+interactionParts+` allAnswers(first: 5) { totalCount nodes { id author { name participantId userId } choices texts hidden } } } }
			room(id: $room) { interaction { `+interactionParts+` } interactions(first: 3) { nodes { `+interactionParts+`
				allAnswers(first: 5) { nodes { id author { name participantId userId } choices texts hidden } } } } } }`, Object{"id": of.Text("id"), "room": b.ID})
		if len(reply.Errors) > 0 || reply.Data.At("node") == nil {
			b.H.T.Fatalf("the %s reads %s", name, reply.Raw)
		}
		b.tells("the "+name+" reads it "+when, reply.Raw)
	}
}

func TestN6_NothingTellsWhoGaveAnAnonymousAnswer(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		b := mustCast(h)
		for _, of := range b.all {
			b.check("once it is stopped", of)
			for _, who := range []string{"zara", "manager"} {
				Same(t, "their own answer afterwards", b.reads(who, of).At("myAnswer"), nil)
			}
		}
		for _, what := range []string{"INTERACTIONS", "ANSWERS"} {
			for _, format := range []string{"CSV", "NDJSON"} {
				file := b.Host.Export(b.Session, what, format).Raw
				if !strings.Contains(file, "ostrich of Z") {
					t.Fatalf("the export of %s is %s", what, file)
				}
				b.tells("the export", file)
			}
		}
		for name, streams := range b.heard {
			for _, s := range streams {
				m := s.Next()
				for s.Settle(); m.Kind == "next"; {
					if !strings.Contains(m.Raw, `"Exported"`) { // that names who exported
						b.tells("the "+name+" hears", m.Raw)
					}
					select {
					case m = <-s.Heard:
					default:
						m = Message{}
					}
				}
			}
		}
		read := h.Parts.Database.Read
		secrets := append(b.answers, read.Answer.Query().IDsX(t.Context())...)
		secrets = append(secrets, read.Word.Query().IDsX(t.Context())...)
		found := 0
		for table, rows := range rowsOf(h) {
			for _, row := range rows {
				for _, of := range b.all {
					if strings.Contains(row, of.Text("id")) && table != "events" { // an event names who started it
						b.tells("a row of "+table, row)
					}
				}
				for _, secret := range secrets {
					if strings.Contains(row, secret) {
						found++
						b.tells("a row of "+table, row)
					}
				}
			}
		}
		if found < len(secrets) {
			t.Errorf("%d of %d answers are in the tables: they were not looked into", found, len(secrets))
		}
		for _, e := range b.Log(0) {
			if strings.HasPrefix(e.Kind, "Interaction") || e.Kind == "ResultsShared" {
				said, _ := json.Marshal(e.Detail)
				b.tells("an event", e.Actor+string(said))
			}
		}
		for _, secret := range secrets {
			if strings.Contains(h.Log.String(), secret) {
				t.Errorf("the log has %q", secret)
			}
		}
	})
}

func TestN6_ManyAnswersAreSealedInSteps(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		const atOnce = 2000
		for _, c := range []struct {
			answers int
			sealed  bool // by the stop itself
		}{{atOnce, true}, {atOnce + 1, false}, {2*atOnce + 500, false}} {
			v := mustVoteOf(h, fmt.Sprint("host", c.answers, "@example.com"))
			of := v.start(poll(nil))
			v.call("viewer", "answerInteraction", choosing(of, 0))
			v.fill(of, c.answers-1)
			stopped := v.call("moderator", "stopInteraction", named(of))
			Same(t, "the counted answers", stopped.Int("answers"), c.answers)
			Same(t, "whether the stop seals all", stopped.At("sealed"), c.sealed)
			Same(t, "the own answer at once", v.reads("viewer", of).At("myAnswer"), nil)
			h.WaitUntil("it is sealed", func() bool { return v.reads("manager", of).At("sealed") == true })
			left := h.Parts.Database.Read.Answer.Query().Where(answer.InteractionID(of.Text("id")), answer.PersonNotNil()).CountX(t.Context())
			Same(t, "answers with a person", left, 0)
			answers, each := v.tallied(of)
			Same(t, "the counters afterwards", fmt.Sprint(answers, each), fmt.Sprint(c.answers, []int{c.answers, 0}))
		}
		if strings.Contains(h.Log.String(), "counters of an interaction") {
			t.Error("a stop found a wrong counter")
		}
	})
}

// fill stores answers of people who are not there any more. All have chosen the first option.
func (v *voting) fill(of Object, n int) {
	v.H.T.Helper()
	v.H.MustWrite(func(ctx context.Context, tx *live.Tx) error {
		for first := 0; first < n; first += 1000 {
			var rows []*ent.AnswerCreate
			for i := first; i < min(n, first+1000); i++ {
				rows = append(rows, tx.Answer.Create().SetID(fmt.Sprintf("a_%026d", i)+of.Text("id")[20:]).SetInteractionID(of.Text("id")).
					SetPerson(fmt.Sprintf("p_%026d", i)).SetChoices(1))
			}
			if err := tx.Answer.CreateBulk(rows...).Exec(ctx); err != nil {
				return err
			}
		}
		if err := tx.Interaction.UpdateOneID(of.Text("id")).AddAnswers(n).Exec(ctx); err != nil {
			return err
		}
		return tx.Choice.Update().Where(choice.InteractionID(of.Text("id")), choice.Nth(0)).AddAnswers(n).Exec(ctx)
	})
}

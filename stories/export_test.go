package stories

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// cells reads the columns of a CSV export, without its first line.
func cells(t *testing.T, file *Reply, columns ...string) (all []string) {
	t.Helper()
	text, marked := strings.CutPrefix(file.Raw, "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || file.Status != 200 {
		t.Fatalf("status %d, byte order mark %v, %v: %s", file.Status, marked, err, file.Raw)
	}
	for _, row := range rows[1:] {
		var these []string
		for i, name := range rows[0] {
			for _, column := range columns {
				if name == column {
					these = append(these, row[i])
				}
			}
		}
		all = append(all, strings.Join(these, "|"))
	}
	return all
}

func TestT10_ManagersExportWhatASessionHas(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		said := []string{"=1+1", "+1", "-1", "@SUM(A1)", "plain", "a, \"quoted\" text\nand a line", "’=1", " =2"}
		var ids []string
		for i, text := range said {
			ids = append(ids, c.say([]string{"viewer", "moderator"}[i/4], "CHAT", text))
		}
		c.say("speaker", "BACKCHANNEL", "between us")
		c.people["moderator"].Must("hideMessage", Object{"messageId": ids[4]}, "")
		c.people["moderator"].Must("deleteMessage", Object{"messageId": ids[6]}, "")
		c.people["viewer"].Must("raiseHand", Object{"roomId": c.ID, "role": "SPEAKER", "note": "=cmd"}, "")
		before := c.Revision()

		file := c.Host.Export(c.Session, "CHAT", "CSV")
		Same(t, "the texts", cells(t, file, "state", "text"), []string{
			"SHOWN|'=1+1", "SHOWN|'+1", "SHOWN|'-1", "SHOWN|'@SUM(A1)", "HIDDEN|plain", "SHOWN|a, \"quoted\" text\nand a line", "DELETED|", "SHOWN|'=2",
		})
		Same(t, "the line ends", strings.Count(file.Raw, "\r\n") > len(said), true)
		Same(t, "its name", strings.HasPrefix(file.Header.Get("Content-Disposition"), `attachment; filename="chat-`), true)
		Same(t, "the backchannel", cells(t, c.Host.Export(c.Session, "BACKCHANNEL", "CSV"), "author", "role", "text"), []string{"speaker Guest|SPEAKER|between us"})
		Same(t, "the hands", cells(t, c.Host.Export(c.Session, "HANDS", "CSV"), "position", "name", "asks_for", "note"), []string{"1|viewer Guest|SPEAKER|'=cmd"})
		var lines []string
		for line := range strings.Lines(c.Host.Export(c.Session, "CHAT", "NDJSON").Raw) {
			var row struct {
				Text  string
				State string
				Host  bool
			}
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			lines = append(lines, fmt.Sprint(row.State, " ", row.Text, " ", row.Host))
		}
		Same(t, "the lines", []string{lines[0], lines[6]}, []string{"SHOWN =1+1 false", "DELETED  false"})
		Same(t, "the events", c.Kinds(before), []string{"Exported", "Exported", "Exported", "Exported"})

		c.Command("endSession")
		Same(t, "after the end", len(cells(t, c.Host.Export(c.Session, "CHAT", "CSV"), "text")), len(said))
	})
}

func TestT10_TheAttendanceSaysWhoWasThereFromWhenToWhen(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		in, viewer := Object{"roomId": c.ID}, c.people["viewer"]
		h.Advance(10 * time.Minute)
		viewer.Must("leaveRoom", in, "")
		h.Advance(5 * time.Minute)
		viewer.Must("enterRoom", in, "")
		h.Advance(2 * time.Minute)
		stays := func(name string) (all []string) {
			for _, row := range cells(t, c.Host.Export(c.Session, "ATTENDANCE", "CSV"), "name", "role", "seconds") {
				if strings.HasPrefix(row, name) {
					all = append(all, row)
				}
			}
			return all
		}
		Same(t, "while the viewer is there", stays("viewer"), []string{"viewer Guest|VIEWER|600", "viewer Guest|VIEWER|"})
		c.Command("endSession")
		h.Advance(time.Minute)
		c.Command("startSession")
		viewer.Must("enterRoom", in, "")
		h.Advance(30 * time.Second)
		Same(t, "the viewer, after the session was opened again", stays("viewer"), []string{
			"viewer Guest|VIEWER|600", "viewer Guest|VIEWER|120", "viewer Guest|VIEWER|",
		})
		Same(t, "the speaker, who never left", stays("speaker"), []string{"speaker Guest|SPEAKER|1020"})
	})
}

func TestT10_OnlyManagersExport(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		before := c.Revision()
		refused := func(who *Client, session, what, format string, status int, code string) {
			t.Helper()
			answer := c.H.At(who).Export(session, what, format)
			var got struct{ Code string }
			_ = json.Unmarshal([]byte(answer.Raw), &got)
			Same(t, "the answer", fmt.Sprint(answer.Status, " ", got.Code), fmt.Sprint(status, " ", code))
		}
		refused(h.Browser(), c.Session, "CHAT", "CSV", 401, "UNAUTHENTICATED")
		refused(c.people["moderator"], c.Session, "CHAT", "CSV", 401, "UNAUTHENTICATED") // a guest
		refused(h.User("grace@example.com"), c.Session, "CHAT", "CSV", 404, "NOT_FOUND")
		refused(c.Host, "s_00000000000000000000000000", "CHAT", "CSV", 404, "NOT_FOUND")
		refused(c.Host, c.Session, "SECRETS", "CSV", 400, "BAD_USER_INPUT")
		refused(c.Host, c.Session, "CHAT", "PDF", 400, "BAD_USER_INPUT")
		Same(t, "the events", len(c.Kinds(before)), 0)
		for range 10 {
			c.Host.Export(c.Session, "CHAT", "CSV")
		}
		over := c.Host.Export(c.Session, "CHAT", "CSV")
		Same(t, "the 11th in a minute", fmt.Sprint(over.Status, " ", over.Header.Get("Retry-After")), "429 7")
		Same(t, "the events", len(c.Kinds(before)), 10)
	})
}

func TestT10_AnExportTellsNobodyWhoAskedWithoutAName(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		for i, text := range []string{"zebra", "named", "apple"} {
			c.people["viewer"].Must("askQuestion", Object{
				"roomId": c.ID, "text": text, "anonymous": text != "named", "key": fmt.Sprintf("a-key-of-this-question-%04d", i),
			}, "")
			h.Advance(time.Minute)
		}
		file := c.Host.Export(c.Session, "QUESTIONS", "CSV")
		Same(t, "the questions", cells(t, file, "author", "anonymous", "state", "text"), []string{
			"viewer Guest|false|OPEN|named", "|true|OPEN|apple", "|true|OPEN|zebra",
		})
		times := cells(t, file, "at")
		Same(t, "the times", []bool{times[0] != "", times[1] == "", times[2] == ""}, []bool{true, true, true})
		Same(t, "the names", strings.Count(file.Raw, "viewer"), 1)
	})
}

func TestT10_AnExportOfPollsHasTheirResultsAndTellsNobodyWhoAnsweredWithoutAName(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		export := func(what string, columns ...string) []string {
			t.Helper()
			return cells(t, v.Host.Export(v.Session, what, "CSV"), columns...)
		}
		stop := func(of Object) { v.call("moderator", "stopInteraction", named(of)) }
		days := v.start(poll(Object{"title": "=Which day?"}))
		v.call("viewer", "answerInteraction", choosing(days, 0))
		v.call("speaker", "answerInteraction", choosing(days, 0))
		stop(days)
		Same(t, "the results of two answers", export("INTERACTIONS", "title", "anonymous", "answers", "option", "chosen"), []string{
			"'=Which day?|true|2|Monday|", "'=Which day?|true|2|Friday|",
		})
		Same(t, "two answers without a name", len(export("ANSWERS", "choices")), 0)

		texts := v.start(poll(Object{"kind": "TEXT", "options": nil, "title": "Why?"}))
		for _, who := range rolesOfVoters {
			v.call(who, "answerInteraction", writes(texts, "text of somebody "+map[string]string{"viewer": "1", "speaker": "2", "moderator": "3"}[who]))
		}
		Same(t, "three answers before the stop", len(export("ANSWERS", "texts")), 0)
		for _, a := range v.reads("moderator", texts).List("allAnswers.nodes") {
			if stringsOf(a, "texts")[0] == "text of somebody 2" {
				v.call("moderator", "hideAnswer", Object{"answerId": a.Text("id")})
			}
		}
		stop(texts)
		answers := export("ANSWERS", "title", "anonymous", "author", "role", "texts", "hidden")
		slices.Sort(answers)
		Same(t, "three answers without a name", answers, []string{
			"Why?|true|||text of somebody 1|false", "Why?|true|||text of somebody 2|true", "Why?|true|||text of somebody 3|false",
		})
		file := v.Host.Export(v.Session, "ANSWERS", "NDJSON").Raw
		for _, who := range rolesOfVoters {
			if strings.Contains(file, who) || strings.Contains(file, v.places[who]) {
				t.Errorf("the export tells of the %s: %s", who, file)
			}
		}

		quiz := v.start(poll(Object{"kind": "QUIZ", "title": "2 + 2?", "named": true, "options": []Object{{"text": "4", "correct": true}, {"text": "5"}}}))
		v.call("viewer", "answerInteraction", choosing(quiz, 1))
		stop(quiz)
		words := v.start(poll(Object{"kind": "WORDS", "options": nil, "title": "A word?", "named": true}))
		v.call("viewer", "answerInteraction", writes(words, "Tea", "milk"))
		v.call("speaker", "answerInteraction", writes(words, "tea"))
		hidden := v.reads("moderator", words).List("words")[1].Text("id")
		v.call("moderator", "hideAnswer", Object{"answerId": hidden})
		stop(words)
		v.draft(poll(Object{"title": "Later?", "kind": "TEXT", "options": nil}))
		Same(t, "all results", export("INTERACTIONS", "kind", "title", "state", "answers", "turnout", "option", "correct", "chosen", "hidden"), []string{
			"CHOICE|'=Which day?|STOPPED|2|3|Monday|||", "CHOICE|'=Which day?|STOPPED|2|3|Friday|||",
			"TEXT|Why?|STOPPED|3|3||||",
			"QUIZ|2 + 2?|STOPPED|1|3|4|true|0|", "QUIZ|2 + 2?|STOPPED|1|3|5|false|1|",
			"WORDS|A word?|STOPPED|2|3|Tea||2|false", "WORDS|A word?|STOPPED|2|3|milk||1|true",
			"TEXT|Later?|DRAFT|0|||||",
		})
		answers = export("ANSWERS", "title", "anonymous", "author", "role", "choices", "texts")
		slices.Sort(answers)
		Same(t, "answers with names", answers[:3], []string{
			"2 + 2?|false|viewer Guest|VIEWER|5|", "A word?|false|speaker Guest|SPEAKER||tea", "A word?|false|viewer Guest|VIEWER||Tea; milk",
		})
	})
}

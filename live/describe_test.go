package live_test

import (
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
)

func TestEachMigrationIsDescribed(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		does := map[string]string{}
		for _, m := range mustFindPending(t, databaseURL) {
			number, name, _ := strings.Cut(m.Name, "_")
			if len(number) != len("20261123172438") || m.Does == "" || strings.Contains(m.Does, "?") || m.Breaks {
				t.Errorf("%s: %s; breaks: %t", m.Name, m.Does, m.Breaks)
			}
			does[name] = m.Does
		}
		want := map[string]string{
			"link_key":          "creates link_key",
			"fill_folded_names": "fills columns of invitations, participants, rooms",
			"needed_migrations": "creates needed_migrations; indexes needed_migrations",
			"session_sequence":  "adds columns to sessions",
			"credential_epoch":  "adds columns to users; indexes users; changes rows of participants",
			"mailbox_codes":     "creates codes; adds columns to invitations, mails, site_policy; indexes codes, mails; removes indexes",
		}
		if _, ok := live.SQLiteFile(databaseURL); ok {
			want["session_sequence"] = "rebuilds sessions"
			want["mailbox_codes"] = "rebuilds invitations, mails, site_policy; creates codes; indexes codes"
		}
		for name, text := range want {
			if does[name] != text {
				t.Errorf("%s: %s, want %s", name, does[name], text)
			}
		}
	})
}

func TestStatementsOfMigrationsAreDescribed(t *testing.T) {
	for _, c := range []struct{ migration, want string }{
		{"ALTER TABLE \"rooms\" DROP COLUMN \"title\";\nDROP TABLE \"words\";\nDROP TABLE \"choices\";", "removes columns of rooms; removes choices, words"},
		{"-- DROP TABLE \"rooms\";\nDELETE FROM `words` WHERE `id` = ';';\nUPDATE `rooms` SET `a` = 1;", "changes rows of rooms; deletes rows of words"},
		{"INSERT INTO \"needed_migrations\" (\"version\") VALUES (1);", "fills needed_migrations"},
		{"ALTER TABLE \"rooms\" ALTER COLUMN \"a\" TYPE text;\nALTER TABLE \"a\" RENAME TO \"b\";", "changes columns of rooms; renames a"},
		{"ALTER TABLE \"rooms\" ADD CONSTRAINT \"k\" FOREIGN KEY (a);", "adds foreign keys to rooms"},
		{"CREATE TABLE `new_rooms` (`id` text);\nINSERT INTO `new_rooms` (`id`) SELECT `id` FROM `rooms`;\nDROP TABLE `rooms`;\n" +
			"ALTER TABLE `new_rooms` RENAME TO `rooms`;\nCREATE UNIQUE INDEX `x` ON `rooms` (`id`);", "rebuilds rooms"},
		{"GRANT ALL;\n-- +goose Down\nDROP TABLE `rooms`;", "?"},
	} {
		if got := live.DescribeText("-- +goose Up\n" + c.migration); got != c.want {
			t.Errorf("%q: %q, want %q", c.migration, got, c.want)
		}
	}
}

-- +goose Up
-- create "mails" table
CREATE TABLE `mails` (`id` text NOT NULL, `kind` text NOT NULL, `room_id` text NOT NULL DEFAULT (''), `asked_by` text NOT NULL DEFAULT (''), `language` text NOT NULL, `edition` integer NOT NULL DEFAULT (1), `at` datetime NOT NULL, `due_at` datetime NOT NULL, `state` text NOT NULL DEFAULT ('WAITING'), `fault` text NOT NULL DEFAULT (''), `reply` text NOT NULL DEFAULT (''), `attempts` integer NOT NULL DEFAULT (0), `claim` text NOT NULL DEFAULT (''), `claimed_until` datetime NULL, `sent_at` datetime NULL, `starts_at` datetime NULL, `ends_at` datetime NULL, `untold` bool NOT NULL DEFAULT (true), `invitation_id` text NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `mails_invitations_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE CASCADE, CONSTRAINT `mails_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE);
-- create index "mail_invitation_id_kind" to table: "mails"
CREATE UNIQUE INDEX `mail_invitation_id_kind` ON `mails` (`invitation_id`, `kind`) WHERE state = 'WAITING';
-- create index "mail_room_id_due_at_id" to table: "mails"
CREATE INDEX `mail_room_id_due_at_id` ON `mails` (`room_id`, `due_at`, `id`) WHERE state = 'WAITING';
-- create index "mail_room_id_id" to table: "mails"
CREATE INDEX `mail_room_id_id` ON `mails` (`room_id`, `id`) WHERE untold;
-- create index "mail_invitation_id_at" to table: "mails"
CREATE INDEX `mail_invitation_id_at` ON `mails` (`invitation_id`, `at`);
-- create index "mail_asked_by_at" to table: "mails"
CREATE INDEX `mail_asked_by_at` ON `mails` (`asked_by`, `at`);
-- create index "mail_sent_at" to table: "mails"
CREATE INDEX `mail_sent_at` ON `mails` (`sent_at`);
-- create "mail_stops" table
CREATE TABLE `mail_stops` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `mark` blob NOT NULL, `at` datetime NOT NULL);
-- create index "mailstop_mark" to table: "mail_stops"
CREATE UNIQUE INDEX `mailstop_mark` ON `mail_stops` (`mark`);

-- +goose Down
-- reverse: create index "mailstop_mark" to table: "mail_stops"
DROP INDEX `mailstop_mark`;
-- reverse: create "mail_stops" table
DROP TABLE `mail_stops`;
-- reverse: create index "mail_sent_at" to table: "mails"
DROP INDEX `mail_sent_at`;
-- reverse: create index "mail_asked_by_at" to table: "mails"
DROP INDEX `mail_asked_by_at`;
-- reverse: create index "mail_invitation_id_at" to table: "mails"
DROP INDEX `mail_invitation_id_at`;
-- reverse: create index "mail_room_id_id" to table: "mails"
DROP INDEX `mail_room_id_id`;
-- reverse: create index "mail_room_id_due_at_id" to table: "mails"
DROP INDEX `mail_room_id_due_at_id`;
-- reverse: create index "mail_invitation_id_kind" to table: "mails"
DROP INDEX `mail_invitation_id_kind`;
-- reverse: create "mails" table
DROP TABLE `mails`;

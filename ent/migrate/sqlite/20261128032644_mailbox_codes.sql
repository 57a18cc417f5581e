-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_mails" table
CREATE TABLE `new_mails` (`id` text NOT NULL, `kind` text NOT NULL, `room_id` text NOT NULL DEFAULT (''), `code_id` text NOT NULL DEFAULT (''), `asked_by` text NOT NULL DEFAULT (''), `language` text NOT NULL, `edition` integer NOT NULL DEFAULT (1), `at` datetime NOT NULL, `due_at` datetime NOT NULL, `state` text NOT NULL DEFAULT ('WAITING'), `fault` text NOT NULL DEFAULT (''), `reply` text NOT NULL DEFAULT (''), `attempts` integer NOT NULL DEFAULT (0), `claim` text NOT NULL DEFAULT (''), `claimed_until` datetime NULL, `sent_at` datetime NULL, `starts_at` datetime NULL, `ends_at` datetime NULL, `untold` bool NOT NULL DEFAULT (true), `invitation_id` text NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `mails_invitations_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE CASCADE, CONSTRAINT `mails_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE);
-- copy rows from old table "mails" to new temporary table "new_mails"
INSERT INTO `new_mails` (`id`, `kind`, `room_id`, `asked_by`, `language`, `edition`, `at`, `due_at`, `state`, `fault`, `reply`, `attempts`, `claim`, `claimed_until`, `sent_at`, `starts_at`, `ends_at`, `untold`, `invitation_id`, `user_id`) SELECT `id`, `kind`, `room_id`, `asked_by`, `language`, `edition`, `at`, `due_at`, `state`, `fault`, `reply`, `attempts`, `claim`, `claimed_until`, `sent_at`, `starts_at`, `ends_at`, `untold`, `invitation_id`, `user_id` FROM `mails`;
-- drop "mails" table after copying rows
DROP TABLE `mails`;
-- rename temporary table "new_mails" to "mails"
ALTER TABLE `new_mails` RENAME TO `mails`;
-- create index "mail_invitation_id_kind_code_id" to table: "mails"
CREATE UNIQUE INDEX `mail_invitation_id_kind_code_id` ON `mails` (`invitation_id`, `kind`, `code_id`) WHERE state = 'WAITING';
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
-- create "new_site_policy" table
CREATE TABLE `new_site_policy` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `invitations` bool NOT NULL DEFAULT (true), `require_sign_in` bool NOT NULL DEFAULT (false), `move_devices` bool NOT NULL DEFAULT (true), `blocked_domains` json NOT NULL, `allowed_domains` json NOT NULL, `proof` text NOT NULL DEFAULT ('NEVER'));
-- copy rows from old table "site_policy" to new temporary table "new_site_policy"
INSERT INTO `new_site_policy` (`id`, `invitations`, `require_sign_in`, `move_devices`, `blocked_domains`, `allowed_domains`) SELECT `id`, `invitations`, `require_sign_in`, `move_devices`, `blocked_domains`, `allowed_domains` FROM `site_policy`;
-- drop "site_policy" table after copying rows
DROP TABLE `site_policy`;
-- rename temporary table "new_site_policy" to "site_policy"
ALTER TABLE `new_site_policy` RENAME TO `site_policy`;
-- create "new_invitations" table
CREATE TABLE `new_invitations` (`id` text NOT NULL, `public_id` blob NOT NULL, `generation` integer NOT NULL DEFAULT (1), `email` text NOT NULL, `email_typed` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `name_folded` text NOT NULL DEFAULT (''), `email_folded` text NOT NULL DEFAULT (''), `role` text NOT NULL, `expires_at` datetime NULL, `created_at` datetime NOT NULL, `opened_at` datetime NULL, `redeemed_at` datetime NULL, `revoked_at` datetime NULL, `hand_overs` integer NOT NULL DEFAULT (0), `moves` integer NOT NULL DEFAULT (0), `wrong_emails` integer NOT NULL DEFAULT (0), `wrong_email_at` datetime NULL, `host_asked_at` datetime NULL, `host_message` text NOT NULL DEFAULT (''), `host_asked_for` text NOT NULL DEFAULT (''), `vouched_until` datetime NULL, `room_id` text NOT NULL, `session_id` text NOT NULL, `invited_by_id` text NOT NULL, `device_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `invitations_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_users_invited_by` FOREIGN KEY (`invited_by_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_devices_device` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE SET NULL);
-- copy rows from old table "invitations" to new temporary table "new_invitations"
INSERT INTO `new_invitations` (`id`, `public_id`, `generation`, `email`, `email_typed`, `first_name`, `last_name`, `name_folded`, `email_folded`, `role`, `expires_at`, `created_at`, `opened_at`, `redeemed_at`, `revoked_at`, `hand_overs`, `wrong_emails`, `wrong_email_at`, `host_asked_at`, `host_message`, `room_id`, `session_id`, `invited_by_id`, `device_id`) SELECT `id`, `public_id`, `generation`, `email`, `email_typed`, `first_name`, `last_name`, `name_folded`, `email_folded`, `role`, `expires_at`, `created_at`, `opened_at`, `redeemed_at`, `revoked_at`, `hand_overs`, `wrong_emails`, `wrong_email_at`, `host_asked_at`, `host_message`, `room_id`, `session_id`, `invited_by_id`, `device_id` FROM `invitations`;
-- drop "invitations" table after copying rows
DROP TABLE `invitations`;
-- rename temporary table "new_invitations" to "invitations"
ALTER TABLE `new_invitations` RENAME TO `invitations`;
-- create index "invitation_public_id" to table: "invitations"
CREATE UNIQUE INDEX `invitation_public_id` ON `invitations` (`public_id`);
-- create index "invitation_session_id_email" to table: "invitations"
CREATE UNIQUE INDEX `invitation_session_id_email` ON `invitations` (`session_id`, `email`);
-- create index "invitation_room_id_created_at_id" to table: "invitations"
CREATE INDEX `invitation_room_id_created_at_id` ON `invitations` (`room_id`, `created_at`, `id`);
-- create index "invitation_email" to table: "invitations"
CREATE INDEX `invitation_email` ON `invitations` (`email`);
-- create index "invitation_device_id" to table: "invitations"
CREATE INDEX `invitation_device_id` ON `invitations` (`device_id`);
-- create "codes" table
CREATE TABLE `codes` (`id` text NOT NULL, `key_id` integer NOT NULL, `generation` integer NOT NULL, `device_hash` blob NOT NULL, `purpose` text NOT NULL, `browser` text NOT NULL DEFAULT (''), `tries` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `used_at` datetime NULL, `invitation_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `codes_invitations_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE CASCADE);
-- create index "code_invitation_id_created_at" to table: "codes"
CREATE INDEX `code_invitation_id_created_at` ON `codes` (`invitation_id`, `created_at`);
-- create index "code_created_at" to table: "codes"
CREATE INDEX `code_created_at` ON `codes` (`created_at`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "code_created_at" to table: "codes"
DROP INDEX `code_created_at`;
-- reverse: create index "code_invitation_id_created_at" to table: "codes"
DROP INDEX `code_invitation_id_created_at`;
-- reverse: create "codes" table
DROP TABLE `codes`;
-- reverse: create index "invitation_device_id" to table: "invitations"
DROP INDEX `invitation_device_id`;
-- reverse: create index "invitation_email" to table: "invitations"
DROP INDEX `invitation_email`;
-- reverse: create index "invitation_room_id_created_at_id" to table: "invitations"
DROP INDEX `invitation_room_id_created_at_id`;
-- reverse: create index "invitation_session_id_email" to table: "invitations"
DROP INDEX `invitation_session_id_email`;
-- reverse: create index "invitation_public_id" to table: "invitations"
DROP INDEX `invitation_public_id`;
-- reverse: create "new_invitations" table
DROP TABLE `new_invitations`;
-- reverse: create "new_site_policy" table
DROP TABLE `new_site_policy`;
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
-- reverse: create index "mail_invitation_id_kind_code_id" to table: "mails"
DROP INDEX `mail_invitation_id_kind_code_id`;
-- reverse: create "new_mails" table
DROP TABLE `new_mails`;

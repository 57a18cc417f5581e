-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_site_policy" table
CREATE TABLE `new_site_policy` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `invitations` bool NOT NULL DEFAULT (true), `require_sign_in` bool NOT NULL DEFAULT (false), `move_devices` bool NOT NULL DEFAULT (true), `blocked_domains` json NOT NULL, `allowed_domains` json NOT NULL);
-- copy rows from old table "site_policy" to new temporary table "new_site_policy"
INSERT INTO `new_site_policy` (`id`, `invitations`, `require_sign_in`, `blocked_domains`, `allowed_domains`) SELECT `id`, `invitations`, `require_sign_in`, `blocked_domains`, `allowed_domains` FROM `site_policy`;
-- drop "site_policy" table after copying rows
DROP TABLE `site_policy`;
-- rename temporary table "new_site_policy" to "site_policy"
ALTER TABLE `new_site_policy` RENAME TO `site_policy`;
-- create "new_invitations" table
CREATE TABLE `new_invitations` (`id` text NOT NULL, `public_id` blob NOT NULL, `generation` integer NOT NULL DEFAULT (1), `email` text NOT NULL, `email_typed` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `name_folded` text NOT NULL DEFAULT (''), `email_folded` text NOT NULL DEFAULT (''), `role` text NOT NULL, `expires_at` datetime NULL, `created_at` datetime NOT NULL, `opened_at` datetime NULL, `redeemed_at` datetime NULL, `revoked_at` datetime NULL, `hand_overs` integer NOT NULL DEFAULT (0), `wrong_emails` integer NOT NULL DEFAULT (0), `wrong_email_at` datetime NULL, `host_asked_at` datetime NULL, `host_message` text NOT NULL DEFAULT (''), `room_id` text NOT NULL, `session_id` text NOT NULL, `invited_by_id` text NOT NULL, `device_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `invitations_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_users_invited_by` FOREIGN KEY (`invited_by_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_devices_device` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE SET NULL);
-- copy rows from old table "invitations" to new temporary table "new_invitations"
INSERT INTO `new_invitations` (`id`, `public_id`, `generation`, `email`, `email_typed`, `first_name`, `last_name`, `name_folded`, `email_folded`, `role`, `expires_at`, `created_at`, `opened_at`, `redeemed_at`, `revoked_at`, `wrong_emails`, `wrong_email_at`, `host_asked_at`, `host_message`, `room_id`, `session_id`, `invited_by_id`, `device_id`) SELECT `id`, `public_id`, `generation`, `email`, `email_typed`, `first_name`, `last_name`, `name_folded`, `email_folded`, `role`, `expires_at`, `created_at`, `opened_at`, `redeemed_at`, `revoked_at`, `wrong_emails`, `wrong_email_at`, `host_asked_at`, `host_message`, `room_id`, `session_id`, `invited_by_id`, `device_id` FROM `invitations`;
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
-- create "hand_overs" table
CREATE TABLE `hand_overs` (`id` text NOT NULL, `room_id` text NOT NULL, `key_number` integer NOT NULL, `device_hash` blob NOT NULL, `state` text NOT NULL DEFAULT ('OFFERED'), `tries` integer NOT NULL DEFAULT (0), `asked_hash` blob NULL, `asked_browser` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `invitation_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `hand_overs_invitations_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE CASCADE);
-- create index "handover_invitation_id_created_at" to table: "hand_overs"
CREATE INDEX `handover_invitation_id_created_at` ON `hand_overs` (`invitation_id`, `created_at`);
-- create index "handover_device_hash" to table: "hand_overs"
CREATE INDEX `handover_device_hash` ON `hand_overs` (`device_hash`);
-- create index "handover_created_at" to table: "hand_overs"
CREATE INDEX `handover_created_at` ON `hand_overs` (`created_at`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "handover_created_at" to table: "hand_overs"
DROP INDEX `handover_created_at`;
-- reverse: create index "handover_device_hash" to table: "hand_overs"
DROP INDEX `handover_device_hash`;
-- reverse: create index "handover_invitation_id_created_at" to table: "hand_overs"
DROP INDEX `handover_invitation_id_created_at`;
-- reverse: create "hand_overs" table
DROP TABLE `hand_overs`;
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

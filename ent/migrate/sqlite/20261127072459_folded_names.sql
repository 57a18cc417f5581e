-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_invitations" table
CREATE TABLE `new_invitations` (`id` text NOT NULL, `public_id` blob NOT NULL, `generation` integer NOT NULL DEFAULT (1), `email` text NOT NULL, `email_typed` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `name_folded` text NOT NULL DEFAULT (''), `email_folded` text NOT NULL DEFAULT (''), `role` text NOT NULL, `expires_at` datetime NULL, `created_at` datetime NOT NULL, `opened_at` datetime NULL, `redeemed_at` datetime NULL, `revoked_at` datetime NULL, `wrong_emails` integer NOT NULL DEFAULT (0), `wrong_email_at` datetime NULL, `host_asked_at` datetime NULL, `host_message` text NOT NULL DEFAULT (''), `room_id` text NOT NULL, `session_id` text NOT NULL, `invited_by_id` text NOT NULL, `device_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `invitations_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_users_invited_by` FOREIGN KEY (`invited_by_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_devices_device` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE SET NULL);
-- copy rows from old table "invitations" to new temporary table "new_invitations"
INSERT INTO `new_invitations` (`id`, `public_id`, `generation`, `email`, `email_typed`, `first_name`, `last_name`, `role`, `expires_at`, `created_at`, `opened_at`, `redeemed_at`, `revoked_at`, `wrong_emails`, `wrong_email_at`, `host_asked_at`, `host_message`, `room_id`, `session_id`, `invited_by_id`, `device_id`) SELECT `id`, `public_id`, `generation`, `email`, `email_typed`, `first_name`, `last_name`, `role`, `expires_at`, `created_at`, `opened_at`, `redeemed_at`, `revoked_at`, `wrong_emails`, `wrong_email_at`, `host_asked_at`, `host_message`, `room_id`, `session_id`, `invited_by_id`, `device_id` FROM `invitations`;
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
-- create "new_participants" table
CREATE TABLE `new_participants` (`id` text NOT NULL, `email` text NOT NULL, `display_name` text NOT NULL, `name_folded` text NOT NULL DEFAULT (''), `email_folded` text NOT NULL DEFAULT (''), `state` text NOT NULL, `role` text NOT NULL, `role_revision` integer NOT NULL DEFAULT (1), `role_delivered` integer NOT NULL DEFAULT (0), `admitted` bool NOT NULL DEFAULT (false), `removed` bool NOT NULL DEFAULT (false), `denials` integer NOT NULL DEFAULT (0), `waiting_since` datetime NULL, `created_at` datetime NOT NULL, `invitation_id` text NULL, `room_id` text NOT NULL, `session_id` text NOT NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `participants_invitations_participant` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE SET NULL, CONSTRAINT `participants_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE SET NULL);
-- copy rows from old table "participants" to new temporary table "new_participants"
INSERT INTO `new_participants` (`id`, `email`, `display_name`, `state`, `role`, `role_revision`, `role_delivered`, `admitted`, `removed`, `denials`, `waiting_since`, `created_at`, `invitation_id`, `room_id`, `session_id`, `user_id`) SELECT `id`, `email`, `display_name`, `state`, `role`, `role_revision`, `role_delivered`, `admitted`, `removed`, `denials`, `waiting_since`, `created_at`, `invitation_id`, `room_id`, `session_id`, `user_id` FROM `participants`;
-- drop "participants" table after copying rows
DROP TABLE `participants`;
-- rename temporary table "new_participants" to "participants"
ALTER TABLE `new_participants` RENAME TO `participants`;
-- create index "participants_invitation_id_key" to table: "participants"
CREATE UNIQUE INDEX `participants_invitation_id_key` ON `participants` (`invitation_id`);
-- create index "participant_session_id_user_id" to table: "participants"
CREATE UNIQUE INDEX `participant_session_id_user_id` ON `participants` (`session_id`, `user_id`);
-- create index "participant_session_id_email" to table: "participants"
CREATE INDEX `participant_session_id_email` ON `participants` (`session_id`, `email`);
-- create index "participant_session_id_state_waiting_since" to table: "participants"
CREATE INDEX `participant_session_id_state_waiting_since` ON `participants` (`session_id`, `state`, `waiting_since`);
-- create index "participant_user_id" to table: "participants"
CREATE INDEX `participant_user_id` ON `participants` (`user_id`);
-- create index "participant_room_id" to table: "participants"
CREATE INDEX `participant_room_id` ON `participants` (`room_id`);
-- create "new_rooms" table
CREATE TABLE `new_rooms` (`id` text NOT NULL, `title` text NOT NULL, `description` text NOT NULL DEFAULT (''), `folded` text NOT NULL DEFAULT (''), `time_zone` text NOT NULL DEFAULT ('UTC'), `chat_and_collaboration` bool NOT NULL DEFAULT (true), `access` text NOT NULL DEFAULT ('INVITED'), `admission` text NOT NULL DEFAULT ('AUTOMATIC'), `revision` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `deleted_at` datetime NULL, `current_session_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `rooms_sessions_current_session` FOREIGN KEY (`current_session_id`) REFERENCES `sessions` (`id`) ON DELETE SET NULL);
-- copy rows from old table "rooms" to new temporary table "new_rooms"
INSERT INTO `new_rooms` (`id`, `title`, `description`, `time_zone`, `chat_and_collaboration`, `access`, `admission`, `revision`, `created_at`, `deleted_at`, `current_session_id`) SELECT `id`, `title`, `description`, `time_zone`, `chat_and_collaboration`, `access`, `admission`, `revision`, `created_at`, `deleted_at`, `current_session_id` FROM `rooms`;
-- drop "rooms" table after copying rows
DROP TABLE `rooms`;
-- rename temporary table "new_rooms" to "rooms"
ALTER TABLE `new_rooms` RENAME TO `rooms`;
-- create index "room_deleted_at" to table: "rooms"
CREATE INDEX `room_deleted_at` ON `rooms` (`deleted_at`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "room_deleted_at" to table: "rooms"
DROP INDEX `room_deleted_at`;
-- reverse: create "new_rooms" table
DROP TABLE `new_rooms`;
-- reverse: create index "participant_room_id" to table: "participants"
DROP INDEX `participant_room_id`;
-- reverse: create index "participant_user_id" to table: "participants"
DROP INDEX `participant_user_id`;
-- reverse: create index "participant_session_id_state_waiting_since" to table: "participants"
DROP INDEX `participant_session_id_state_waiting_since`;
-- reverse: create index "participant_session_id_email" to table: "participants"
DROP INDEX `participant_session_id_email`;
-- reverse: create index "participant_session_id_user_id" to table: "participants"
DROP INDEX `participant_session_id_user_id`;
-- reverse: create index "participants_invitation_id_key" to table: "participants"
DROP INDEX `participants_invitation_id_key`;
-- reverse: create "new_participants" table
DROP TABLE `new_participants`;
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

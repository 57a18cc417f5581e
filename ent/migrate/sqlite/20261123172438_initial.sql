-- +goose Up
-- create "devices" table
CREATE TABLE `devices` (`id` text NOT NULL, `secret_hash` blob NOT NULL, `browser` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "device_secret_hash" to table: "devices"
CREATE UNIQUE INDEX `device_secret_hash` ON `devices` (`secret_hash`);
-- create "events" table
CREATE TABLE `events` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `revision` integer NOT NULL, `kind` text NOT NULL, `at` datetime NOT NULL, `actor` text NOT NULL DEFAULT (''), `actor_user_id` text NOT NULL DEFAULT (''), `session_id` text NOT NULL DEFAULT (''), `invitation_id` text NOT NULL DEFAULT (''), `participant_id` text NOT NULL DEFAULT (''), `user_id` text NOT NULL DEFAULT (''), `detail` json NOT NULL, `room_id` text NOT NULL, CONSTRAINT `events_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- create index "event_room_id_revision" to table: "events"
CREATE UNIQUE INDEX `event_room_id_revision` ON `events` (`room_id`, `revision`);
-- create index "event_invitation_id_revision" to table: "events"
CREATE INDEX `event_invitation_id_revision` ON `events` (`invitation_id`, `revision`) WHERE invitation_id <> '';
-- create index "event_session_id" to table: "events"
CREATE INDEX `event_session_id` ON `events` (`session_id`) WHERE session_id <> '';
-- create index "event_at" to table: "events"
CREATE INDEX `event_at` ON `events` (`at`);
-- create "guest_tokens" table
CREATE TABLE `guest_tokens` (`id` text NOT NULL, `secret_hash` blob NOT NULL, `created_at` datetime NOT NULL, `invitation_id` text NOT NULL, `device_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `guest_tokens_invitations_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE CASCADE, CONSTRAINT `guest_tokens_devices_device` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE CASCADE);
-- create index "guesttoken_secret_hash" to table: "guest_tokens"
CREATE UNIQUE INDEX `guesttoken_secret_hash` ON `guest_tokens` (`secret_hash`);
-- create index "guesttoken_invitation_id" to table: "guest_tokens"
CREATE INDEX `guesttoken_invitation_id` ON `guest_tokens` (`invitation_id`);
-- create index "guesttoken_device_id" to table: "guest_tokens"
CREATE INDEX `guesttoken_device_id` ON `guest_tokens` (`device_id`);
-- create "invitations" table
CREATE TABLE `invitations` (`id` text NOT NULL, `public_id` blob NOT NULL, `generation` integer NOT NULL DEFAULT (1), `email` text NOT NULL, `email_typed` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `role` text NOT NULL, `expires_at` datetime NULL, `created_at` datetime NOT NULL, `opened_at` datetime NULL, `redeemed_at` datetime NULL, `revoked_at` datetime NULL, `wrong_emails` integer NOT NULL DEFAULT (0), `wrong_email_at` datetime NULL, `host_asked_at` datetime NULL, `host_message` text NOT NULL DEFAULT (''), `room_id` text NOT NULL, `session_id` text NOT NULL, `invited_by_id` text NOT NULL, `device_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `invitations_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `invitations_users_invited_by` FOREIGN KEY (`invited_by_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_devices_device` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE SET NULL);
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
-- create "managers" table
CREATE TABLE `managers` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `role` text NOT NULL, `created_at` datetime NOT NULL, `room_id` text NOT NULL, `user_id` text NOT NULL, CONSTRAINT `managers_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `managers_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "manager_room_id_user_id" to table: "managers"
CREATE UNIQUE INDEX `manager_room_id_user_id` ON `managers` (`room_id`, `user_id`);
-- create index "manager_user_id" to table: "managers"
CREATE INDEX `manager_user_id` ON `managers` (`user_id`);
-- create "participants" table
CREATE TABLE `participants` (`id` text NOT NULL, `email` text NOT NULL, `display_name` text NOT NULL, `state` text NOT NULL, `role` text NOT NULL, `role_revision` integer NOT NULL DEFAULT (1), `role_delivered` integer NOT NULL DEFAULT (0), `admitted` bool NOT NULL DEFAULT (false), `removed` bool NOT NULL DEFAULT (false), `denials` integer NOT NULL DEFAULT (0), `waiting_since` datetime NULL, `created_at` datetime NOT NULL, `invitation_id` text NULL, `room_id` text NOT NULL, `session_id` text NOT NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `participants_invitations_participant` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE SET NULL, CONSTRAINT `participants_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE SET NULL);
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
-- create "rooms" table
CREATE TABLE `rooms` (`id` text NOT NULL, `title` text NOT NULL, `description` text NOT NULL DEFAULT (''), `time_zone` text NOT NULL DEFAULT ('UTC'), `chat_and_collaboration` bool NOT NULL DEFAULT (true), `access` text NOT NULL DEFAULT ('INVITED'), `admission` text NOT NULL DEFAULT ('AUTOMATIC'), `revision` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `deleted_at` datetime NULL, `current_session_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `rooms_sessions_current_session` FOREIGN KEY (`current_session_id`) REFERENCES `sessions` (`id`) ON DELETE SET NULL);
-- create index "room_deleted_at" to table: "rooms"
CREATE INDEX `room_deleted_at` ON `rooms` (`deleted_at`);
-- create "search_words" table
CREATE TABLE `search_words` (`key` text NOT NULL, PRIMARY KEY (`key`)) WITHOUT ROWID;
-- create "sessions" table
CREATE TABLE `sessions` (`id` text NOT NULL, `state` text NOT NULL DEFAULT ('SCHEDULED'), `starts_at` datetime NOT NULL, `ends_at` datetime NULL, `opened_at` datetime NULL, `ended_at` datetime NULL, `created_at` datetime NOT NULL, `room_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sessions_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- create index "session_room_id_created_at" to table: "sessions"
CREATE INDEX `session_room_id_created_at` ON `sessions` (`room_id`, `created_at`);
-- create index "session_room_id_current" to table: "sessions"
CREATE UNIQUE INDEX `session_room_id_current` ON `sessions` (`room_id`) WHERE state = 'SCHEDULED' OR state = 'OPEN';
-- create index "session_state_starts_at" to table: "sessions"
CREATE INDEX `session_state_starts_at` ON `sessions` (`state`, `starts_at`);
-- create "sign_ins" table
CREATE TABLE `sign_ins` (`id` text NOT NULL, `secret_hash` blob NOT NULL, `created_at` datetime NOT NULL, `used_at` datetime NOT NULL, `idle_seconds` integer NOT NULL DEFAULT (0), `expires_at` datetime NOT NULL, `user_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sign_ins_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "signin_secret_hash" to table: "sign_ins"
CREATE UNIQUE INDEX `signin_secret_hash` ON `sign_ins` (`secret_hash`);
-- create index "signin_user_id" to table: "sign_ins"
CREATE INDEX `signin_user_id` ON `sign_ins` (`user_id`);
-- create index "signin_expires_at" to table: "sign_ins"
CREATE INDEX `signin_expires_at` ON `sign_ins` (`expires_at`);
-- create "site_policy" table
CREATE TABLE `site_policy` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `invitations` bool NOT NULL DEFAULT (true), `require_sign_in` bool NOT NULL DEFAULT (false), `blocked_domains` json NOT NULL, `allowed_domains` json NOT NULL);
-- create "users" table
CREATE TABLE `users` (`id` text NOT NULL, `email` text NOT NULL, `email_typed` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `site_role` text NOT NULL DEFAULT ('MEMBER'), `password_hash` text NULL, `disabled_at` datetime NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "user_email" to table: "users"
CREATE UNIQUE INDEX `user_email` ON `users` (`email`);

-- +goose Down
-- reverse: create index "user_email" to table: "users"
DROP INDEX `user_email`;
-- reverse: create "users" table
DROP TABLE `users`;
-- reverse: create "site_policy" table
DROP TABLE `site_policy`;
-- reverse: create index "signin_expires_at" to table: "sign_ins"
DROP INDEX `signin_expires_at`;
-- reverse: create index "signin_user_id" to table: "sign_ins"
DROP INDEX `signin_user_id`;
-- reverse: create index "signin_secret_hash" to table: "sign_ins"
DROP INDEX `signin_secret_hash`;
-- reverse: create "sign_ins" table
DROP TABLE `sign_ins`;
-- reverse: create index "session_state_starts_at" to table: "sessions"
DROP INDEX `session_state_starts_at`;
-- reverse: create index "session_room_id_current" to table: "sessions"
DROP INDEX `session_room_id_current`;
-- reverse: create index "session_room_id_created_at" to table: "sessions"
DROP INDEX `session_room_id_created_at`;
-- reverse: create "sessions" table
DROP TABLE `sessions`;
-- reverse: create "search_words" table
DROP TABLE `search_words`;
-- reverse: create index "room_deleted_at" to table: "rooms"
DROP INDEX `room_deleted_at`;
-- reverse: create "rooms" table
DROP TABLE `rooms`;
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
-- reverse: create "participants" table
DROP TABLE `participants`;
-- reverse: create index "manager_user_id" to table: "managers"
DROP INDEX `manager_user_id`;
-- reverse: create index "manager_room_id_user_id" to table: "managers"
DROP INDEX `manager_room_id_user_id`;
-- reverse: create "managers" table
DROP TABLE `managers`;
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
-- reverse: create "invitations" table
DROP TABLE `invitations`;
-- reverse: create index "guesttoken_device_id" to table: "guest_tokens"
DROP INDEX `guesttoken_device_id`;
-- reverse: create index "guesttoken_invitation_id" to table: "guest_tokens"
DROP INDEX `guesttoken_invitation_id`;
-- reverse: create index "guesttoken_secret_hash" to table: "guest_tokens"
DROP INDEX `guesttoken_secret_hash`;
-- reverse: create "guest_tokens" table
DROP TABLE `guest_tokens`;
-- reverse: create index "event_at" to table: "events"
DROP INDEX `event_at`;
-- reverse: create index "event_session_id" to table: "events"
DROP INDEX `event_session_id`;
-- reverse: create index "event_invitation_id_revision" to table: "events"
DROP INDEX `event_invitation_id_revision`;
-- reverse: create index "event_room_id_revision" to table: "events"
DROP INDEX `event_room_id_revision`;
-- reverse: create "events" table
DROP TABLE `events`;
-- reverse: create index "device_secret_hash" to table: "devices"
DROP INDEX `device_secret_hash`;
-- reverse: create "devices" table
DROP TABLE `devices`;

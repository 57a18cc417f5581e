-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_events" table
CREATE TABLE `new_events` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `revision` integer NOT NULL, `kind` text NOT NULL, `topic` text NOT NULL DEFAULT (''), `audience` integer NOT NULL DEFAULT (3), `at` datetime NOT NULL, `actor` text NOT NULL DEFAULT (''), `actor_user_id` text NOT NULL DEFAULT (''), `session_id` text NOT NULL DEFAULT (''), `invitation_id` text NOT NULL DEFAULT (''), `participant_id` text NOT NULL DEFAULT (''), `user_id` text NOT NULL DEFAULT (''), `detail` json NOT NULL, `room_id` text NOT NULL, CONSTRAINT `events_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- copy rows from old table "events" to new temporary table "new_events"
INSERT INTO `new_events` (`id`, `revision`, `kind`, `audience`, `at`, `actor`, `actor_user_id`, `session_id`, `invitation_id`, `participant_id`, `user_id`, `detail`, `room_id`) SELECT `id`, `revision`, `kind`, `audience`, `at`, `actor`, `actor_user_id`, `session_id`, `invitation_id`, `participant_id`, `user_id`, `detail`, `room_id` FROM `events`;
-- drop "events" table after copying rows
DROP TABLE `events`;
-- rename temporary table "new_events" to "events"
ALTER TABLE `new_events` RENAME TO `events`;
-- create index "event_room_id_revision" to table: "events"
CREATE UNIQUE INDEX `event_room_id_revision` ON `events` (`room_id`, `revision`);
-- create index "event_invitation_id_revision" to table: "events"
CREATE INDEX `event_invitation_id_revision` ON `events` (`invitation_id`, `revision`) WHERE invitation_id <> '';
-- create index "event_participant_id_revision" to table: "events"
CREATE INDEX `event_participant_id_revision` ON `events` (`participant_id`, `revision`) WHERE participant_id <> '';
-- create index "event_user_id_room_id_revision" to table: "events"
CREATE INDEX `event_user_id_room_id_revision` ON `events` (`user_id`, `room_id`, `revision`) WHERE user_id <> '';
-- create index "event_room_id_topic_audience_revision" to table: "events"
CREATE INDEX `event_room_id_topic_audience_revision` ON `events` (`room_id`, `topic`, `audience`, `revision`);
-- create "new_participants" table
CREATE TABLE `new_participants` (`id` text NOT NULL, `email` text NOT NULL, `display_name` text NOT NULL, `name_folded` text NOT NULL DEFAULT (''), `email_folded` text NOT NULL DEFAULT (''), `state` text NOT NULL, `role` text NOT NULL, `role_revision` integer NOT NULL DEFAULT (1), `role_delivered` integer NOT NULL DEFAULT (0), `backchannel_from` integer NOT NULL DEFAULT (0), `muted` bool NOT NULL DEFAULT (false), `muted_until` datetime NULL, `admitted` bool NOT NULL DEFAULT (false), `removed` bool NOT NULL DEFAULT (false), `denials` integer NOT NULL DEFAULT (0), `waiting_since` datetime NULL, `created_at` datetime NOT NULL, `invitation_id` text NULL, `room_id` text NOT NULL, `session_id` text NOT NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `participants_invitations_participant` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE SET NULL, CONSTRAINT `participants_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE SET NULL);
-- copy rows from old table "participants" to new temporary table "new_participants"
INSERT INTO `new_participants` (`id`, `email`, `display_name`, `name_folded`, `email_folded`, `state`, `role`, `role_revision`, `role_delivered`, `admitted`, `removed`, `denials`, `waiting_since`, `created_at`, `invitation_id`, `room_id`, `session_id`, `user_id`) SELECT `id`, `email`, `display_name`, `name_folded`, `email_folded`, `state`, `role`, `role_revision`, `role_delivered`, `admitted`, `removed`, `denials`, `waiting_since`, `created_at`, `invitation_id`, `room_id`, `session_id`, `user_id` FROM `participants`;
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
-- create index "participant_session_id_role" to table: "participants"
CREATE INDEX `participant_session_id_role` ON `participants` (`session_id`, `role`);
-- create index "participant_user_id" to table: "participants"
CREATE INDEX `participant_user_id` ON `participants` (`user_id`);
-- create index "participant_room_id" to table: "participants"
CREATE INDEX `participant_room_id` ON `participants` (`room_id`);
-- create "messages" table
CREATE TABLE `messages` (`id` text NOT NULL, `room_id` text NOT NULL, `channel` text NOT NULL, `revision` integer NOT NULL, `nth` integer NOT NULL, `author_id` text NOT NULL DEFAULT (''), `author_user_id` text NOT NULL DEFAULT (''), `author_name` text NOT NULL, `author_role` text NOT NULL DEFAULT (''), `author_host` bool NOT NULL DEFAULT (false), `text` text NOT NULL, `reply_to_id` text NULL, `mentions` json NULL, `client_key` text NOT NULL, `at` datetime NOT NULL, `edited_at` datetime NULL, `deleted_at` datetime NULL, `hidden_at` datetime NULL, `hidden_by` text NOT NULL DEFAULT (''), `session_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `messages_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE);
-- create index "message_session_id_channel_revision_nth" to table: "messages"
CREATE UNIQUE INDEX `message_session_id_channel_revision_nth` ON `messages` (`session_id`, `channel`, `revision`, `nth`);
-- create index "message_session_id_author_id_author_user_id_client_key" to table: "messages"
CREATE UNIQUE INDEX `message_session_id_author_id_author_user_id_client_key` ON `messages` (`session_id`, `author_id`, `author_user_id`, `client_key`);
-- create index "message_author_user_id" to table: "messages"
CREATE INDEX `message_author_user_id` ON `messages` (`author_user_id`) WHERE author_user_id <> '';
-- create index "message_author_id" to table: "messages"
CREATE INDEX `message_author_id` ON `messages` (`author_id`) WHERE author_id <> '';
-- create "room_tools" table
CREATE TABLE `room_tools` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `chat` text NOT NULL DEFAULT ('EVERYONE'), `slow_seconds` integer NOT NULL DEFAULT (0), `pinned_id` text NULL, `pinned_back_id` text NULL, `cleared` integer NOT NULL DEFAULT (0), `cleared_back` integer NOT NULL DEFAULT (0), `pace` json NULL, `room_id` text NOT NULL, CONSTRAINT `room_tools_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- create index "roomtools_room_id" to table: "room_tools"
CREATE UNIQUE INDEX `roomtools_room_id` ON `room_tools` (`room_id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "roomtools_room_id" to table: "room_tools"
DROP INDEX `roomtools_room_id`;
-- reverse: create "room_tools" table
DROP TABLE `room_tools`;
-- reverse: create index "message_author_id" to table: "messages"
DROP INDEX `message_author_id`;
-- reverse: create index "message_author_user_id" to table: "messages"
DROP INDEX `message_author_user_id`;
-- reverse: create index "message_session_id_author_id_author_user_id_client_key" to table: "messages"
DROP INDEX `message_session_id_author_id_author_user_id_client_key`;
-- reverse: create index "message_session_id_channel_revision_nth" to table: "messages"
DROP INDEX `message_session_id_channel_revision_nth`;
-- reverse: create "messages" table
DROP TABLE `messages`;
-- reverse: create index "participant_room_id" to table: "participants"
DROP INDEX `participant_room_id`;
-- reverse: create index "participant_user_id" to table: "participants"
DROP INDEX `participant_user_id`;
-- reverse: create index "participant_session_id_role" to table: "participants"
DROP INDEX `participant_session_id_role`;
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
-- reverse: create index "event_room_id_topic_audience_revision" to table: "events"
DROP INDEX `event_room_id_topic_audience_revision`;
-- reverse: create index "event_user_id_room_id_revision" to table: "events"
DROP INDEX `event_user_id_room_id_revision`;
-- reverse: create index "event_participant_id_revision" to table: "events"
DROP INDEX `event_participant_id_revision`;
-- reverse: create index "event_invitation_id_revision" to table: "events"
DROP INDEX `event_invitation_id_revision`;
-- reverse: create index "event_room_id_revision" to table: "events"
DROP INDEX `event_room_id_revision`;
-- reverse: create "new_events" table
DROP TABLE `new_events`;

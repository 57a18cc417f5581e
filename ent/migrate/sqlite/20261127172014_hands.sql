-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_participants" table
CREATE TABLE `new_participants` (`id` text NOT NULL, `email` text NOT NULL, `display_name` text NOT NULL, `name_folded` text NOT NULL DEFAULT (''), `email_folded` text NOT NULL DEFAULT (''), `state` text NOT NULL, `role` text NOT NULL, `role_revision` integer NOT NULL DEFAULT (1), `role_delivered` integer NOT NULL DEFAULT (0), `backchannel_from` integer NOT NULL DEFAULT (0), `muted` bool NOT NULL DEFAULT (false), `muted_until` datetime NULL, `hand_at` datetime NULL, `hand_role` text NOT NULL DEFAULT (''), `hand_note` text NOT NULL DEFAULT (''), `hand_denials` integer NOT NULL DEFAULT (0), `admitted` bool NOT NULL DEFAULT (false), `removed` bool NOT NULL DEFAULT (false), `denials` integer NOT NULL DEFAULT (0), `waiting_since` datetime NULL, `created_at` datetime NOT NULL, `invitation_id` text NULL, `room_id` text NOT NULL, `session_id` text NOT NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `participants_invitations_participant` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE SET NULL, CONSTRAINT `participants_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE, CONSTRAINT `participants_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE SET NULL);
-- copy rows from old table "participants" to new temporary table "new_participants"
INSERT INTO `new_participants` (`id`, `email`, `display_name`, `name_folded`, `email_folded`, `state`, `role`, `role_revision`, `role_delivered`, `backchannel_from`, `muted`, `muted_until`, `admitted`, `removed`, `denials`, `waiting_since`, `created_at`, `invitation_id`, `room_id`, `session_id`, `user_id`) SELECT `id`, `email`, `display_name`, `name_folded`, `email_folded`, `state`, `role`, `role_revision`, `role_delivered`, `backchannel_from`, `muted`, `muted_until`, `admitted`, `removed`, `denials`, `waiting_since`, `created_at`, `invitation_id`, `room_id`, `session_id`, `user_id` FROM `participants`;
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
-- create index "participant_session_id_hand_at" to table: "participants"
CREATE INDEX `participant_session_id_hand_at` ON `participants` (`session_id`, `hand_at`) WHERE hand_at IS NOT NULL;
-- create index "participant_session_id_role" to table: "participants"
CREATE INDEX `participant_session_id_role` ON `participants` (`session_id`, `role`);
-- create index "participant_user_id" to table: "participants"
CREATE INDEX `participant_user_id` ON `participants` (`user_id`);
-- create index "participant_room_id" to table: "participants"
CREATE INDEX `participant_room_id` ON `participants` (`room_id`);
-- create "new_room_tools" table
CREATE TABLE `new_room_tools` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `chat` text NOT NULL DEFAULT ('EVERYONE'), `slow_seconds` integer NOT NULL DEFAULT (0), `pinned_id` text NULL, `pinned_back_id` text NULL, `cleared` integer NOT NULL DEFAULT (0), `cleared_back` integer NOT NULL DEFAULT (0), `pace` json NULL, `hands` bool NOT NULL DEFAULT (true), `reactions` bool NOT NULL DEFAULT (true), `room_id` text NOT NULL, CONSTRAINT `room_tools_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- copy rows from old table "room_tools" to new temporary table "new_room_tools"
INSERT INTO `new_room_tools` (`id`, `chat`, `slow_seconds`, `pinned_id`, `pinned_back_id`, `cleared`, `cleared_back`, `pace`, `room_id`) SELECT `id`, `chat`, `slow_seconds`, `pinned_id`, `pinned_back_id`, `cleared`, `cleared_back`, `pace`, `room_id` FROM `room_tools`;
-- drop "room_tools" table after copying rows
DROP TABLE `room_tools`;
-- rename temporary table "new_room_tools" to "room_tools"
ALTER TABLE `new_room_tools` RENAME TO `room_tools`;
-- create index "roomtools_room_id" to table: "room_tools"
CREATE UNIQUE INDEX `roomtools_room_id` ON `room_tools` (`room_id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "roomtools_room_id" to table: "room_tools"
DROP INDEX `roomtools_room_id`;
-- reverse: create "new_room_tools" table
DROP TABLE `new_room_tools`;
-- reverse: create index "participant_room_id" to table: "participants"
DROP INDEX `participant_room_id`;
-- reverse: create index "participant_user_id" to table: "participants"
DROP INDEX `participant_user_id`;
-- reverse: create index "participant_session_id_role" to table: "participants"
DROP INDEX `participant_session_id_role`;
-- reverse: create index "participant_session_id_hand_at" to table: "participants"
DROP INDEX `participant_session_id_hand_at`;
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

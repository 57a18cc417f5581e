-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_sessions" table
CREATE TABLE `new_sessions` (`id` text NOT NULL, `state` text NOT NULL DEFAULT ('SCHEDULED'), `starts_at` datetime NOT NULL, `ends_at` datetime NULL, `opened_at` datetime NULL, `ended_at` datetime NULL, `sequence` integer NOT NULL DEFAULT (0), `occupied_at` datetime NULL, `created_at` datetime NOT NULL, `room_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sessions_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- copy rows from old table "sessions" to new temporary table "new_sessions"
INSERT INTO `new_sessions` (`id`, `state`, `starts_at`, `ends_at`, `opened_at`, `ended_at`, `occupied_at`, `created_at`, `room_id`) SELECT `id`, `state`, `starts_at`, `ends_at`, `opened_at`, `ended_at`, `occupied_at`, `created_at`, `room_id` FROM `sessions`;
-- drop "sessions" table after copying rows
DROP TABLE `sessions`;
-- rename temporary table "new_sessions" to "sessions"
ALTER TABLE `new_sessions` RENAME TO `sessions`;
-- create index "session_room_id_created_at" to table: "sessions"
CREATE INDEX `session_room_id_created_at` ON `sessions` (`room_id`, `created_at`);
-- create index "session_room_id_current" to table: "sessions"
CREATE UNIQUE INDEX `session_room_id_current` ON `sessions` (`room_id`) WHERE state = 'SCHEDULED' OR state = 'OPEN';
-- create index "session_state_starts_at" to table: "sessions"
CREATE INDEX `session_state_starts_at` ON `sessions` (`state`, `starts_at`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "session_state_starts_at" to table: "sessions"
DROP INDEX `session_state_starts_at`;
-- reverse: create index "session_room_id_current" to table: "sessions"
DROP INDEX `session_room_id_current`;
-- reverse: create index "session_room_id_created_at" to table: "sessions"
DROP INDEX `session_room_id_created_at`;
-- reverse: create "new_sessions" table
DROP TABLE `new_sessions`;

-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_events" table
CREATE TABLE `new_events` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `revision` integer NOT NULL, `kind` text NOT NULL, `audience` integer NOT NULL DEFAULT (3), `at` datetime NOT NULL, `actor` text NOT NULL DEFAULT (''), `actor_user_id` text NOT NULL DEFAULT (''), `session_id` text NOT NULL DEFAULT (''), `invitation_id` text NOT NULL DEFAULT (''), `participant_id` text NOT NULL DEFAULT (''), `user_id` text NOT NULL DEFAULT (''), `detail` json NOT NULL, `room_id` text NOT NULL, CONSTRAINT `events_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- copy rows from old table "events" to new temporary table "new_events", and say of each who gets it
INSERT INTO `new_events` (`id`, `revision`, `kind`, `audience`, `at`, `actor`, `actor_user_id`, `session_id`, `invitation_id`, `participant_id`, `user_id`, `detail`, `room_id`) SELECT `id`, `revision`, `kind`, CASE
  WHEN `kind` IN ('RoomUpdated', 'RoomDeleted', 'SessionScheduled', 'SessionRescheduled', 'SessionStarted', 'SessionEnded', 'SessionCancelled') THEN 0
  WHEN `kind` IN ('RolePromoted', 'RoleDemoted') THEN 1
  WHEN `kind` = 'ParticipantChanged' AND COALESCE(json_extract(`detail`, '$.role'), '') <> 'VIEWER' THEN 1
  WHEN `kind` IN ('ParticipantChanged', 'ParticipantRemoved', 'RoleDelivered') THEN 2
  ELSE 3
END, `at`, `actor`, `actor_user_id`, `session_id`, `invitation_id`, `participant_id`, `user_id`, `detail`, `room_id` FROM `events`;
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
-- create index "event_room_id_audience_revision" to table: "events"
CREATE INDEX `event_room_id_audience_revision` ON `events` (`room_id`, `audience`, `revision`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "event_room_id_audience_revision" to table: "events"
DROP INDEX `event_room_id_audience_revision`;
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

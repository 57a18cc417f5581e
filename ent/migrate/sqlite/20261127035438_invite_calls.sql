-- +goose Up
-- create "invite_calls" table
CREATE TABLE `invite_calls` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `key` text NOT NULL, `asked` blob NOT NULL, `outcomes` json NOT NULL, `at` datetime NOT NULL, `room_id` text NOT NULL, `user_id` text NOT NULL, CONSTRAINT `invite_calls_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE, CONSTRAINT `invite_calls_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE);
-- create index "invitecall_room_id_user_id_key" to table: "invite_calls"
CREATE UNIQUE INDEX `invitecall_room_id_user_id_key` ON `invite_calls` (`room_id`, `user_id`, `key`);
-- create index "invitecall_at" to table: "invite_calls"
CREATE INDEX `invitecall_at` ON `invite_calls` (`at`);

-- +goose Down
-- reverse: create index "invitecall_at" to table: "invite_calls"
DROP INDEX `invitecall_at`;
-- reverse: create index "invitecall_room_id_user_id_key" to table: "invite_calls"
DROP INDEX `invitecall_room_id_user_id_key`;
-- reverse: create "invite_calls" table
DROP TABLE `invite_calls`;

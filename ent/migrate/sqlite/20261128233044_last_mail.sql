-- +goose Up
-- create index "mail_room_id_at_id" to table: "mails"
CREATE INDEX `mail_room_id_at_id` ON `mails` (`room_id`, `at`, `id`);

-- +goose Down
-- reverse: create index "mail_room_id_at_id" to table: "mails"
DROP INDEX `mail_room_id_at_id`;

-- +goose Up
-- add column "occupied_at" to table: "sessions"
ALTER TABLE `sessions` ADD COLUMN `occupied_at` datetime NULL;

-- +goose Down
-- reverse: add column "occupied_at" to table: "sessions"
ALTER TABLE `sessions` DROP COLUMN `occupied_at`;

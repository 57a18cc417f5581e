-- +goose Up
-- add column "erased_at" to table: "users"
ALTER TABLE `users` ADD COLUMN `erased_at` datetime NULL;
-- add column "seen_at" to table: "users"
ALTER TABLE `users` ADD COLUMN `seen_at` datetime NULL;

-- +goose Down
-- reverse: add column "seen_at" to table: "users"
ALTER TABLE `users` DROP COLUMN `seen_at`;
-- reverse: add column "erased_at" to table: "users"
ALTER TABLE `users` DROP COLUMN `erased_at`;

-- +goose Up
-- add column "credential_epoch" to table: "users"
ALTER TABLE `users` ADD COLUMN `credential_epoch` integer NOT NULL DEFAULT 0;
-- create index "user_disabled_at_id" to table: "users"
CREATE INDEX `user_disabled_at_id` ON `users` (`disabled_at`, `id`) WHERE disabled_at IS NOT NULL;
-- a block holds for the email: every place of a blocked email is blocked, managers' apart
UPDATE `participants` SET `state` = 'BLOCKED', `waiting_since` = NULL WHERE `state` <> 'BLOCKED' AND EXISTS (SELECT 1 FROM `participants` AS `other` WHERE `other`.`session_id` = `participants`.`session_id` AND `other`.`email` = `participants`.`email` AND `other`.`state` = 'BLOCKED') AND NOT EXISTS (SELECT 1 FROM `managers` WHERE `managers`.`room_id` = `participants`.`room_id` AND `managers`.`user_id` = `participants`.`user_id`);

-- +goose Down
-- reverse: create index "user_disabled_at_id" to table: "users"
DROP INDEX `user_disabled_at_id`;
-- reverse: add column "credential_epoch" to table: "users"
ALTER TABLE `users` DROP COLUMN `credential_epoch`;

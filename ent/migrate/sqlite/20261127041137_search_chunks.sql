-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_users" table
CREATE TABLE `new_users` (`id` text NOT NULL, `email` text NOT NULL, `email_typed` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `site_role` text NOT NULL DEFAULT ('MEMBER'), `password_hash` text NULL, `credential_epoch` integer NOT NULL DEFAULT (0), `disabled_at` datetime NULL, `erased_at` datetime NULL, `seen_at` datetime NULL, `search_position` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- copy rows from old table "users" to new temporary table "new_users"; all are fresh, but nobody finds disabled accounts
INSERT INTO `new_users` (`id`, `email`, `email_typed`, `first_name`, `last_name`, `site_role`, `password_hash`, `credential_epoch`, `disabled_at`, `search_position`, `erased_at`, `seen_at`, `created_at`) SELECT `id`, `email`, `email_typed`, `first_name`, `last_name`, `site_role`, `password_hash`, `credential_epoch`, `disabled_at`, CASE WHEN `disabled_at` IS NULL THEN 0 ELSE -1 END, `erased_at`, `seen_at`, `created_at` FROM `users`;
-- drop "users" table after copying rows
DROP TABLE `users`;
-- rename temporary table "new_users" to "users"
ALTER TABLE `new_users` RENAME TO `users`;
-- create index "user_email" to table: "users"
CREATE UNIQUE INDEX `user_email` ON `users` (`email`);
-- create index "user_search_position" to table: "users"
CREATE INDEX `user_search_position` ON `users` (`search_position`);
-- create index "user_disabled_at_id" to table: "users"
CREATE INDEX `user_disabled_at_id` ON `users` (`disabled_at`, `id`) WHERE disabled_at IS NOT NULL;
-- drop "search_words" table, which the two tables below replace
DROP TABLE `search_words`;
-- create "search_cells" table
CREATE TABLE `search_cells` (`key` text NOT NULL, `people` blob NOT NULL, PRIMARY KEY (`key`)) WITHOUT ROWID;
-- create "search_chunks" table
CREATE TABLE `search_chunks` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `people` integer NOT NULL);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create "search_chunks" table
DROP TABLE `search_chunks`;
-- reverse: create "search_cells" table
DROP TABLE `search_cells`;
-- reverse: drop "search_words" table
CREATE TABLE `search_words` (`key` text NOT NULL, PRIMARY KEY (`key`)) WITHOUT ROWID;
-- reverse: create index "user_disabled_at_id" to table: "users"
DROP INDEX `user_disabled_at_id`;
-- reverse: create index "user_search_position" to table: "users"
DROP INDEX `user_search_position`;
-- reverse: create index "user_email" to table: "users"
DROP INDEX `user_email`;
-- reverse: create "new_users" table
DROP TABLE `new_users`;

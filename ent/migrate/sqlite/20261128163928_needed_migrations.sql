-- +goose Up
-- create "needed_migrations" table
CREATE TABLE `needed_migrations` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `version` integer NOT NULL);
-- create index "needed_migrations_version_key" to table: "needed_migrations"
CREATE UNIQUE INDEX `needed_migrations_version_key` ON `needed_migrations` (`version`);

-- +goose Down
-- reverse: create index "needed_migrations_version_key" to table: "needed_migrations"
DROP INDEX `needed_migrations_version_key`;
-- reverse: create "needed_migrations" table
DROP TABLE `needed_migrations`;

-- +goose Up
-- create "shared_rates" table
CREATE TABLE `shared_rates` (`id` text NOT NULL, `spent_until` integer NOT NULL, PRIMARY KEY (`id`));
-- create index "sharedrate_spent_until" to table: "shared_rates"
CREATE INDEX `sharedrate_spent_until` ON `shared_rates` (`spent_until`);

-- +goose Down
-- reverse: create index "sharedrate_spent_until" to table: "shared_rates"
DROP INDEX `sharedrate_spent_until`;
-- reverse: create "shared_rates" table
DROP TABLE `shared_rates`;

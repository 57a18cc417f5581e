-- +goose Up
-- create "link_key" table
CREATE TABLE `link_key` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `fingerprint` text NOT NULL);

-- +goose Down
-- reverse: create "link_key" table
DROP TABLE `link_key`;

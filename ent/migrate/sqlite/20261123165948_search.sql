-- +goose Up
-- create index "session_room_id_current" anew, in words that both databases give back as they are
DROP INDEX `session_room_id_current`;
CREATE UNIQUE INDEX `session_room_id_current` ON `sessions` (`room_id`) WHERE state = 'SCHEDULED' OR state = 'OPEN';
-- create "search_words" table
CREATE TABLE `search_words` (`key` text NOT NULL, PRIMARY KEY (`key`)) WITHOUT ROWID;

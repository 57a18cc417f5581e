-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_room_tools" table
CREATE TABLE `new_room_tools` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `chat` text NOT NULL DEFAULT ('EVERYONE'), `slow_seconds` integer NOT NULL DEFAULT (0), `pinned_id` text NULL, `pinned_back_id` text NULL, `cleared` integer NOT NULL DEFAULT (0), `cleared_back` integer NOT NULL DEFAULT (0), `pace` json NULL, `hands` bool NOT NULL DEFAULT (true), `reactions` bool NOT NULL DEFAULT (true), `questions` text NOT NULL DEFAULT ('OPEN'), `anonymous_questions` bool NOT NULL DEFAULT (true), `room_id` text NOT NULL, CONSTRAINT `room_tools_rooms_room` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE);
-- copy rows from old table "room_tools" to new temporary table "new_room_tools"
INSERT INTO `new_room_tools` (`id`, `chat`, `slow_seconds`, `pinned_id`, `pinned_back_id`, `cleared`, `cleared_back`, `pace`, `hands`, `reactions`, `room_id`) SELECT `id`, `chat`, `slow_seconds`, `pinned_id`, `pinned_back_id`, `cleared`, `cleared_back`, `pace`, `hands`, `reactions`, `room_id` FROM `room_tools`;
-- drop "room_tools" table after copying rows
DROP TABLE `room_tools`;
-- rename temporary table "new_room_tools" to "room_tools"
ALTER TABLE `new_room_tools` RENAME TO `room_tools`;
-- create index "roomtools_room_id" to table: "room_tools"
CREATE UNIQUE INDEX `roomtools_room_id` ON `room_tools` (`room_id`);
-- create "questions" table
CREATE TABLE `questions` (`id` text NOT NULL, `room_id` text NOT NULL, `revision` integer NOT NULL, `nth` integer NOT NULL, `asker_id` text NOT NULL DEFAULT (''), `asker_user_id` text NOT NULL DEFAULT (''), `author_name` text NOT NULL DEFAULT (''), `author_role` text NOT NULL DEFAULT (''), `author_host` bool NOT NULL DEFAULT (false), `anonymous` bool NOT NULL DEFAULT (false), `text` text NOT NULL, `state` text NOT NULL, `upvotes` integer NOT NULL DEFAULT (0), `published_at` datetime NULL, `answer` text NOT NULL DEFAULT (''), `answer_private` bool NOT NULL DEFAULT (false), `answerer` json NULL, `answered_by` text NOT NULL DEFAULT (''), `answered_at` datetime NULL, `taken_by` text NOT NULL DEFAULT (''), `taker` json NULL, `asker_muted` bool NOT NULL DEFAULT (false), `asker_muted_until` datetime NULL, `client_key` text NOT NULL, `at` datetime NOT NULL, `session_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `questions_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE);
-- create index "question_session_id_revision_nth" to table: "questions"
CREATE UNIQUE INDEX `question_session_id_revision_nth` ON `questions` (`session_id`, `revision`, `nth`);
-- create index "question_session_id_asker_id_asker_user_id_client_key" to table: "questions"
CREATE UNIQUE INDEX `question_session_id_asker_id_asker_user_id_client_key` ON `questions` (`session_id`, `asker_id`, `asker_user_id`, `client_key`);
-- create index "question_session_id_state_upvotes" to table: "questions"
CREATE INDEX `question_session_id_state_upvotes` ON `questions` (`session_id`, `state`, `upvotes`);
-- create index "question_session_id_taken_by" to table: "questions"
CREATE INDEX `question_session_id_taken_by` ON `questions` (`session_id`, `taken_by`) WHERE taken_by <> '';
-- create index "question_asker_user_id" to table: "questions"
CREATE INDEX `question_asker_user_id` ON `questions` (`asker_user_id`) WHERE asker_user_id <> '';
-- create index "question_asker_id" to table: "questions"
CREATE INDEX `question_asker_id` ON `questions` (`asker_id`) WHERE asker_id <> '';
-- create "upvotes" table
CREATE TABLE `upvotes` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `voter` text NOT NULL, `question_id` text NOT NULL, CONSTRAINT `upvotes_questions_question` FOREIGN KEY (`question_id`) REFERENCES `questions` (`id`) ON DELETE CASCADE);
-- create index "upvote_question_id_voter" to table: "upvotes"
CREATE UNIQUE INDEX `upvote_question_id_voter` ON `upvotes` (`question_id`, `voter`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "upvote_question_id_voter" to table: "upvotes"
DROP INDEX `upvote_question_id_voter`;
-- reverse: create "upvotes" table
DROP TABLE `upvotes`;
-- reverse: create index "question_asker_id" to table: "questions"
DROP INDEX `question_asker_id`;
-- reverse: create index "question_asker_user_id" to table: "questions"
DROP INDEX `question_asker_user_id`;
-- reverse: create index "question_session_id_taken_by" to table: "questions"
DROP INDEX `question_session_id_taken_by`;
-- reverse: create index "question_session_id_state_upvotes" to table: "questions"
DROP INDEX `question_session_id_state_upvotes`;
-- reverse: create index "question_session_id_asker_id_asker_user_id_client_key" to table: "questions"
DROP INDEX `question_session_id_asker_id_asker_user_id_client_key`;
-- reverse: create index "question_session_id_revision_nth" to table: "questions"
DROP INDEX `question_session_id_revision_nth`;
-- reverse: create "questions" table
DROP TABLE `questions`;
-- reverse: create index "roomtools_room_id" to table: "room_tools"
DROP INDEX `roomtools_room_id`;
-- reverse: create "new_room_tools" table
DROP TABLE `new_room_tools`;

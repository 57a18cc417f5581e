-- +goose Up
-- create "answers" table
CREATE TABLE `answers` (`id` text NOT NULL, `person` text NULL, `choices` integer NOT NULL DEFAULT (0), `texts` json NULL, `author` json NULL, `hidden` bool NOT NULL DEFAULT (false), `interaction_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `answers_interactions_interaction` FOREIGN KEY (`interaction_id`) REFERENCES `interactions` (`id`) ON DELETE CASCADE);
-- create index "answer_interaction_id_person" to table: "answers"
CREATE UNIQUE INDEX `answer_interaction_id_person` ON `answers` (`interaction_id`, `person`);
-- create index "answer_person" to table: "answers"
CREATE INDEX `answer_person` ON `answers` (`person`) WHERE person IS NOT NULL;
-- create index "answer_interaction_id_id" to table: "answers"
CREATE INDEX `answer_interaction_id_id` ON `answers` (`interaction_id`, `id`);
-- create "choices" table
CREATE TABLE `choices` (`id` text NOT NULL, `nth` integer NOT NULL, `text` text NOT NULL, `correct` bool NOT NULL DEFAULT (false), `answers` integer NOT NULL DEFAULT (0), `interaction_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `choices_interactions_interaction` FOREIGN KEY (`interaction_id`) REFERENCES `interactions` (`id`) ON DELETE CASCADE);
-- create index "choice_interaction_id_nth" to table: "choices"
CREATE UNIQUE INDEX `choice_interaction_id_nth` ON `choices` (`interaction_id`, `nth`);
-- create "interactions" table
CREATE TABLE `interactions` (`id` text NOT NULL, `room_id` text NOT NULL, `kind` text NOT NULL, `title` text NOT NULL, `max_choices` integer NOT NULL DEFAULT (1), `named` bool NOT NULL DEFAULT (false), `share` text NOT NULL DEFAULT ('WHEN_ASKED'), `shared` bool NOT NULL DEFAULT (false), `seconds` integer NOT NULL DEFAULT (0), `lowest` text NOT NULL DEFAULT (''), `highest` text NOT NULL DEFAULT (''), `state` text NOT NULL DEFAULT ('DRAFT'), `started_at` datetime NULL, `stops_at` datetime NULL, `stopped_at` datetime NULL, `start_revision` integer NOT NULL DEFAULT (0), `answers` integer NOT NULL DEFAULT (0), `turnout` integer NULL, `sealed` bool NOT NULL DEFAULT (false), `creator` text NOT NULL DEFAULT (''), `client_key` text NOT NULL, `session_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `interactions_sessions_session` FOREIGN KEY (`session_id`) REFERENCES `sessions` (`id`) ON DELETE CASCADE);
-- create index "interaction_open" to table: "interactions"
CREATE UNIQUE INDEX `interaction_open` ON `interactions` (`room_id`) WHERE state = 'OPEN';
-- create index "interaction_session_id_creator_client_key" to table: "interactions"
CREATE UNIQUE INDEX `interaction_session_id_creator_client_key` ON `interactions` (`session_id`, `creator`, `client_key`);
-- create index "interaction_session_id_state" to table: "interactions"
CREATE INDEX `interaction_session_id_state` ON `interactions` (`session_id`, `state`);
-- create index "interaction_unsealed" to table: "interactions"
CREATE INDEX `interaction_unsealed` ON `interactions` (`state`) WHERE state = 'STOPPED' AND NOT named AND NOT sealed;
-- create "words" table
CREATE TABLE `words` (`id` text NOT NULL, `folded` text NOT NULL, `shown` text NOT NULL, `answers` integer NOT NULL DEFAULT (0), `hidden` bool NOT NULL DEFAULT (false), `interaction_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `words_interactions_interaction` FOREIGN KEY (`interaction_id`) REFERENCES `interactions` (`id`) ON DELETE CASCADE);
-- create index "word_interaction_id_folded" to table: "words"
CREATE UNIQUE INDEX `word_interaction_id_folded` ON `words` (`interaction_id`, `folded`);
-- create index "word_interaction_id_answers" to table: "words"
CREATE INDEX `word_interaction_id_answers` ON `words` (`interaction_id`, `answers`);

-- +goose Down
-- reverse: create index "word_interaction_id_answers" to table: "words"
DROP INDEX `word_interaction_id_answers`;
-- reverse: create index "word_interaction_id_folded" to table: "words"
DROP INDEX `word_interaction_id_folded`;
-- reverse: create "words" table
DROP TABLE `words`;
-- reverse: create index "interaction_unsealed" to table: "interactions"
DROP INDEX `interaction_unsealed`;
-- reverse: create index "interaction_session_id_state" to table: "interactions"
DROP INDEX `interaction_session_id_state`;
-- reverse: create index "interaction_session_id_creator_client_key" to table: "interactions"
DROP INDEX `interaction_session_id_creator_client_key`;
-- reverse: create index "interaction_open" to table: "interactions"
DROP INDEX `interaction_open`;
-- reverse: create "interactions" table
DROP TABLE `interactions`;
-- reverse: create index "choice_interaction_id_nth" to table: "choices"
DROP INDEX `choice_interaction_id_nth`;
-- reverse: create "choices" table
DROP TABLE `choices`;
-- reverse: create index "answer_interaction_id_id" to table: "answers"
DROP INDEX `answer_interaction_id_id`;
-- reverse: create index "answer_person" to table: "answers"
DROP INDEX `answer_person`;
-- reverse: create index "answer_interaction_id_person" to table: "answers"
DROP INDEX `answer_interaction_id_person`;
-- reverse: create "answers" table
DROP TABLE `answers`;

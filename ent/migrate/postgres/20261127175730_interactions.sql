-- +goose Up
-- create "interactions" table
CREATE TABLE "interactions" ("id" character varying NOT NULL COLLATE "C", "room_id" character varying NOT NULL COLLATE "C", "kind" character varying NOT NULL COLLATE "C", "title" character varying NOT NULL COLLATE "C", "max_choices" bigint NOT NULL DEFAULT 1, "named" boolean NOT NULL DEFAULT false, "share" character varying NOT NULL DEFAULT 'WHEN_ASKED' COLLATE "C", "shared" boolean NOT NULL DEFAULT false, "seconds" bigint NOT NULL DEFAULT 0, "lowest" character varying NOT NULL DEFAULT '' COLLATE "C", "highest" character varying NOT NULL DEFAULT '' COLLATE "C", "state" character varying NOT NULL DEFAULT 'DRAFT' COLLATE "C", "started_at" timestamptz NULL, "stops_at" timestamptz NULL, "stopped_at" timestamptz NULL, "start_revision" bigint NOT NULL DEFAULT 0, "answers" bigint NOT NULL DEFAULT 0, "turnout" bigint NULL, "sealed" boolean NOT NULL DEFAULT false, "creator" character varying NOT NULL DEFAULT '' COLLATE "C", "client_key" character varying NOT NULL COLLATE "C", "session_id" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"), CONSTRAINT "interactions_sessions_session" FOREIGN KEY ("session_id") REFERENCES "sessions" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- create index "interaction_open" to table: "interactions"
CREATE UNIQUE INDEX "interaction_open" ON "interactions" ("room_id") WHERE ((state)::text = 'OPEN'::text);
-- create index "interaction_session_id_creator_client_key" to table: "interactions"
CREATE UNIQUE INDEX "interaction_session_id_creator_client_key" ON "interactions" ("session_id", "creator", "client_key");
-- create index "interaction_session_id_state" to table: "interactions"
CREATE INDEX "interaction_session_id_state" ON "interactions" ("session_id", "state");
-- create index "interaction_unsealed" to table: "interactions"
CREATE INDEX "interaction_unsealed" ON "interactions" ("state") WHERE (((state)::text = 'STOPPED'::text) AND (NOT named) AND (NOT sealed));
-- create "answers" table
CREATE TABLE "answers" ("id" character varying NOT NULL COLLATE "C", "person" character varying NULL COLLATE "C", "choices" bigint NOT NULL DEFAULT 0, "texts" jsonb NULL, "author" jsonb NULL, "hidden" boolean NOT NULL DEFAULT false, "interaction_id" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"), CONSTRAINT "answers_interactions_interaction" FOREIGN KEY ("interaction_id") REFERENCES "interactions" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- create index "answer_interaction_id_id" to table: "answers"
CREATE INDEX "answer_interaction_id_id" ON "answers" ("interaction_id", "id");
-- create index "answer_interaction_id_person" to table: "answers"
CREATE UNIQUE INDEX "answer_interaction_id_person" ON "answers" ("interaction_id", "person");
-- create index "answer_person" to table: "answers"
CREATE INDEX "answer_person" ON "answers" ("person") WHERE (person IS NOT NULL);
-- create "choices" table
CREATE TABLE "choices" ("id" character varying NOT NULL COLLATE "C", "nth" bigint NOT NULL, "text" character varying NOT NULL COLLATE "C", "correct" boolean NOT NULL DEFAULT false, "answers" bigint NOT NULL DEFAULT 0, "interaction_id" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"), CONSTRAINT "choices_interactions_interaction" FOREIGN KEY ("interaction_id") REFERENCES "interactions" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- create index "choice_interaction_id_nth" to table: "choices"
CREATE UNIQUE INDEX "choice_interaction_id_nth" ON "choices" ("interaction_id", "nth");
-- create "words" table
CREATE TABLE "words" ("id" character varying NOT NULL COLLATE "C", "folded" character varying NOT NULL COLLATE "C", "shown" character varying NOT NULL COLLATE "C", "answers" bigint NOT NULL DEFAULT 0, "hidden" boolean NOT NULL DEFAULT false, "interaction_id" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"), CONSTRAINT "words_interactions_interaction" FOREIGN KEY ("interaction_id") REFERENCES "interactions" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- create index "word_interaction_id_answers" to table: "words"
CREATE INDEX "word_interaction_id_answers" ON "words" ("interaction_id", "answers");
-- create index "word_interaction_id_folded" to table: "words"
CREATE UNIQUE INDEX "word_interaction_id_folded" ON "words" ("interaction_id", "folded");

-- +goose Down
-- reverse: create index "word_interaction_id_folded" to table: "words"
DROP INDEX "word_interaction_id_folded";
-- reverse: create index "word_interaction_id_answers" to table: "words"
DROP INDEX "word_interaction_id_answers";
-- reverse: create "words" table
DROP TABLE "words";
-- reverse: create index "choice_interaction_id_nth" to table: "choices"
DROP INDEX "choice_interaction_id_nth";
-- reverse: create "choices" table
DROP TABLE "choices";
-- reverse: create index "answer_person" to table: "answers"
DROP INDEX "answer_person";
-- reverse: create index "answer_interaction_id_person" to table: "answers"
DROP INDEX "answer_interaction_id_person";
-- reverse: create index "answer_interaction_id_id" to table: "answers"
DROP INDEX "answer_interaction_id_id";
-- reverse: create "answers" table
DROP TABLE "answers";
-- reverse: create index "interaction_unsealed" to table: "interactions"
DROP INDEX "interaction_unsealed";
-- reverse: create index "interaction_session_id_state" to table: "interactions"
DROP INDEX "interaction_session_id_state";
-- reverse: create index "interaction_session_id_creator_client_key" to table: "interactions"
DROP INDEX "interaction_session_id_creator_client_key";
-- reverse: create index "interaction_open" to table: "interactions"
DROP INDEX "interaction_open";
-- reverse: create "interactions" table
DROP TABLE "interactions";

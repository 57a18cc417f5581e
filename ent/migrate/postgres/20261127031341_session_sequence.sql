-- +goose Up
-- modify "sessions" table
ALTER TABLE "sessions" ADD COLUMN "sequence" bigint NOT NULL DEFAULT 0;

-- +goose Down
-- reverse: modify "sessions" table
ALTER TABLE "sessions" DROP COLUMN "sequence";

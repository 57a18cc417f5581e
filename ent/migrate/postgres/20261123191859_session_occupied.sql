-- +goose Up
-- modify "sessions" table
ALTER TABLE "sessions" ADD COLUMN "occupied_at" timestamptz NULL;

-- +goose Down
-- reverse: modify "sessions" table
ALTER TABLE "sessions" DROP COLUMN "occupied_at";

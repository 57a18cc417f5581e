-- +goose Up
-- modify "users" table
ALTER TABLE "users" ADD COLUMN "erased_at" timestamptz NULL, ADD COLUMN "seen_at" timestamptz NULL;

-- +goose Down
-- reverse: modify "users" table
ALTER TABLE "users" DROP COLUMN "seen_at", DROP COLUMN "erased_at";

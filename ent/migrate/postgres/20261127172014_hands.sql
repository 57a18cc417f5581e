-- +goose Up
-- modify "participants" table
ALTER TABLE "participants" ADD COLUMN "hand_at" timestamptz NULL, ADD COLUMN "hand_role" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "hand_note" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "hand_denials" bigint NOT NULL DEFAULT 0;
-- create index "participant_session_id_hand_at" to table: "participants"
CREATE INDEX "participant_session_id_hand_at" ON "participants" ("session_id", "hand_at") WHERE (hand_at IS NOT NULL);
-- modify "room_tools" table
ALTER TABLE "room_tools" ADD COLUMN "hands" boolean NOT NULL DEFAULT true, ADD COLUMN "reactions" boolean NOT NULL DEFAULT true;

-- +goose Down
-- reverse: modify "room_tools" table
ALTER TABLE "room_tools" DROP COLUMN "reactions", DROP COLUMN "hands";
-- reverse: create index "participant_session_id_hand_at" to table: "participants"
DROP INDEX "participant_session_id_hand_at";
-- reverse: modify "participants" table
ALTER TABLE "participants" DROP COLUMN "hand_denials", DROP COLUMN "hand_note", DROP COLUMN "hand_role", DROP COLUMN "hand_at";

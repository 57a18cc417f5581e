-- +goose Up
-- modify "invitations" table
ALTER TABLE "invitations" ADD COLUMN "hand_overs" bigint NOT NULL DEFAULT 0;
-- modify "site_policy" table
ALTER TABLE "site_policy" ADD COLUMN "move_devices" boolean NOT NULL DEFAULT true;
-- create "hand_overs" table
CREATE TABLE "hand_overs" ("id" character varying NOT NULL COLLATE "C", "room_id" character varying NOT NULL COLLATE "C", "key_number" bigint NOT NULL, "device_hash" bytea NOT NULL, "state" character varying NOT NULL DEFAULT 'OFFERED' COLLATE "C", "tries" bigint NOT NULL DEFAULT 0, "asked_hash" bytea NULL, "asked_browser" character varying NOT NULL DEFAULT '' COLLATE "C", "created_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "invitation_id" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"), CONSTRAINT "hand_overs_invitations_invitation" FOREIGN KEY ("invitation_id") REFERENCES "invitations" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- create index "handover_created_at" to table: "hand_overs"
CREATE INDEX "handover_created_at" ON "hand_overs" ("created_at");
-- create index "handover_device_hash" to table: "hand_overs"
CREATE INDEX "handover_device_hash" ON "hand_overs" ("device_hash");
-- create index "handover_invitation_id_created_at" to table: "hand_overs"
CREATE INDEX "handover_invitation_id_created_at" ON "hand_overs" ("invitation_id", "created_at");

-- +goose Down
-- reverse: create index "handover_invitation_id_created_at" to table: "hand_overs"
DROP INDEX "handover_invitation_id_created_at";
-- reverse: create index "handover_device_hash" to table: "hand_overs"
DROP INDEX "handover_device_hash";
-- reverse: create index "handover_created_at" to table: "hand_overs"
DROP INDEX "handover_created_at";
-- reverse: create "hand_overs" table
DROP TABLE "hand_overs";
-- reverse: modify "site_policy" table
ALTER TABLE "site_policy" DROP COLUMN "move_devices";
-- reverse: modify "invitations" table
ALTER TABLE "invitations" DROP COLUMN "hand_overs";

-- +goose Up
-- modify "invitations" table
ALTER TABLE "invitations" ADD COLUMN "name_folded" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "email_folded" character varying NOT NULL DEFAULT '' COLLATE "C";
-- modify "participants" table
ALTER TABLE "participants" ADD COLUMN "name_folded" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "email_folded" character varying NOT NULL DEFAULT '' COLLATE "C";
-- modify "rooms" table
ALTER TABLE "rooms" ADD COLUMN "folded" character varying NOT NULL DEFAULT '' COLLATE "C";

-- +goose Down
-- reverse: modify "rooms" table
ALTER TABLE "rooms" DROP COLUMN "folded";
-- reverse: modify "participants" table
ALTER TABLE "participants" DROP COLUMN "email_folded", DROP COLUMN "name_folded";
-- reverse: modify "invitations" table
ALTER TABLE "invitations" DROP COLUMN "email_folded", DROP COLUMN "name_folded";

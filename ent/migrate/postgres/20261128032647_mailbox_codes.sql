-- +goose Up
-- modify "invitations" table
ALTER TABLE "invitations" ADD COLUMN "moves" bigint NOT NULL DEFAULT 0, ADD COLUMN "host_asked_for" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "vouched_until" timestamptz NULL;
-- drop index "mail_invitation_id_kind" from table: "mails"
DROP INDEX "mail_invitation_id_kind";
-- modify "mails" table
ALTER TABLE "mails" ADD COLUMN "code_id" character varying NOT NULL DEFAULT '' COLLATE "C";
-- create index "mail_invitation_id_kind_code_id" to table: "mails"
CREATE UNIQUE INDEX "mail_invitation_id_kind_code_id" ON "mails" ("invitation_id", "kind", "code_id") WHERE ((state)::text = 'WAITING'::text);
-- modify "site_policy" table
ALTER TABLE "site_policy" ADD COLUMN "proof" character varying NOT NULL DEFAULT 'NEVER' COLLATE "C";
-- create "codes" table
CREATE TABLE "codes" ("id" character varying NOT NULL COLLATE "C", "key_id" smallint NOT NULL, "generation" bigint NOT NULL, "device_hash" bytea NOT NULL, "purpose" character varying NOT NULL COLLATE "C", "browser" character varying NOT NULL DEFAULT '' COLLATE "C", "tries" bigint NOT NULL DEFAULT 0, "created_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "used_at" timestamptz NULL, "invitation_id" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"), CONSTRAINT "codes_invitations_invitation" FOREIGN KEY ("invitation_id") REFERENCES "invitations" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- create index "code_created_at" to table: "codes"
CREATE INDEX "code_created_at" ON "codes" ("created_at");
-- create index "code_invitation_id_created_at" to table: "codes"
CREATE INDEX "code_invitation_id_created_at" ON "codes" ("invitation_id", "created_at");

-- +goose Down
-- reverse: create index "code_invitation_id_created_at" to table: "codes"
DROP INDEX "code_invitation_id_created_at";
-- reverse: create index "code_created_at" to table: "codes"
DROP INDEX "code_created_at";
-- reverse: create "codes" table
DROP TABLE "codes";
-- reverse: modify "site_policy" table
ALTER TABLE "site_policy" DROP COLUMN "proof";
-- reverse: create index "mail_invitation_id_kind_code_id" to table: "mails"
DROP INDEX "mail_invitation_id_kind_code_id";
-- reverse: modify "mails" table
ALTER TABLE "mails" DROP COLUMN "code_id";
-- reverse: drop index "mail_invitation_id_kind" from table: "mails"
CREATE UNIQUE INDEX "mail_invitation_id_kind" ON "mails" ("invitation_id", "kind") WHERE ((state)::text = 'WAITING'::text);
-- reverse: modify "invitations" table
ALTER TABLE "invitations" DROP COLUMN "vouched_until", DROP COLUMN "host_asked_for", DROP COLUMN "moves";

-- +goose Up
-- drop index "event_at" from table: "events"
DROP INDEX "event_at";
-- drop index "event_session_id" from table: "events"
DROP INDEX "event_session_id";
-- modify "events" table
ALTER TABLE "events" ADD COLUMN "audience" bigint NOT NULL DEFAULT 3;
-- say of the events that are there who gets them
UPDATE "events" SET "audience" = CASE
  WHEN "kind" IN ('RoomUpdated', 'RoomDeleted', 'SessionScheduled', 'SessionRescheduled', 'SessionStarted', 'SessionEnded', 'SessionCancelled') THEN 0
  WHEN "kind" IN ('RolePromoted', 'RoleDemoted') THEN 1
  WHEN "kind" = 'ParticipantChanged' AND COALESCE("detail"->>'role', '') <> 'VIEWER' THEN 1
  WHEN "kind" IN ('ParticipantChanged', 'ParticipantRemoved', 'RoleDelivered') THEN 2
  ELSE 3
END WHERE "kind" NOT LIKE 'Invitation%' AND "kind" NOT LIKE 'Manager%';
-- create index "event_participant_id_revision" to table: "events"
CREATE INDEX "event_participant_id_revision" ON "events" ("participant_id", "revision") WHERE ((participant_id)::text <> ''::text);
-- create index "event_room_id_audience_revision" to table: "events"
CREATE INDEX "event_room_id_audience_revision" ON "events" ("room_id", "audience", "revision");
-- create index "event_user_id_room_id_revision" to table: "events"
CREATE INDEX "event_user_id_room_id_revision" ON "events" ("user_id", "room_id", "revision") WHERE ((user_id)::text <> ''::text);

-- +goose Down
-- reverse: create index "event_user_id_room_id_revision" to table: "events"
DROP INDEX "event_user_id_room_id_revision";
-- reverse: create index "event_room_id_audience_revision" to table: "events"
DROP INDEX "event_room_id_audience_revision";
-- reverse: create index "event_participant_id_revision" to table: "events"
DROP INDEX "event_participant_id_revision";
-- reverse: modify "events" table
ALTER TABLE "events" DROP COLUMN "audience";
-- reverse: drop index "event_session_id" from table: "events"
CREATE INDEX "event_session_id" ON "events" ("session_id") WHERE ((session_id)::text <> ''::text);
-- reverse: drop index "event_at" from table: "events"
CREATE INDEX "event_at" ON "events" ("at");

-- +goose Up
-- create index "participant_session_id_role" to table: "participants"
CREATE INDEX `participant_session_id_role` ON `participants` (`session_id`, `role`);

-- +goose Down
-- reverse: create index "participant_session_id_role" to table: "participants"
DROP INDEX `participant_session_id_role`;

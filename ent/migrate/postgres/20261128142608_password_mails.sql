-- +goose Up
-- create index "mail_user_id_at" to table: "mails"
CREATE INDEX "mail_user_id_at" ON "mails" ("user_id", "at") WHERE (user_id IS NOT NULL);

-- +goose Down
-- reverse: create index "mail_user_id_at" to table: "mails"
DROP INDEX "mail_user_id_at";

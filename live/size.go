package live

import (
	"context"
	"strconv"
)

// Kind names the kind of database.
func (db *Database) Kind() string {
	if db.postgres != nil {
		return "PostgreSQL"
	}
	return "SQLite"
}

// Size returns the size of the database in bytes.
func (db *Database) Size(ctx context.Context) (bytes int64, err error) {
	query := "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
	if db.postgres != nil {
		query = "SELECT pg_database_size(current_database())"
	}
	if err := db.readDB.QueryRowContext(ctx, query).Scan(&bytes); err != nil {
		return 0, unavailable("read size", err)
	}
	return bytes, nil
}

// Migration returns the number of the newest migration that the tables have had.
func (db *Database) Migration(ctx context.Context) (string, error) {
	var newest int64
	if err := db.readDB.QueryRowContext(ctx, "SELECT MAX(version_id) FROM goose_db_version").Scan(&newest); err != nil {
		return "", unavailable("read the newest migration", err)
	}
	return strconv.FormatInt(newest, 10), nil
}

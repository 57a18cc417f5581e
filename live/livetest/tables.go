package livetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"usher/live"
)

// Tests get copies of databases that have the tables and no rows. Creating the tables would take longer than most tests.

// tablesOfSQLite returns the file of such a database.
var tablesOfSQLite = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "usher-tables-")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "usher.db")
	if err := createTables("sqlite://" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// tablesOfPostgres creates such a database in the shared cluster, and returns its name.
var tablesOfPostgres = sync.OnceValues(func() (name string, err error) {
	cluster, err := shared()
	if err != nil {
		return "", err
	}
	const tables = "tables"
	if err := cluster.exec(context.Background(), "CREATE DATABASE "+tables); err != nil {
		return "", fmt.Errorf("create database: %w", err)
	}
	return tables, createTables(cluster.URL(tables))
})

func createTables(databaseURL string) error {
	db, err := live.Open(context.Background(), databaseURL)
	if err != nil {
		return fmt.Errorf("create tables: %w", err)
	}
	return db.Close()
}

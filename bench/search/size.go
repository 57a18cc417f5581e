package main

import (
	"context"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
)

func fileSize(file string) string {
	info, err := os.Stat(file)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("file %d MB", info.Size()>>20)
}

func postgresSize(ctx context.Context, url string) string {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err.Error()
	}
	defer conn.Close(ctx)
	var users, cells int64
	var rows int
	err = conn.QueryRow(ctx, `SELECT pg_total_relation_size('users'), pg_total_relation_size('search_cells'), count(*) FROM search_cells`).
		Scan(&users, &cells, &rows)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("users %d MB, search cells %d MB in %d rows", users>>20, cells>>20, rows)
}

package tools

import "fmt"

// RoomsOf returns the rooms of rows that were read for it, by the rows' ids.
func RoomsOf[R any](rows []*R, err error, of func(*R) (id, roomID string)) (map[string]string, error) {
	if err != nil {
		return nil, fmt.Errorf("find rooms: %w", err)
	}
	rooms := make(map[string]string, len(rows))
	for _, row := range rows {
		id, roomID := of(row)
		rooms[id] = roomID
	}
	return rooms, nil
}

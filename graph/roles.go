package graph

import (
	"usher/graph/model"
	"usher/role"
)

// rolesWith returns what each role allows, with Chat & Collaboration on or off.
func rolesWith(chatAndCollaboration bool) []*model.RoleInfo {
	roles := make([]*model.RoleInfo, len(role.RoomRoles))
	for i, of := range role.RoomRoles {
		roles[i] = &model.RoleInfo{Role: of, Capabilities: role.Capabilities(of, chatAndCollaboration)}
	}
	return roles
}

package live_test

import (
	"encoding/json"
	"testing"

	"usher/ent/event"
	"usher/ent/schema"
	"usher/live/livetest"
	"usher/role"
)

// audiences are the audiences that the migration gave to the kinds of events of that time.
var audiences = map[string]int{
	"RoomUpdated": 0, "RoomDeleted": 0, "ManagerAdded": 3, "ManagerRemoved": 3, "SessionScheduled": 0, "SessionRescheduled": 0,
	"SessionStarted": 0, "SessionEnded": 0, "SessionCancelled": 0, "InvitationCreated": 3, "InvitationUpdated": 3, "InvitationOpened": 3,
	"InvitationRedeemed": 3, "RedemptionRefused": 3, "InvitationRevoked": 3, "DeviceReleased": 3, "LinkRegenerated": 3, "HostAsked": 3,
	"ParticipantChanged": 1, "ParticipantRemoved": 2, "RolePromoted": 1, "RoleDemoted": 1, "RoleDelivered": 2, "Unknown": 3,
}

func TestTheUpgradeSetsTheAudienceOfOldEvents(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustMigrateTo(t, databaseURL, 20261123234534)
		if _, err := db.ExecContext(t.Context(), "INSERT INTO rooms (id, title, created_at) VALUES ('r_1', 'Room', '2026-11-23 12:00:00+00:00')"); err != nil {
			t.Fatal(err)
		}
		revision := 0
		for kind := range audiences {
			for _, as := range []role.RoomRole{"", role.Viewer, role.Speaker, role.Moderator} {
				detail, err := json.Marshal(schema.EventDetail{Role: as})
				if err != nil {
					t.Fatal(err)
				}
				revision++
				_, err = db.ExecContext(t.Context(),
					"INSERT INTO events (room_id, revision, kind, at, detail) VALUES ('r_1', $1, $2, '2026-11-23 12:00:00+00:00', $3)",
					revision, kind, string(detail))
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		rows, err := livetest.MustOpen(t, databaseURL).Read.Event.Query().Order(event.ByRevision()).All(t.Context())
		if err != nil || len(rows) != revision {
			t.Fatalf("%d events are left of %d: %v", len(rows), revision, err)
		}
		for _, e := range rows {
			want := audiences[e.Kind]
			if e.Kind == "ParticipantChanged" && e.Detail.Role == role.Viewer {
				want = 2
			}
			if e.Audience != want {
				t.Errorf("%s of a %q is for %d, want %d", e.Kind, e.Detail.Role, e.Audience, want)
			}
		}
	})
}

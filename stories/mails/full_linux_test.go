package mails

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

func TestD5_AnEmailThatWasSentWhileTheDiskGotFullIsSentOnce(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	file, _ := live.SQLiteFile(strings.TrimPrefix(h.Storage[0], "--database-url="))
	full, program := make(chan struct{}), (*Child)(nil)
	box := &inbox{before: func() { // the email is claimed, and nothing more can be written
		defer close(full)
		if written, err := os.Stat(file + "-wal"); err != nil {
			t.Error(err)
		} else {
			program.LimitFiles(t, written.Size())
		}
	}}
	program = h.ServeApart(box.serve(t)...)
	room := h.Hall(h.User("ada@example.com"), nil)
	first, second := room.Invite("grace@example.org", nil), room.Invite("alan@example.org", nil)
	room.Host.Must("sendInvitations", Object{"roomId": room.ID, "invitationIds": []string{first.ID, second.ID}}, "queued")
	<-full
	for range 3 { // the server tries each second to record what it sent
		room.Host.Fails("SERVICE_UNAVAILABLE", "updateRoom", Object{"roomId": room.ID, "title": "Lost"})
		Same(t, "/readyz while the disk is full", h.Ready(), http.StatusServiceUnavailable)
		Same(t, "what managers see", append(mails(first), mails(second)...), []string{"INVITATION WAITING", "INVITATION WAITING"})
	}
	program.LimitFiles(t, -1)
	sent := []string{"INVITATION SENT"}
	h.WaitUntil("both are sent", func() bool { return slices.Equal(mails(first), sent) && slices.Equal(mails(second), sent) })
	ids := box.got()
	Same(t, "the emails", len(ids), 2)
	if ids[0] == ids[1] {
		t.Error("an email was sent twice")
	}
}

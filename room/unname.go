package room

import (
	"encoding/json"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/code"
	"usher/ent/device"
	"usher/ent/event"
	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/ent/mail"
	"usher/ent/participant"
	"usher/text"
)

// traces are the ids by which a room's rows refer to a person, and what they were called there.
type traces struct {
	account             string // empty without one
	invitations, places map[string]bool
	names               map[string]bool
}

// Traces are the ids by which rows of other packages refer to a person, and what they were called.
type Traces struct {
	Account       string // empty without one
	Places, Names []string
}

// unnamePage limits how many rows one statement reads or changes.
const unnamePage = 500

// unname removes what names a person from a room's rows. Some columns never change otherwise, so ent does not set them.
func unname(t *Turn, who erasable) (found Erased, err error) {
	invitations, err := t.Tx.Invitation.Query().Where(invitation.RoomID(t.Room.ID), invitation.Email(who.email)).All(t.ctx)
	if err != nil {
		return found, fmt.Errorf("read invitations: %w", err)
	}
	places, err := t.Tx.Participant.Query().Where(participant.RoomID(t.Room.ID), who.places()).All(t.ctx)
	if err != nil {
		return found, fmt.Errorf("read places: %w", err)
	}
	of := traces{invitations: map[string]bool{}, places: map[string]bool{}, names: map[string]bool{}}
	var devices []string
	if u := who.account; u != nil {
		of.account, of.names[text.FullName(u.FirstName, u.LastName)] = u.ID, true
	}
	for _, i := range invitations {
		of.invitations[i.ID], of.names[text.FullName(i.FirstName, i.LastName)] = true, true
		if i.DeviceID != nil {
			devices = append(devices, *i.DeviceID)
		}
	}
	for _, p := range places {
		of.places[p.ID], of.names[p.DisplayName] = true, true
	}
	found = Erased{Invitations: len(invitations), Participants: len(places)}
	if found.Events, err = unnameEvents(t, of); err != nil {
		return found, err
	}
	for _, tool := range t.tools {
		if tool.Written == nil {
			continue
		}
		if err := tool.Written.Erase(t.ctx, t, Traces{of.account, keysOf(of.places), keysOf(of.names)}); err != nil {
			return found, err
		}
	}
	if err := unnameInvitations(t, keysOf(of.invitations), devices); err != nil {
		return found, err
	}
	return found, unnamePlaces(t, keysOf(of.places))
}

func keysOf(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for id := range set {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// unnameInvitations removes what names a person from their invitations, and the devices that nobody else redeemed a link on.
func unnameInvitations(t *Turn, ids, devices []string) error {
	for page := range slices.Chunk(ids, unnamePage) {
		if _, err := t.Tx.GuestToken.Delete().Where(guesttoken.InvitationIDIn(page...)).Exec(t.ctx); err != nil {
			return fmt.Errorf("delete tokens: %w", err)
		}
		if _, err := t.Tx.Code.Delete().Where(code.InvitationIDIn(page...)).Exec(t.ctx); err != nil {
			return fmt.Errorf("delete codes: %w", err)
		}
		// What a mail server said about a mailbox may name its owner.
		if err := t.Tx.Mail.Update().Where(mail.InvitationIDIn(page...), mail.ReplyNEQ("")).SetReply("").Exec(t.ctx); err != nil {
			return fmt.Errorf("erase replies: %w", err)
		}
		err := execute(t, sql.Dialect(t.Tx.Dialect()).Update(invitation.Table).
			Set(invitation.FieldEmail, erasedEmail(invitation.FieldID)).Set(invitation.FieldEmailTyped, "").
			Set(invitation.FieldFirstName, text.ErasedFirstName).Set(invitation.FieldLastName, text.ErasedLastName).
			Set(invitation.FieldNameFolded, text.Searchable(text.ErasedName)).Set(invitation.FieldEmailFolded, text.Searchable()).
			Set(invitation.FieldHostMessage, "").Set(invitation.FieldHostAskedFor, "").SetNull(invitation.FieldHostAskedAt).SetNull(invitation.FieldDeviceID).
			Where(sql.In(invitation.FieldID, texts(page)...)))
		if err != nil {
			return fmt.Errorf("erase invitations: %w", err)
		}
	}
	for page := range slices.Chunk(devices, unnamePage) {
		_, err := t.Tx.Device.Delete().Where(device.IDIn(page...), device.Not(refersTo(invitation.Table, invitation.FieldDeviceID))).Exec(t.ctx)
		if err != nil {
			return fmt.Errorf("delete devices: %w", err)
		}
	}
	return nil
}

func unnamePlaces(t *Turn, ids []string) error {
	for page := range slices.Chunk(ids, unnamePage) {
		err := execute(t, sql.Dialect(t.Tx.Dialect()).Update(participant.Table).
			Set(participant.FieldEmail, erasedEmail(participant.FieldID)).Set(participant.FieldDisplayName, text.ErasedName).
			Set(participant.FieldNameFolded, text.Searchable(text.ErasedName)).Set(participant.FieldEmailFolded, text.Searchable()).
			Set(participant.FieldHandNote, "").
			Where(sql.In(participant.FieldID, texts(page)...)))
		if err != nil {
			return fmt.Errorf("erase places: %w", err)
		}
	}
	return nil
}

// unnameEvents removes what names a person from the events that they did, and from those about them. It returns their number.
func unnameEvents(t *Turn, of traces) (changed int, err error) {
	for after := 0; ; {
		page, err := t.Tx.Event.Query().Where(event.RoomID(t.Room.ID), event.RevisionGT(after)).Order(event.ByRevision()).Limit(unnamePage).All(t.ctx)
		if err != nil {
			return changed, fmt.Errorf("read events: %w", err)
		}
		var actors []any
		for _, e := range page {
			after = e.Revision
			by, about := of.did(e), of.concern(e)
			detail := e.Detail
			rewritten := (by || about) && detail.Unname(text.ErasedName)
			if by && e.Actor != text.ErasedName {
				actors = append(actors, e.ID)
			}
			if rewritten {
				if err := setDetail(t, e.ID, detail); err != nil {
					return changed, err
				}
			}
			if rewritten || by {
				changed++
			}
		}
		if len(actors) > 0 {
			err := execute(t, sql.Dialect(t.Tx.Dialect()).Update(event.Table).Set(event.FieldActor, text.ErasedName).Where(sql.In(event.FieldID, actors...)))
			if err != nil {
				return changed, fmt.Errorf("erase actors: %w", err)
			}
		}
		if len(page) < unnamePage {
			return changed, nil
		}
	}
}

func setDetail(t *Turn, id int, detail any) error {
	content, err := json.Marshal(detail)
	if err == nil {
		err = execute(t, sql.Dialect(t.Tx.Dialect()).Update(event.Table).Set(event.FieldDetail, content).Where(sql.EQ(event.FieldID, id)))
	}
	return wrapped("erase in event", err)
}

// did reports whether the person did something. Events from before guests' places were stored tell guests only by their names.
func (of traces) did(e *ent.Event) bool {
	switch {
	case e.Actor == "":
		return false
	case e.Detail.ActorPlace != "":
		return of.places[e.Detail.ActorPlace]
	case e.ActorUserID != "":
		return of.account == e.ActorUserID || e.Kind == invitationRedeemed.Name && of.concern(e)
	}
	return of.names[e.Actor]
}

// concern reports whether something is about the person.
func (of traces) concern(e *ent.Event) bool {
	return of.invitations[e.InvitationID] || of.places[e.ParticipantID] || of.account != "" && e.UserID == of.account
}

// erasedEmail makes an address that stands for the erased one, different in each row.
func erasedEmail(column string) any {
	return sql.Expr("'" + text.ErasedPrefix + "' || " + column)
}

func texts(values []string) []any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}

func execute(t *Turn, u *sql.UpdateBuilder) error {
	query, args := u.Query()
	_, err := t.Tx.ExecContext(t.ctx, query, args...)
	return err
}

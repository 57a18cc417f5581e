// Package rights asks the API for everything as everybody, and compares the answers with tables.
// Nothing imports it.
package rights

import (
	"slices"
	"strings"
	"testing"
)

// Who may ask for what (R1 to R7). Each field of Query, Subscription and Mutation has a line, or several if the answer depends on its
// subject. The lines are asked in this order, by each asker in a room of their own (askers_test.go lists them). What is allowed
// happens, and what is refused leaves no event.
//
// ok: it is answered, or done · - : null, as if it were not there (R6) · U: UNAUTHENTICATED · F: FORBIDDEN · N: NOT_FOUND ·
// small letters: the Problem of problemMarks.
const rights = `
                                 nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel

me                               ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
serverTime                       ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
room                             -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
node, the room                   -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
node, its session                -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
node, its owner                  -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
node, an account elsewhere       -   -   -   -   -   -   -   -   -   -   -   -   -   -   ok  -   -   -   -
node, a viewer                   -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
node, a speaker                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
node, one's own place            -   -   -   -   ok  ok  ok  ok  ok  ok  -   -   -   -   -   ok  -   -   -
node, an invitation              -   -   -   -   -   -   -   -   -   -   ok  ok  ok  ok  ok  -   -   -   -
node, one's own invitation       -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
node, a message                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
node, one of the backchannel     -   -   -   -   -   -   ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
node, a question                 -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
node, a question that waits      -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
rooms                            U   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  U   U   U
readAddress                      U   ok  ok  ok  U   ok  U   U   U   U   ok  ok  ok  ok  ok  U   U   U   U
userSearch                       U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
invitedBefore                    U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
invitePreview                    U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
invitationLink                   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
handOver                         -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
sitePolicy                       U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
roles                            ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok

roomEvents                       U   N   N   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  U   U   U
presence                         U   N   N   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  U   U   U
tally                            U   N   N   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  U   U   U
invitationLink, watched          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
handOver, watched                N   N   N   N   N   N   N   N   N   N   N   N   N   N   N   N   N   N   N

signIn                           ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
signOut                          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
setUp                            lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv
askHandOver                      ina ina ina ina ina ina ina ina ina ina ina ina ina ina ina ina ina ina ina
redeemInvitation                 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
askHost                          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
sendCode                         mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof
moveInvitation                   mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof
updateSitePolicy                 U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
siteAbout                        U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
siteStatus                       U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
mailStatus                       U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
testMail                         U   F   F   F   F   F   F   F   F   F   F   F   F   F   mof F   U   U   U
stopMail                         lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv
program                          U   ok  ok  ok  U   ok  U   U   U   U   ok  ok  ok  ok  ok  U   U   U   U
site                             ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
needsSetUp                       ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
users                            U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
passwordLink                     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
addUser                          U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
updateUser                       U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
createPasswordLink               U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
forgotPassword                   mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof mof
usePasswordLink                  lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv lnv
changePassword                   U   icr icr icr U   icr U   U   U   U   icr icr icr icr icr U   U   U   U
changeName                       U   ok  ok  ok  U   ok  U   U   U   U   ok  ok  ok  ok  ok  U   U   U   U
erasePerson                      U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U

createRoom                       U   ok  ok  ok  U   ok  U   U   U   U   ok  ok  ok  ok  ok  U   U   U   U
updateRoom                       U   N   N   F   F   F   F   F   F   F   F   ok  ok  ok  ok  F   U   U   U
removeManager, the last OWNER    U   N   N   F   F   F   F   F   F   F   F   F   F   low low F   U   U   U
addManager                       U   N   N   F   F   F   F   F   F   F   F   F   ok  ok  ok  F   U   U   U
removeManager                    U   N   N   F   F   F   F   F   F   F   F   F   ok  ok  ok  F   U   U   U
addManager, as OWNER             U   N   N   F   F   F   F   F   F   F   F   F   F   ok  ok  F   U   U   U

inviteUser                       U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
sendInvitations                  U   N   N   F   F   F   F   F   F   F   mof mof mof mof mof F   U   U   U
inviteUsers                      U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
updateInvitation                 U   N   N   N   N   N   N   N   N   N   ok  ok  ok  ok  ok  N   U   U   U
updateInvitation, one's own      U   N   N   N   N   N   N   N   N   N   N   N   N   N   N   N   U   U   U
releaseDevice                    U   N   N   N   N   N   N   N   N   N   ok  ok  ok  ok  ok  N   U   U   U
vouchFor                         U   N   N   N   N   N   N   N   N   N   ok  ok  ok  ok  ok  N   U   U   U
regenerateLink                   U   N   N   N   N   N   N   N   N   N   ok  ok  ok  ok  ok  N   U   U   U
revokeInvitation                 U   N   N   N   N   N   N   N   N   N   ok  ok  ok  ok  ok  N   U   U   U

sendMessage                      U   N   N   F   ok  ok  ok  ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
sendMessage, backchannel         U   N   N   F   F   F   ok  ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
editMessage, one's own           U   N   N   N   ok  ok  ok  ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
editMessage                      U   N   N   N   F   F   F   F   N   N   F   F   F   F   F   N   U   U   U
deleteMessage, one's own         U   N   N   N   ok  ok  ok  ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
deleteMessage                    U   N   N   N   F   F   F   F   N   N   F   F   F   F   F   N   U   U   U
hideMessage                      U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
restoreMessage                   U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
pinMessage                       U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
unpinMessage                     U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
hideMessagesOf                   U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
hideMessagesOf, a speaker        U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
clearChannel                     U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
updateTools                      U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
muteParticipant                  U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
muteParticipant, a moderator     U   N   N   N   F   F   F   F   N   N   ok  ok  ok  ok  ok  N   U   U   U
muteParticipant, a manager       U   N   N   N   F   F   F   alm N   N   alm alm alm alm alm N   U   U   U
muteParticipant, oneself         U   N   N   N   F   F   F   F   F   F   N   N   N   N   N   F   U   U   U
unmuteParticipant                U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U

raiseHand                        U   N   N   F   ok  ok  ok  inv F   F   F   F   F   F   F   F   U   U   U
lowerHand                        U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
lowerHand, one's own             U   N   N   N   ok  ok  ok  ok  F   F   N   N   N   N   N   F   U   U   U
declineHand                      U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
declineHand, a speaker           U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
lowerHand, a speaker             U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
react                            U   N   N   F   ok  ok  ok  ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
lowerAllHands                    U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
askQuestion                      U   N   N   F   ok  ok  ok  ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
upvoteQuestion                   U   N   N   N   ok  ok  ok  ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
upvoteQuestion, one's own        U   N   N   N   F   F   F   F   N   N   F   F   F   F   F   N   U   U   U
publishQuestion                  U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
takeQuestion                     U   N   N   N   F   F   ok  ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
releaseQuestion                  U   N   N   N   F   F   ok  ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
answerQuestion                   U   N   N   N   F   F   ok  ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
reopenQuestion                   U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
muteAsker                        U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
muteAsker, one's own             U   N   N   N   F   F   F   F   N   N   F   F   F   F   F   N   U   U   U
withdrawQuestion, one's own      U   N   N   N   ok  ok  ok  ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
withdrawQuestion                 U   N   N   N   F   F   F   F   N   N   F   F   F   F   F   N   U   U   U
dismissQuestion                  U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U

node, an interaction             -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
node, a drafted one              -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
createInteraction                U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
updateInteraction                U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
copyInteraction                  U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
copyInteraction, a stopped one   U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
deleteInteraction                U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
answerInteraction                U   N   N   F   ok  ok  ok  ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
hideAnswer                       U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
shareResults                     U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
stopInteraction                  U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
startInteraction                 U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U

acknowledgeRole                  U   N   N   N   ok  ok  ok  ok  ok  ok  N   N   N   N   N   ok  U   U   U
admitParticipant                 U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
denyParticipant                  U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
denyParticipant, a manager       U   N   N   N   F   F   F   alm N   N   alm alm alm alm alm N   U   U   U
admitAll                         U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
admitParticipants                U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
denyParticipants                 U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
denyAll                          U   N   N   F   F   F   F   ok  F   F   ok  ok  ok  ok  ok  F   U   U   U
changeRole                       U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
changeRole, a speaker's          U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
changeRole, to MODERATOR         U   N   N   N   N   N   N   F   N   N   ok  ok  ok  ok  ok  N   U   U   U
changeRole, a moderator's        U   N   N   N   F   F   F   F   N   N   ok  ok  ok  ok  ok  N   U   U   U
changeRole, one's own            U   N   N   N   F   F   F   F   F   F   N   N   N   N   N   F   U   U   U
changeRole, a manager's          U   N   N   N   F   F   F   alm N   N   alm alm alm alm alm N   U   U   U
removeParticipant                U   N   N   N   N   N   N   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
removeParticipant, a speaker     U   N   N   N   F   F   F   ok  N   N   ok  ok  ok  ok  ok  N   U   U   U
removeParticipant, a moderator   U   N   N   N   F   F   F   F   N   N   ok  ok  ok  ok  ok  N   U   U   U
removeParticipant, a manager     U   N   N   N   F   F   F   alm N   N   alm alm alm alm alm N   U   U   U
removeParticipant, oneself       U   N   N   N   F   F   F   F   F   F   N   N   N   N   N   F   U   U   U
unblockParticipant               U   N   N   N   N   N   N   F   N   N   ok  ok  ok  ok  ok  N   U   U   U
leaveRoom                        U   N   N   N   ok  ok  ok  ok  ok  ok  N   N   N   N   N   ok  U   U   U
enterRoom                        U   N   N   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  pbl U   U
leaveRoom, once entered          U   N   N   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  U   U   U

offerHandOver                    U   N   N   F   ok  ok  ok  ok  ok  ok  F   F   F   F   F   ok  U   U   U
answerHandOver, one's own        U   N   N   N   ok  ok  ok  ok  ok  ok  N   N   N   N   N   ok  U   U   U
answerHandOver                   U   N   N   N   N   N   N   N   N   N   N   N   N   N   N   N   U   U   U

cancelSession, an open one       U   N   N   F   F   F   F   F   F   F   sop sop sop sop sop F   U   U   U
endSession                       U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
startSession, an ended one       U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
rescheduleSession, an open one   U   N   N   F   F   F   F   F   F   F   sop sop sop sop sop F   U   U   U
scheduleSession, beside it       U   N   N   F   F   F   F   F   F   F   sex sex sex sex sex F   U   U   U
deleteRoom                       U   N   N   F   F   F   F   F   F   F   F   F   ok  ok  ok  F   U   U   U

signOutEverywhere                U   ok  ok  ok  U   ok  U   U   U   U   ok  ok  ok  ok  ok  U   U   U   U
`

var problemMarks = map[string]string{
	"U": "UNAUTHENTICATED", "F": "FORBIDDEN", "N": "NOT_FOUND",
	"alm": "ALREADY_MANAGER", "icr": "INVALID_CREDENTIALS", "ina": "INVITATION_NOT_ACTIVE", "inv": "INVALID_VALUE", "lnv": "LINK_NOT_VALID", "mof": "MAIL_OFF", "low": "LAST_OWNER", "pbl": "PARTICIPANT_BLOCKED",
	"sex": "SESSION_EXISTS", "sop": "SESSION_OPEN",
}

// right is one of a table.
type right struct {
	name  string
	cells map[string]string // by the asker's mark
}

// Field returns the field that the line tests.
func (l right) Field() string { field, _, _ := strings.Cut(l.name, ","); return field }

// mustReadTable reads a table of rights. Its head names the askers, and each line has a cell for each of them.
func mustReadTable(t *testing.T, table string) (lines []right) {
	t.Helper()
	head, body, _ := strings.Cut(strings.Trim(table, "\n"), "\n")
	marks := strings.Fields(head)
	for _, who := range askers {
		if !slices.Contains(marks, who.mark) {
			t.Errorf("%s has no column", who.who)
		}
	}
	if len(marks) != len(askers) {
		t.Fatalf("the table has %d columns, there are %d askers", len(marks), len(askers))
	}
	first := strings.Index(head, marks[0])
	for text := range strings.Lines(body) {
		if strings.TrimSpace(text) == "" {
			continue
		}
		l := right{strings.TrimSpace(text[:first]), map[string]string{}}
		cells := strings.Fields(text[first:])
		if len(cells) != len(marks) {
			t.Fatalf("the line of %s has %d cells", l.name, len(cells))
		}
		for i, mark := range marks {
			l.cells[mark] = cells[i]
		}
		lines = append(lines, l)
	}
	return lines
}

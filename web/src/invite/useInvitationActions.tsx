import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { type InvitationPartsFragment, RegenerateLinkDocument, ReleaseDeviceDocument, type RoomRole, SendInvitationsDocument, UpdateInvitationDocument, VouchForDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Confirm } from '../ui/Dialog'
import { RenewDialog, RevokeDialog } from './AskDialogs'
import { ExtendDialog, LinkDialog, QrDialog } from './InvitationDialogs'
import { useSiteMail } from './useSending'

type Question = 'qr' | 'extend' | 'release' | 'renew' | 'revoke' | 'link'

export interface InvitationActions {
  /** Opens the dialog of an action. An action that cuts somebody off asks once. */
  ask: (question: Question, invitation: InvitationPartsFragment) => void
  /** Changes the role at once, with a way to undo it. */
  changeRole: (invitation: InvitationPartsFragment, role: RoomRole) => void
  /** Makes an expired link work until the session ends, at once. */
  letIn: (invitation: InvitationPartsFragment) => void
  /** Releases the old device at once, for an invitee who asked for it. */
  release: (invitation: InvitationPartsFragment) => void
  /** Lets the invitee in without a code from the mailbox. */
  vouch: (invitation: InvitationPartsFragment) => void
  /** Emails the link, where the site sends emails. */
  send?: (invitation: InvitationPartsFragment) => void
}

/** Returns what makes the undo of a role pointless when it changes: the roles, and whether the invitation stands. */
export function rolesOf({ role, participant, status }: InvitationPartsFragment): string {
  return `${role} ${participant?.role} ${status === 'REVOKED' || status === 'CLOSED'}`
}

/** Returns the actions on invitations, which stay the same, and the dialog that is open for one. */
export function useInvitationActions(roomId: string): [InvitationActions, ReactNode] {
  const { toast } = useVoice()
  const [update] = useDo(UpdateInvitationDocument)
  const [regenerate] = useDo(RegenerateLinkDocument)
  const [releaseDevice, releasing] = useDo(ReleaseDeviceDocument)
  const [vouchFor] = useDo(VouchForDocument)
  const [send] = useDo(SendInvitationsDocument)
  const canSend = useSiteMail() !== null
  const [open, setOpen] = useState<{ question: Question; invitation: InvitationPartsFragment } | null>(null)
  const close = useCallback(() => setOpen(null), [])

  const release = useCallback(
    async (invitation: InvitationPartsFragment) => {
      const done = await releaseDevice({ invitationId: invitation.id })
      close()
      if (done) toast({ text: t.invitations.released(invitation.name) })
    },
    [releaseDevice, close, toast],
  )
  const renew = useCallback(
    async (invitation: InvitationPartsFragment) => {
      const done = await regenerate({ invitationId: invitation.id })
      setOpen(done ? { question: 'link', invitation: done.invitation } : null)
    },
    [regenerate],
  )
  const actions: InvitationActions = useMemo(
    () => ({
      ask: (question, invitation) => {
        // A new link cuts nobody off if the old one was not used.
        if (question === 'renew' && invitation.status !== 'REDEEMED' && invitation.status !== 'OPENED' && invitation.status !== 'PENDING') return void renew(invitation)
        setOpen({ question, invitation })
      },
      changeRole: (invitation, role) => {
        const before = invitation.role
        void update({ input: { invitationId: invitation.id, role } }).then(
          (done) =>
            done &&
            toast({
              text: t.invitations.roleChanged(invitation.name, t.roles[role]),
              undo: { label: t.undo, run: () => void update({ input: { invitationId: invitation.id, role: before } }), of: { id: invitation.id, revision: rolesOf(done.invitation) } },
            }),
        )
      },
      letIn: (invitation) =>
        void update({ input: { invitationId: invitation.id, untilSessionEnds: true } }).then((done) => done && toast({ text: t.invitations.worksAgain(invitation.name) })),
      release: (invitation) => void release(invitation),
      vouch: ({ id, name }) => void vouchFor({ invitationId: id }).then((done) => done && toast({ text: t.invitations.vouched(name) })),
      send: canSend
        ? ({ id, email }) => void send({ input: { roomId, invitationIds: [id] } }).then((done) => done && toast({ text: done.queued > 0 ? t.mail.onItsWayTo(email) : t.mail.skipped }))
        : undefined,
    }),
    [renew, release, update, vouchFor, send, canSend, roomId, toast],
  )

  if (!open) return [actions, null]
  const { question, invitation } = open
  const words = t.invitations.confirm
  switch (question) {
    case 'qr':
      return [actions, <QrDialog key="qr" invitation={invitation} onClose={close} />]
    case 'link':
      return [actions, <LinkDialog key="link" invitation={invitation} roomId={roomId} onClose={close} />]
    case 'extend':
      return [actions, <ExtendDialog key="extend" invitation={invitation} onClose={close} />]
    case 'release':
      return [
        actions,
        <Confirm key="release" title={words.release(invitation.name)} text={words.releaseText} confirm={t.invitations.releaseOld} busy={releasing} onClose={close} onConfirm={() => void release(invitation)} />,
      ]
    case 'renew':
      return [actions, <RenewDialog key="renew" invitation={invitation} onClose={close} onDone={(renewed) => setOpen({ question: 'link', invitation: renewed })} />]
    case 'revoke':
      return [actions, <RevokeDialog key="revoke" invitation={invitation} onClose={close} />]
  }
}

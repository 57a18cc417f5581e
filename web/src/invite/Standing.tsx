import { type InvitationPartsFragment, RegenerateLinkDocument, type RoomRole, UpdateInvitationDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/Copy'

interface StandingProps {
  invitation: InvitationPartsFragment
  role: RoomRole | null
  onDone: (invitation: InvitationPartsFragment) => void
  onFault: (text: string) => void
}

/** Offers what to do about somebody who is already invited. */
export function Standing({ invitation, role, onDone, onFault }: StandingProps) {
  const [update, updating] = useRun(UpdateInvitationDocument)
  const [regenerate, regenerating] = useRun(RegenerateLinkDocument)
  const settle = (outcome: Awaited<ReturnType<typeof update>> | Awaited<ReturnType<typeof regenerate>>) => {
    if ('answer' in outcome) onDone(outcome.answer.invitation)
    else onFault('problem' in outcome ? outcome.problem.message : outcome.fault)
  }
  return (
    <div className="cluster">
      {role && role !== invitation.role && (
        <Button size="small" busy={updating} onClick={() => void update({ input: { invitationId: invitation.id, role } }).then(settle)}>
          {t.invite.changeTo(t.roles[role])}
        </Button>
      )}
      {invitation.link && <CopyButton size="small" text={invitation.link} />}
      <Button size="small" kind="quiet" busy={regenerating} onClick={() => void regenerate({ invitationId: invitation.id }).then(settle)}>
        {t.invite.newLink}
      </Button>
    </div>
  )
}

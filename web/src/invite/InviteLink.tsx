import type { InvitationPartsFragment } from '../graphql/generated/graphql'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { CopyButton } from '../ui/Copy'
import { Field } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import { dayAndClock } from '../ui/time'
import { QrCode } from '../ui/QrCode'
import { SendLink } from './SendLink'
import { Share } from './Share'
import { useSiteMail } from './useSending'
import './InviteLink.css'

/** Shows the link, ways to share it, and what the invitee needs. */
export function InviteLink({ invitation, roomId, title }: { invitation: InvitationPartsFragment; roomId: string; title?: string }) {
  const mail = useSiteMail() !== null
  const { firstName, name, email, role, link, expiresAt, session } = invitation
  return (
    <>
      <div className="cluster">
        <Avatar name={name} />
        <div>
          <div className="strong">
            <Name>{name}</Name>
          </div>
          <div className="small soft wrap">
            {email} · {t.roles[role]}
          </div>
        </div>
      </div>
      {link ? (
        <>
          <Field label={t.invite.link}>
            {(control) => (
              <div className="link-box">
                <input className="link-box__url" readOnly value={link} onFocus={(event) => event.target.select()} {...control} />
                <CopyButton kind="primary" text={link} autoFocus />
              </div>
            )}
          </Field>
          {mail ? <SendLink invitation={invitation} roomId={roomId} /> : <Share invitation={invitation} title={title} />}
          <div className="share">
            <QrCode text={link} label={t.invite.qrOf} />
            <ul className="facts small">
              <li>
                <Icon name="mail" />
                <span className="wrap">
                  <Say text={t.invite.needsEmail} name={<Name>{firstName}</Name>} email={<b className="strong">{email}</b>} />
                </span>
              </li>
              <li>
                <Icon name="device" />
                <span>{t.invite.oneDevice}</span>
              </li>
              <li>
                <Icon name="clock" />
                <span>{expiresAt ? t.invite.until(dayAndClock(expiresAt)) : session.endsAt ? t.invite.untilEnd(dayAndClock(session.endsAt)) : t.invite.untilEndOpen}</span>
              </li>
              {!mail && (
                <li>
                  <Icon name="lock" />
                  <span>{t.invite.sendIt}</span>
                </li>
              )}
            </ul>
          </div>
        </>
      ) : (
        <p className="soft">{t.invite.noLink}</p>
      )}
    </>
  )
}

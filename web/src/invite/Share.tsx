import { useState } from 'react'
import type { InvitationPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button, buttonClass } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Icon } from '../ui/Icon'

type Language = keyof typeof t.message.languages

/** Returns a ready message to an invitee: what it is about, and the text with the link. */
export function messageTo({ firstName, role, link, email, session }: InvitationPartsFragment, title: string | undefined, language: Language) {
  const { subject, text, roles } = t.letter
  const day = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'full', timeStyle: 'short' }).format(new Date(session.startsAt))
  const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'longOffset' }).formatToParts(new Date(session.startsAt)).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return { subject: subject[language](title ?? day), text: text[language](firstName, roles[language][role], `${day} (${zone})`, link ?? '', email) }
}

/** Ways to pass on a link without the site's mail: by one's own mail program, by the device, or as a ready message. */
export function Share({ invitation, title }: { invitation: InvitationPartsFragment; title?: string }) {
  const { toast } = useVoice()
  const [language, setLanguage] = useState<Language>(t.language)
  const { subject, text } = messageTo(invitation, title, language)
  const share = () =>
    void navigator.share({ title: subject, text }).catch((cause: unknown) => {
      if (!(cause instanceof DOMException && cause.name === 'AbortError')) toast({ text: t.message.failed, failed: true })
    })
  return (
    <div className="cluster">
      <select className="input share__language" aria-label={t.message.language} value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
        {Object.entries(t.message.languages).map(([name, words]) => (
          <option key={name} value={name} lang={name}>
            {words}
          </option>
        ))}
      </select>
      <CopyButton size="small" text={text} words={t.message.copy} />
      <a className={buttonClass(undefined, 'small')} href={`mailto:${encodeURIComponent(invitation.email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`}>
        <Icon name="mail" />
        {t.message.email}
      </a>
      {'share' in navigator && (
        <Button size="small" onClick={share}>
          {t.message.share}
        </Button>
      )}
    </div>
  )
}

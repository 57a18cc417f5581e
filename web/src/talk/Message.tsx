import { memo } from 'react'
import { Avatar } from '../people/Avatar'
import { part } from '../shell/part'
import { t } from '../texts'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import { clock, exact } from '../ui/time'
import { MenuButton } from '../shell/MenuButton'
import type { Message as Row } from './messages'
import { Words } from './Words'

const MessageMenu = part(() => import('./MessageMenu'))

/** What can be done with a message. */
export type Action = 'reply' | 'mention' | 'edit' | 'delete' | 'pin' | 'unpin' | 'hide' | 'restore' | 'hideAll'

interface MessageProps {
  row: Row
  meId: string
  /** It comes soon after another of the same author. */
  more: boolean
  writes: boolean
  moderates: boolean
  pinned: boolean
  onAct: (row: Row, action: Action) => void
}

/** One message, with what the reader can do about it. Drawn again only if it changed. */
export const Message = memo(function Message({ row, meId, more, writes, moderates, pinned, onAct }: MessageProps) {
  const { author, state, text } = row
  const mine = author.participantId === meId
  const toMe = !mine && (row.mentions.some(({ participantId }) => participantId === meId) || row.replyTo?.author.participantId === meId)
  const names = ['message']
  if (more) names.push('message--more')
  if (toMe) names.push('message--me')
  if (state === 'HIDDEN') names.push(moderates ? 'message--struck' : 'message--gone')
  const act = (action: Action) => onAct(row, action)
  const shown = state === 'SHOWN'
  const acts = shown && (writes || mine || moderates)
  return (
    <li className={names.join(' ')}>
      {!more && <Avatar name={author.name} size="small" />}
      <div className="message__body">
        {!more && (
          <div className="message__head">
            <span className="message__who">{mine ? t.you : <Name>{author.name}</Name>}</span>
            {author.host ? <Badge>{t.room.host}</Badge> : author.role && author.role !== 'VIEWER' && <Badge>{t.roles[author.role]}</Badge>}
            <time dateTime={row.at} title={exact(row.at)}>
              {clock(row.at)}
            </time>
            {row.editedAt && shown && <span className="message__note">{t.talk.edited}</span>}
          </div>
        )}
        {row.replyTo && (
          <p className="message__reply">
            <Icon name="reply" />
            <span className="clip">
              <Say text={t.talk.replyTo} name={<Name>{row.replyTo.author.name}</Name>} words={<bdi>{row.replyTo.text ?? (row.replyTo.state === 'DELETED' ? t.talk.deleted : row.replyTo.state === 'HIDDEN' ? t.talk.hidden : '…')}</bdi>} />
            </span>
          </p>
        )}
        {text && (
          <p className="message__text" dir="auto">
            <Words text={text} names={row.mentions.map(({ name }) => name)} />
          </p>
        )}
        {state === 'HIDDEN' && (
          <span className="message__note">
            <Icon name="eye-off" />
            {mine && text && !moderates ? t.talk.hiddenFromMe : moderates && row.hiddenBy ? t.talk.hiddenBy(row.hiddenBy) : t.talk.hidden}
            {moderates && (
              <Button kind="text" size="small" onClick={() => act('restore')}>
                {t.talk.restore}
              </Button>
            )}
          </span>
        )}
        {state === 'DELETED' && (
          <span className="message__note">
            <Icon name="trash" />
            {t.talk.deleted}
          </span>
        )}
      </div>
      {acts && (
        <div className="message__tools">
          {writes && <Button kind="quiet" size="small" icon="reply" aria-label={t.talk.replyNamed(author.name)} onClick={() => act('reply')} />}
          <MenuButton icon="more" label={t.talk.moreFor(author.name)}>
            {(opened) => <MessageMenu row={row} mine={mine} writes={writes} moderates={moderates} pinned={pinned} onAct={act} {...opened} />}
          </MenuButton>
        </div>
      )}
    </li>
  )
})

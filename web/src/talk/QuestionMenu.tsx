import { useId } from 'react'
import { DismissQuestionDocument, MuteAskerDocument, ReleaseQuestionDocument, ReopenQuestionDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { MenuItem, MenuList } from '../ui/Menu'
import type { Opened } from '../shell/MenuButton'
import type { Question } from './questions'

/** Lists what moderators can do with a question besides what its buttons do. */
export default function QuestionMenu({ row, opener, open, setOpen }: Opened & { row: Question }) {
  const [dismiss] = useDo(DismissQuestionDocument)
  const [reopen] = useDo(ReopenQuestionDocument)
  const [release] = useDo(ReleaseQuestionDocument)
  const [mute] = useDo(MuteAskerDocument)
  const questionId = row.id
  const over = row.state === 'ANSWERED' || row.state === 'DISMISSED'
  return (
    <MenuList id={useId()} label={t.questions.more} opener={opener} focus="first" open={open} setOpen={setOpen}>
      {over && <MenuItem icon="refresh" onClick={() => void reopen({ questionId })}>{t.questions.reopen}</MenuItem>}
      {row.takenBy && <MenuItem icon="unlink" onClick={() => void release({ questionId })}>{t.questions.release}</MenuItem>}
      {(row.state === 'OPEN' || row.state === 'ANSWERED') && <MenuItem icon="x" onClick={() => void dismiss({ questionId })}>{t.questions.dismiss}</MenuItem>}
      {!row.mine && (
        <MenuItem icon="pause" danger={!row.askerMuted} onClick={() => void mute({ questionId, on: !row.askerMuted })}>
          {row.askerMuted ? t.questions.unmuteAsker : t.questions.muteAsker}
        </MenuItem>
      )}
    </MenuList>
  )
}

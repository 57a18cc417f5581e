import { useId } from 'react'
import { type QuestionMode, type QuestionRulesFragment, UpdateToolsDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { MenuChoice, MenuList, MenuNote, MenuRule } from '../ui/Menu'
import type { Opened } from '../shell/MenuButton'

const modes: QuestionMode[] = ['OPEN', 'MODERATED', 'OFF']

/** Lists what moderators set for questions. */
export default function QuestionSettings({ roomId, rules, opener, open, setOpen }: Opened & { roomId: string; rules: QuestionRulesFragment }) {
  const [update] = useDo(UpdateToolsDocument)
  return (
    <MenuList id={useId()} label={t.questions.settings} opener={opener} focus="first" open={open} setOpen={setOpen}>
      <MenuNote>{t.questions.newOnes}</MenuNote>
      {modes.map((mode) => (
        <MenuChoice key={mode} name="questions" value={mode} checked={mode === rules.questions} onChoose={() => void update({ input: { roomId, questions: mode } })}>
          {t.questions.modes[mode]}
        </MenuChoice>
      ))}
      <MenuRule />
      <MenuNote>{t.questions.withoutName}</MenuNote>
      {[true, false].map((on) => (
        <MenuChoice key={String(on)} name="anonymous" value={String(on)} checked={on === rules.anonymousQuestions} onChoose={() => void update({ input: { roomId, anonymousQuestions: on } })}>
          {on ? t.questions.allowed : t.questions.notAllowed}
        </MenuChoice>
      ))}
    </MenuList>
  )
}

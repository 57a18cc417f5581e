import { useId } from 'react'
import { UpdateToolsDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import type { Opened } from '../shell/MenuButton'
import { t } from '../texts'
import { MenuChoice, MenuList, MenuNote, MenuRule } from '../ui/Menu'

export interface Switches {
  hands: boolean
  reactions: boolean
}

/** Lists what moderators set for hands and reactions. */
export default function HandSettings({ roomId, hands, reactions, opener, open, setOpen }: Opened & Switches & { roomId: string }) {
  const [update] = useDo(UpdateToolsDocument)
  const choices = (name: keyof Switches, now: boolean) =>
    [true, false].map((on) => (
      <MenuChoice key={String(on)} name={name} value={String(on)} checked={on === now} onChoose={() => void update({ input: { roomId, [name]: on } })}>
        {on ? t.gesture.everyone[name] : t.gesture.nobody[name]}
      </MenuChoice>
    ))
  return (
    <MenuList id={useId()} label={t.gesture.settings} opener={opener} focus="first" open={open} setOpen={setOpen}>
      <MenuNote>{t.gesture.hands}</MenuNote>
      {choices('hands', hands)}
      <MenuRule />
      <MenuNote>{t.gesture.reactionsTitle}</MenuNote>
      {choices('reactions', reactions)}
    </MenuList>
  )
}

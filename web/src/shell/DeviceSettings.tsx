import { useState } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Chips } from '../ui/Chips'
import { Dialog } from '../ui/Dialog'
import { type Language, chooseLanguage, chosenLanguage } from '../ui/language'
import { prefer, usePreference } from '../ui/preference'
import { clock } from '../ui/time'

const { themes, clocks, languages } = t.device
const themeChoices = [['system', themes.system], ['light', themes.light], ['dark', themes.dark]] as const
const clockChoices = [['automatic', clocks.automatic], ['12', clocks[12]], ['24', clocks[24]]] as const
const languageChoices = [['browser', t.device.asBrowser], ['en', languages.en], ['de', languages.de]] as const

/** Lets people choose how this browser shows things and sounds. */
export function DeviceSettings() {
  const theme = usePreference('theme')
  const hours = usePreference('clock')
  const sound = usePreference('sound')
  const [now] = useState(() => new Date().setHours(18, 20))
  return (
    <>
      <Chips label={t.device.theme} labelled options={themeChoices} value={theme ?? 'system'} onChange={(value) => prefer('theme', value === 'system' ? null : value)} />
      <div className="stack stack--tight">
        <Chips label={t.device.clock} labelled options={clockChoices} value={hours ?? 'automatic'} onChange={(value) => prefer('clock', value === 'automatic' ? null : value)} />
        <p className="small soft">{t.device.example(clock(now))}</p>
      </div>
      <Check checked={sound !== 'off'} label={t.device.sound} note={t.device.soundNote} onChange={(on) => prefer('sound', on ? null : 'off')} />
      <div className="stack stack--tight">
        <Chips label={t.device.language} labelled options={languageChoices} value={chosenLanguage() ?? 'browser'} onChange={speak} />
        <p className="small soft">{t.device.languageNote}</p>
      </div>
    </>
  )
}

/** The server sends the page in the other language: no page has both. */
function speak(language: 'browser' | Language) {
  chooseLanguage(language === 'browser' ? null : language)
  location.reload()
}

/** Shows the choices to people without an account here. */
export default function DeviceDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title={t.display}
      subtitle={t.device.note}
      onClose={onClose}
      foot={
        <Button kind="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      <DeviceSettings />
    </Dialog>
  )
}

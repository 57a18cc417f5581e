import { type ComponentProps, useEffect, useState } from 'react'
import { t } from '../texts'
import { useVoice } from './Announcer'
import { Button } from './Button'

/** Copies text to the clipboard, in old browsers too. Returns whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'visually-hidden'
    document.body.append(area)
    const focused = document.activeElement
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
    return done
  }
}

/** A button that copies, then reads “Copied” for two seconds. */
export function CopyButton({ text, label, words = t.copyLink, ...rest }: { text: string; label?: string; words?: string } & ComponentProps<typeof Button>) {
  const [copied, setCopied] = useState(false)
  const { say } = useVoice()
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      {...rest}
      icon={copied ? 'check' : 'copy'}
      aria-label={label}
      onClick={() =>
        void copyText(text).then((done) => {
          setCopied(done)
          say(done ? t.copied : t.copyByHand)
        })
      }
    >
      {label === undefined ? (copied ? t.copied : words) : undefined}
    </Button>
  )
}

import { useEffect, useRef } from 'react'
import { useGathered } from '../graphql/gather'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'

// Plays two soft notes. They are made here, since a file would be one more thing to load. Browsers allow sound after the
// first click.
function chime() {
  if (!navigator.userActivation?.hasBeenActive) return
  try {
    const audio = new AudioContext()
    const gain = audio.createGain()
    gain.connect(audio.destination)
    gain.gain.setValueAtTime(0.0001, audio.currentTime)
    gain.gain.exponentialRampToValueAtTime(0.08, audio.currentTime + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.6)
    for (const [at, hertz] of [[0, 659], [0.16, 880]] as const) {
      const tone = audio.createOscillator()
      tone.frequency.value = hertz
      tone.connect(gain)
      tone.start(audio.currentTime + at)
      tone.stop(audio.currentTime + 0.6)
    }
    setTimeout(() => void audio.close(), 1_000)
  } catch {
    // This browser plays no sound. The card, the badge and the title show it too.
  }
}

/** Announces people who begin to wait with a sound and a sentence, at most every five seconds. */
export function useKnock(waiting: string[]) {
  const { say } = useVoice()
  const known = useRef<Set<string>>(new Set())
  const knock = useGathered(() => {
    if (waiting.length === 0) return
    chime()
    say(t.people.waitNow(waiting.length))
  }, 5_000)
  const key = waiting.join()
  useEffect(() => {
    const ids = key ? key.split(',') : []
    const more = ids.some((id) => !known.current.has(id))
    known.current = new Set(ids)
    if (more) knock()
  }, [key, knock])
}

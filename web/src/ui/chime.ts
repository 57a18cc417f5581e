/**
 * Plays two soft notes. They are made here, since a file would be one more thing to load. All sounds of the app are this one.
 */
export function chime() {
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
    // This browser plays no sound. What is on the page, and its title, say the same.
  }
}

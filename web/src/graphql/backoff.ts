/**
 * Returns a random wait in milliseconds below a ceiling that doubles from half a second to thirty seconds. The jitter
 * spreads the clients that reconnect to a restarted server.
 */
export function backoff(tries: number, random: () => number = Math.random): number {
  return random() * Math.min(30_000, 500 * 2 ** Math.min(tries, 10))
}

// Close codes that a retry with the same credentials cannot help: the sign-in or the access ended, or this client is at
// fault.
const final = new Set([4004, 4005, 4400, 4401, 4403, 4406, 4409, 4429])

/** Reports whether a closed connection stays closed until the credentials change. */
export function isFinal(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && final.has(Number(event.code))
}

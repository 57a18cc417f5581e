/** Full jitter: a random wait below a ceiling that doubles from half a second to thirty, so that a thousand clients of a server that restarts do not come back at once. */
export function backoff(tries: number, random: () => number = Math.random): number {
  return random() * Math.min(30_000, 500 * 2 ** Math.min(tries, 10))
}

// Close codes after which trying again with the same credentials is of no use: not signed in any more, no access
// any more, or a fault of this client.
const final = new Set([4004, 4005, 4400, 4401, 4403, 4406, 4409, 4429])

/** Whether a closed connection stays closed until the credentials change. */
export function isFinal(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && final.has(Number(event.code))
}

import { takeSecret } from '../shell/secret'

let token: string | null = null

/** Takes the one-time token of the set-up link out of the address, before the first request. */
export function takeSetUpToken() {
  token = takeSecret('/setup', 'usher_a_') ?? token
}

/** Returns the token of this page load. Nothing else keeps it: the link on the console works until it is used. */
export const setUpToken = () => token

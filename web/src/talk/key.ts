const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Returns a new id of what one sends. Sent again with it, it is there once. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(22))].map((byte) => characters[byte & 63]).join('')

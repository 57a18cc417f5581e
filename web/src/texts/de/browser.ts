/** Returns the name of a browser and its system in German: “Firefox unter Linux”. The server names them in English. */
export const browserName = (name: string) => name.replace(' on ', ' unter ')

const plural = new Intl.PluralRules('en')

/** “1 person”, “2 people”. */
export const many = (count: number, one: string, other: string) => `${count} ${plural.select(count) === 'one' ? one : other}`

/** “chat and ask questions”. */
export const list = new Intl.ListFormat('en', { type: 'conjunction' })

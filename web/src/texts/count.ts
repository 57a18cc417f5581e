const plural = new Intl.PluralRules('en')

/** “2,000”. */
export const digits = new Intl.NumberFormat('en')

/** “1 person”, “2,000 people”. */
export const many = (count: number, one: string, other: string) => `${digits.format(count)} ${plural.select(count) === 'one' ? one : other}`

/** “chat and ask questions”. */
export const list = new Intl.ListFormat('en', { type: 'conjunction' })

const plural = new Intl.PluralRules('de')

/** “2.000”. */
export const digits = new Intl.NumberFormat('de')

/** “1 Person”, “2.000 Personen”. */
export const many = (count: number, one: string, other: string) => `${digits.format(count)} ${plural.select(count) === 'one' ? one : other}`

/** “chatten und Fragen stellen”. */
export const list = new Intl.ListFormat('de', { type: 'conjunction' })

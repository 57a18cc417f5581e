/** Says whether stories run at full size, as `make nightly` runs them: it sets NIGHTLY. */
export const atNight = process.env['NIGHTLY'] !== undefined

/** Returns all items at night. By day it returns those that matter most. */
export const byDay = <T>(all: readonly T[], matter: (item: T, index: number) => boolean): T[] => (atNight ? [...all] : all.filter(matter))

/** Keeps one text of each `every` of a corpus by day. Go stories read all of it from the same file. */
export const thinned = <T>(corpus: T[], every: number): T[] => byDay(corpus, (_, index) => index % every === 0)

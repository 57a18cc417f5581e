/**
 * The same texts in another language: each sentence may differ, and a function may ignore a value. A missing text, a text that English
 * lacks, and a sentence in place of a function are errors of types.
 */
export type Texts<T> = T extends string ? string : T extends (...values: infer V) => infer R ? (...values: V) => Texts<R> : { [K in keyof T]: Texts<T[K]> }

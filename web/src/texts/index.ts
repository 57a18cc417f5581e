// Every word on the screen, in one place. {parts} are filled with elements by Say; what takes values is a function.
// `t` is a namespace and no object: a page loads only the files that hold the words it names.
export * as t from './all'

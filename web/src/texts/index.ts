// Every text on the screen. Say replaces {parts} by elements; a text with values is a function. `t` is a namespace, not an
// object, so that a page loads only the texts that it names.
export * as t from './all'

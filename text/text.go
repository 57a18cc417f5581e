// Package text cleans and compares what people type: email addresses, domains, names, titles and messages.
// Every package of the program may import it. It imports the standard library and golang.org/x alone.
package text

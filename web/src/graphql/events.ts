/** One server-sent event. */
export interface ServerEvent {
  event: string
  data: string
}

/**
 * Returns a function that takes the next piece of a stream of server-sent events and hands on each event that is complete. The
 * delay of a line `retry:` goes to `onRetry`.
 */
export function eventReader(onEvent: (event: ServerEvent) => void, onRetry: (milliseconds: number) => void): (piece: string) => void {
  let rest = ''
  let event = ''
  let data: string[] = []
  const take = (line: string) => {
    if (line === '') {
      if (data.length > 0) onEvent({ event: event || 'message', data: data.join('\n') })
      event = ''
      data = []
      return
    }
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
    if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value))
  }
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  }
}

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * What the proxy does. `pass`: it forwards everything. `refuse`: it answers upgrades to WebSocket with an error.
 * `swallow`: it accepts them, and forwards none of their frames. `mute`: it does the same, also to WebSockets that are open.
 * `hold`: it refuses upgrades, and forwards an answer only when that is complete.
 */
type Way = 'pass' | 'refuse' | 'swallow' | 'mute' | 'hold'

/** A proxy between browsers and the program, as companies have them. */
export interface Proxy {
  /** What it does from now on. Connections that are open are cut, but for `mute`. */
  become: (way: Way) => void
  /** The most requests that were open at once since the last call. */
  mostOpen: () => number
  close: () => Promise<void>
}

/** Starts a proxy on one port of this machine, for the program on another. */
export async function startProxy(port: number, to: number): Promise<Proxy> {
  let way: Way = 'pass'
  let open = 0
  let most = 0
  const sockets = new Set<Duplex>()
  const track = (socket: Duplex) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }

  const server = createServer((asked, answer) => {
    most = Math.max(most, (open += 1))
    answer.on('close', () => (open -= 1))
    const forwarded = request({ host: '127.0.0.1', port: to, method: asked.method, path: asked.url, headers: asked.rawHeaders }, (answered) => {
      const pieces: Buffer[] = []
      const whole = way === 'hold'
      if (!whole) answer.writeHead(answered.statusCode ?? 502, answered.rawHeaders)
      answered.on('data', (piece: Buffer) => (whole ? pieces.push(piece) : answer.write(piece)))
      answered.on('end', () => {
        if (whole) answer.writeHead(answered.statusCode ?? 502, answered.rawHeaders)
        answer.end(Buffer.concat(pieces))
      })
      answered.on('error', () => answer.destroy())
    })
    forwarded.on('error', () => answer.destroy())
    answer.on('close', () => forwarded.destroy())
    asked.pipe(forwarded)
  })
  server.on('connection', track)
  server.on('upgrade', (asked, socket, head) => {
    if (way === 'refuse' || way === 'hold') return socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    if (way === 'swallow' || way === 'mute') {
      socket.write(`${accepted(asked)}\r\n\r\n`)
      return socket.resume()
    }
    const inner: Socket = connect(to, '127.0.0.1', () => {
      inner.write(`GET ${asked.url} HTTP/1.1\r\n${headerLines(asked)}\r\n\r\n`)
      inner.write(head)
      const frames = (other: Duplex) => (frame: Buffer) => void (way !== 'mute' && other.write(frame))
      inner.on('data', frames(socket))
      socket.on('data', frames(inner))
    })
    track(inner)
    inner.on('close', () => socket.destroy())
    socket.on('close', () => inner.destroy())
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    become: (next) => {
      way = next
      if (way !== 'mute') cut()
    },
    mostOpen: () => {
      const seen = most
      most = open
      return seen
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        cut()
      }),
  }
}

function headerLines({ rawHeaders }: IncomingMessage): string {
  const lines: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`)
  return lines.join('\r\n')
}

/** Accepts an upgrade as a server would (RFC 6455, 4.2.2). */
function accepted({ headers }: IncomingMessage): string {
  const key = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  const protocol = headers['sec-websocket-protocol']
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\nSec-WebSocket-Protocol: ${protocol}`
}

import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'

/** What is needed of a running Usher. */
interface Site {
  url: string
  person: () => Promise<Page>
}

type Answer = Record<string, never>

interface Response {
  data: Answer
  errors?: { message: string }[]
}

function taken({ data, errors }: Response, query: string): Answer {
  if (errors?.length) throw new Error(`ask ${query}: ${errors.map((error) => error.message).join(', ')}`)
  return data
}

/** Asks the API as whom the page is signed in as; a GraphQL error fails the test. */
export async function ask(page: Page, query: string, variables: object = {}): Promise<Answer> {
  const response = await page.request.post('/graphql', { data: { query, variables } })
  return taken((await response.json()) as Response, query)
}

/** Asks without a browser, with a bearer token or as nobody. */
async function askAlone(site: Site, query: string, variables: object, bearer?: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}) }
  const response = await fetch(`${site.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  return taken((await response.json()) as Response, query)
}

const roomParts = `... on RoomSuccess { room { id session { id } } } ... on Problem { code message field }`

export interface MadeRoom {
  id: string
  session: { id: string }
}

/** A room of Amina's; in an hour, where no start is given. */
export async function createRoom(page: Page, title: string, more: object = {}): Promise<MadeRoom> {
  const input = { title, startsAt: inMinutes(60), endsAt: inMinutes(150), timeZone: 'Europe/Lisbon', ...more }
  const data = await ask(page, `mutation($input: CreateRoomInput!) { createRoom(input: $input) { ${roomParts} } }`, { input })
  const { room } = data['createRoom'] as unknown as { room?: MadeRoom }
  if (!room) throw new Error(`create room: ${JSON.stringify(data)}`)
  return room
}

/** The instant in so many minutes. */
export const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

function mutation(name: string, argument: object): [string, object] {
  const [key, value] = Object.entries(argument)[0] as [string, unknown]
  const input = name === 'updateSitePolicy' ? 'SitePolicyInput!' : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`
  const type = key === 'input' ? input : 'ID!'
  return [`mutation($value: ${type}) { ${name}(${key}: $value) { __typename ... on Problem { code message } } }`, { value }]
}

function accepted(name: string, data: Answer) {
  const answer = data[name] as unknown as { __typename: string; code?: string; message?: string }
  if (answer.__typename === 'Problem') throw new Error(`${name}: ${answer.code} ${answer.message}`)
}

/** A mutation of one argument, `input` or an id; a refusal fails the test. */
export async function act(page: Page, name: string, argument: object): Promise<void> {
  accepted(name, await ask(page, ...mutation(name, argument)))
}

/** The same, by a guest. */
export async function actAs(site: Site, guest: Guest, name: string, argument: object): Promise<void> {
  accepted(name, await askAlone(site, ...mutation(name, argument), guest.bearer))
}

export interface Invited {
  id: string
  link: string
  email: string
}

/** Invites; answers the link. */
export async function inviteTo(page: Page, room: { id: string }, email: string, name: string, role: 'VIEWER' | 'SPEAKER' | 'MODERATOR' = 'VIEWER', more: object = {}): Promise<Invited> {
  const [firstName, ...rest] = name.split(' ')
  const input = { roomId: room.id, email, firstName, lastName: rest.join(' '), role, ...more }
  const data = await ask(page, `mutation($input: InviteUserInput!) { inviteUser(input: $input) { ... on InvitationSuccess { invitation { id link } } ... on Problem { code message } } }`, { input })
  const { invitation } = data['inviteUser'] as unknown as { invitation?: { id: string; link: string } }
  if (!invitation) throw new Error(`invite ${email}: ${JSON.stringify(data)}`)
  return { ...invitation, email }
}

/** Somebody invited on a device without a screen: what they do is asked for with their own bearer token. */
export interface Guest {
  id: string
  bearer: string
}

/** Redeems a link on a device of its own. */
export async function redeemAlone(site: Site, { link, email }: Invited): Promise<Guest> {
  const token = link.slice(link.indexOf('#') + 1)
  const input = { token, email, credential: 'BEARER', attemptKey: randomUUID() }
  const data = await askAlone(
    site,
    `mutation($input: RedeemInvitationInput!) {
      redeemInvitation(input: $input) { ... on RedeemInvitationSuccess { accessToken participant { id } } ... on Problem { code message } }
    }`,
    { input },
  )
  const { accessToken, participant } = data['redeemInvitation'] as unknown as { accessToken?: string; participant?: { id: string } }
  if (!accessToken || !participant) throw new Error(`redeem ${email}: ${JSON.stringify(data)}`)
  return { id: participant.id, bearer: accessToken }
}

/** Holds a live connection for each guest, in a page of its own: they show as connected until the site closes. */
export async function connect(site: Site, room: MadeRoom, guests: Guest[]): Promise<void> {
  const page = await site.person()
  await page.goto('/sign-in')
  await page.evaluate(
    async ({ roomId, bearers }) => {
      const open = (bearer: string) =>
        new Promise<void>((done) => {
          const socket = new WebSocket(`ws://${location.host}/graphql`, 'graphql-transport-ws')
          socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${bearer}` } })))
          socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
            const { type } = JSON.parse(data) as { type: string }
            if (type === 'ping') return socket.send('{"type":"pong"}')
            if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription($roomId: ID!) { roomEvents(roomId: $roomId, after: 0) { revision } }', variables: { roomId } } }))
            if (type === 'next') done()
          })
        })
      await Promise.all(bearers.map(open))
    },
    { roomId: room.id, bearers: guests.map((guest) => guest.bearer) },
  )
}

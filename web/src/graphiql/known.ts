import type { Known } from './examples'

interface Found {
  me: { user: { id: string; siteRole: 'MEMBER' | 'ADMIN' } | null }
  room: {
    id: string
    revision: number
    participants: { nodes: { id: string; managerRole: string | null }[] } | null
    invitations: { nodes: { link: string | null }[] } | null
  } | null
  rooms: { nodes: { id: string; myManagerRole: string | null }[] }
}

async function ask(query: string, variables: object = {}): Promise<Partial<Found>> {
  const response = await fetch('/graphql', { method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables }) })
  const { data } = (await response.json()) as { data?: Partial<Found> | null }
  return data ?? {}
}

const inRoom = `query ($id: ID!) {
  room(id: $id) {
    id
    revision
    participants(first: 20) { nodes { id managerRole } }
    invitations(first: 20, status: [PENDING, OPENED, REDEEMED]) { nodes { link } }
  }
}`

/** Who is signed in, and something of theirs for every tab: of the room with most to show among the first few. Empty where nobody is. */
export async function lookAround(): Promise<{ userId?: string; known: Known }> {
  const user = (await ask('{ me { user { id siteRole } } }')).me?.user
  if (!user) return { known: {} }
  const { rooms } = await ask('{ rooms(first: 5) { nodes { id myManagerRole } } }')
  const found = await Promise.all((rooms?.nodes ?? []).map(async ({ id }) => knownOf((await ask(inRoom, { id })).room)))
  const most = found.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)[0]
  return { userId: user.id, known: { ...most, admin: user.siteRole === 'ADMIN' } }
}

function knownOf(room: Found['room'] | undefined): Known {
  if (!room) return {}
  const participant = room.participants?.nodes.find((one) => !one.managerRole)
  const link = room.invitations?.nodes.find((one) => one.link)?.link
  return {
    roomId: room.id,
    after: Math.max(0, room.revision - 1),
    ...(participant ? { participantId: participant.id } : {}),
    ...(link ? { token: link.slice(link.indexOf('#') + 1) } : {}),
  }
}

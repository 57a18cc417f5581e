// Answers the app's Me with Mercurius and JIT. Its arguments are the token and the answer of Usher. It looks the token up in a map, where Usher reads its database.
import { createHash } from 'node:crypto'
import Fastify from 'fastify'
import mercurius from 'mercurius'

const [token, answer] = process.argv.slice(2)
const hash = text => createHash('sha256').update(text).digest('hex')
const signIns = new Map([[hash(token), JSON.parse(answer).data.me.user]])

const app = Fastify()
app.register(mercurius, {
  jit: 1,
  schema: `
    type Query { me: Me! }
    type Me { user: User, participants: [Participant!]! }
    type User { id: ID!, name: String!, email: String!, siteRole: SiteRole! }
    type Participant { id: ID! }
    enum SiteRole { MEMBER ADMIN }
  `,
  context: request => ({ user: signIns.get(hash((request.headers.authorization ?? '').replace('Bearer ', ''))) }),
  resolvers: { Query: { me: (_, __, { user }) => ({ user, participants: [] }) } },
})
process.stdin.resume().on('end', () => process.exit())
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`127.0.0.1:${app.server.address().port}`)

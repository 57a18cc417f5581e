import { ownAccount } from './walks/account'
import { accounts } from './walks/accounts'
import { doors } from './walks/doors'
import { invitees } from './walks/invitees'
import { planning } from './walks/planning'
import { refused } from './walks/refused'
import { running } from './walks/running'
import { servers } from './walks/servers'
import { sharing } from './walks/sharing'
import type { Walk } from './walks/walk'

/** All ways that there are: together they come by every screen of the site, in every state that it has. */
export const walks: Walk[] = [doors, ownAccount, accounts, servers, planning, running, invitees, sharing, refused]

import type { RoomRole } from '../graphql/generated/graphql'

/** Where the names in the form came from, if nobody typed them. */
export type Source = 'account' | 'invitation' | 'text'

/** What somebody has typed into the Invite users window. */
export interface Draft {
  email: string
  firstName: string
  lastName: string
  /** The person has one name, so the last name stays empty. */
  oneName: boolean
  role: RoomRole | null
  filled: Filled | null
}

interface Names {
  firstName: string
  lastName: string
}

interface Typed extends Names {
  oneName: boolean
}

interface Filled extends Names {
  source: Source
  /** The address that the names belong to. */
  email: string
  /** What the names replaced. */
  instead: Typed
}

export const empty: Draft = { email: '', firstName: '', lastName: '', oneName: false, role: null, filled: null }

/** Reports whether there is anything that somebody would miss. The role is kept from one person to the next. */
export const isTyped = ({ email, firstName, lastName }: Draft) => Boolean(email.trim() || firstName.trim() || lastName.trim())

/** Reports whether the names are complete. */
export const isNamed = ({ firstName, lastName, oneName }: Draft) => Boolean(firstName.trim() && (oneName || lastName.trim()))

/** Reports whether two typed addresses are the same, apart from case and spaces around them. */
export const sameAddress = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Puts a person's names into the form, and remembers what they replaced. */
export function fillIn(draft: Draft, person: { email: string } & Names, source: Source): Draft {
  const { email, firstName, lastName } = person
  const before = withoutFilled(draft)
  const instead = { firstName: before.firstName, lastName: before.lastName, oneName: before.oneName }
  // A pasted text may lack a last name that the person has.
  const oneName = lastName === '' && source !== 'text'
  return { ...draft, email, firstName, lastName, oneName, filled: { source, email, firstName, lastName, instead } }
}

/** Changes the address. Names that came with another address go; a name that was typed or edited stays. */
export function withEmail(draft: Draft, email: string): Draft {
  const { filled } = draft
  if (!filled || sameAddress(email, filled.email)) return { ...draft, email }
  return { ...withoutFilled(draft), email }
}

function withoutFilled(draft: Draft): Draft {
  const { filled } = draft
  if (!filled) return draft
  return {
    ...draft,
    firstName: draft.firstName === filled.firstName ? filled.instead.firstName : draft.firstName,
    ...(draft.lastName === filled.lastName ? { lastName: filled.instead.lastName, oneName: filled.instead.oneName } : {}),
    filled: null,
  }
}

import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openStore, UsherProvider, type UsherStore } from '../graphql/Usher'
import type { NextStep, ProblemCode } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Refusal } from './Refusal'
import { currentToken } from './token'

// What the server answers with each code of opening and entering, and what the page must offer for it.
const answers: [ProblemCode, NextStep[], string[]][] = [
  ['LINK_NOT_VALID', ['PASTE_WHOLE_LINK', 'CONTACT_HOST'], ['Open']],
  ['LINK_REPLACED', ['USE_NEWEST_LINK', 'ASK_HOST'], ['Open', 'Ask Amina Ruth']],
  ['LINK_EXPIRED', ['ASK_HOST'], ['Ask Amina Ruth']],
  ['USED_ON_OTHER_DEVICE', ['ASK_HOST'], ['Ask Amina Ruth']],
  ['INVITATION_REVOKED', ['CONTACT_HOST'], []],
  ['ROOM_DELETED', ['CONTACT_HOST'], []],
  ['SESSION_CANCELLED', ['CONTACT_HOST'], []],
  ['ENTRY_DENIED', ['CONTACT_HOST'], []],
  ['PARTICIPANT_BLOCKED', ['CONTACT_HOST'], []],
  ['ACCOUNT_DISABLED', ['CONTACT_HOST', 'CONTACT_ADMIN'], []],
  ['SIGN_IN_REQUIRED', ['SIGN_IN'], ['Sign in']],
  ['TOO_MANY_ATTEMPTS', ['WAIT', 'CONTACT_HOST'], []],
  ['EMAIL_DOMAIN_BLOCKED', ['CONTACT_HOST', 'CONTACT_ADMIN'], []],
  ['ROOM_NOT_AVAILABLE', ['WAIT', 'CONTACT_HOST'], []],
  ['SESSION_ENDED', ['WAIT', 'CONTACT_HOST'], []],
]

let store: UsherStore
afterEach(() => store.close())

function show(code: ProblemCode, nextSteps: NextStep[], message = 'The server says so.') {
  store = openStore()
  render(
    <UsherProvider store={store}>
      <MemoryRouter>
        <Refusal problem={{ code, nextSteps, message }} token="u1_abc" link={{ invitedBy: 'Amina Ruth', expiresAt: null, roomTitle: 'Spring forum' }} />
      </MemoryRouter>
    </UsherProvider>,
  )
}

describe('Refusal', () => {
  it.each(answers)('says %s in words of its own and offers the way out', async (code, steps, offered) => {
    show(code, steps)
    expect(screen.getByRole('heading').textContent).toBe(t.refusals[code]?.title)
    // The form that asks the host is loaded when it is needed.
    const actions = () => [...screen.queryAllByRole('button'), ...screen.queryAllByRole('link')].map((action) => action.textContent)
    await vi.waitFor(() => expect(actions()).toEqual(offered))
    expect(document.body.textContent).not.toContain(code)
    expect(Boolean(screen.queryByText(t.link.contactNamed('Amina Ruth')))).toBe(steps.includes('CONTACT_HOST'))
  })

  it('shows the message of a code that it does not know', () => {
    show('SOMETHING_NEW' as ProblemCode, ['RELOAD'], 'The moon is in the way.')
    expect(screen.getByText('The moon is in the way.')).toBeTruthy()
    expect(screen.getByRole('button', { name: t.reload })).toBeTruthy()
  })

  it('passes on what was pasted, and keeps it in the field with the reason if it is no link', async () => {
    vi.spyOn(window, 'scrollTo').mockImplementation(() => {})
    const sent: unknown[] = []
    let problem: object | null = { __typename: 'Problem', code: 'LINK_NOT_VALID', message: 'There is no link in this text.', nextSteps: [], field: 'token', retryAt: null, attemptsLeft: null }
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
      sent.push(JSON.parse(String(init?.body)).variables.token)
      const invitationLink = { __typename: 'InvitationLink', link: null, problem, participant: null, roomTitle: null, roomDescription: null, timeZone: null, invitedBy: null, role: null, session: null, expiresAt: null, hostAsked: false, hostAskedAt: null, signInRequired: false, matchesAccount: false, serverTime: '2026-11-27T03:00:00.000Z' }
      return Promise.resolve(Response.json({ data: { invitationLink, me: { __typename: 'Me', user: null } } }))
    })
    show('LINK_NOT_VALID', ['PASTE_WHOLE_LINK'])
    const field = screen.getByLabelText<HTMLInputElement>('Your link')
    await userEvent.type(field, 'hello')
    await userEvent.click(screen.getByRole('button', { name: 'Open' }))
    await screen.findByText('There is no link in this text.')
    expect(field.value).toBe('hello')
    expect(currentToken()).toBeNull()

    problem = null
    await userEvent.clear(field)
    await userEvent.type(field, 'Here it is: https://usher.example.org/join#u1_whole.')
    expect(screen.queryByText('There is no link in this text.')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Open' }))
    await waitFor(() => expect(currentToken()).toBe('Here it is: https://usher.example.org/join#u1_whole.'))
    expect(sent).toEqual(['hello', 'Here it is: https://usher.example.org/join#u1_whole.'])
  })
})

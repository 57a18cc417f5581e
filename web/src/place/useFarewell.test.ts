import { act, renderHook } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { Refused } from '../link/Refusal'
import { useFarewell } from './useFarewell'

const revoked: Refused = { code: 'INVITATION_REVOKED', nextSteps: ['CONTACT_HOST'] }
const open = (roomId: string, seen: boolean) => renderHook(({ see }) => useFarewell(roomId, see), { initialProps: { see: seen } })

describe('why a tab lost a room', () => {

  it('is told again when the page is loaded again, of that room alone', () => {
    const first = open('r1', true)
    expect(first.result.current[0]).toBeNull()
    act(() => first.result.current[1](revoked))
    first.rerender({ see: false })
    first.unmount()
    expect(open('r1', false).result.current[0]).toEqual(revoked)
    expect(open('r2', false).result.current[0]).toBeNull()
  })

  it('is forgotten once the room is seen again', () => {
    const first = open('r1', false)
    act(() => first.result.current[1](revoked))
    first.rerender({ see: true })
    first.unmount()
    expect(open('r1', false).result.current[0]).toBeNull()
  })

  it('is told on this page alone where storage is blocked', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    const first = open('r1', false)
    act(() => first.result.current[1](revoked))
    expect(first.result.current[0]).toEqual(revoked)
    first.unmount()
    expect(open('r1', false).result.current[0]).toBeNull()
  })
})

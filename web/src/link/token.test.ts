import { describe, expect, it, vi } from 'vitest'

const load = async () => {
  vi.resetModules()
  return import('./token')
}

describe('the secret of a link', () => {
  it('is taken out of the address and kept for this tab', async () => {
    history.replaceState(null, '', '/join#u1_abc')
    const { takeToken, currentToken } = await load()
    takeToken()
    expect(location.href.endsWith('/join')).toBe(true)
    expect(currentToken()).toBe('u1_abc')
    expect((await load()).currentToken()).toBe('u1_abc') // the page was discarded and loaded again
  })

  it('is left alone on other pages, whose fragments mean something else', async () => {
    history.replaceState(null, '', '/rooms/1#main')
    const { takeToken, currentToken } = await load()
    takeToken()
    expect(location.hash).toBe('#main')
    expect(currentToken()).toBeNull()
  })

  it('is forgotten once it is redeemed', async () => {
    const { keepToken, forgetToken, currentToken } = await load()
    keepToken('u1_abc')
    forgetToken()
    expect(currentToken()).toBeNull()
    expect(sessionStorage.length).toBe(0)
  })

  it('is replaced when another link is opened in the same tab, and listeners are told', async () => {
    const { keepToken, onToken, currentToken } = await load()
    keepToken('u1_abc')
    const heard = vi.fn()
    onToken(heard)
    keepToken('u1_def')
    expect(heard).toHaveBeenCalledOnce()
    expect(currentToken()).toBe('u1_def')
  })

  it('lives in memory where storage is blocked', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    const { keepToken, currentToken } = await load()
    const { storageWorks } = await import('../ui/storage')
    expect(storageWorks()).toBe(false)
    keepToken('u1_abc')
    expect(currentToken()).toBe('u1_abc')
  })

  it.each([
    ['/join/#u1_abc', 'u1_abc'],
    ['/Join#u1_abc', 'u1_abc'],
    ['/JOIN/#u1_abc)', 'u1_abc)'],
    ['/join%23u1_abc', '%23u1_abc'],
    ['/join/%2523u1_abc', '%2523u1_abc'],
    ['/join/u1_abc', 'u1_abc'],
    ['/join?fbclid=IwAR0#u1_abc', '?fbclid=IwAR0#u1_abc'],
    ['/join?token=u1_abc', '?token=u1_abc'],
    ['/join%23u1_abc?fbclid=IwAR0', '%23u1_abc?fbclid=IwAR0'],
  ])('is taken out of %s as it came', async (address, kept) => {
    history.replaceState(null, '', address)
    const { takeToken, currentToken } = await load()
    takeToken()
    expect(location.pathname + location.search + location.hash).toBe('/join')
    expect(currentToken()).toBe(kept)
  })

  it.each(['/join', '/join/', '/join?utm_source=mail', '/join/me#top', '/joined#u1_abc'])('is not found in %s', async (address) => {
    history.replaceState(null, '', address)
    const { takeToken, currentToken } = await load()
    takeToken()
    expect(location.pathname + location.search + location.hash).toBe(address)
    expect(currentToken()).toBeNull()
  })
})

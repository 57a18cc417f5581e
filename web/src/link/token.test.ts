import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const load = async () => {
  vi.resetModules()
  return import('./token')
}

describe('the secret of a link', () => {
  beforeEach(() => {
    sessionStorage.clear()
    history.replaceState(null, '', '/')
  })
  afterEach(() => vi.restoreAllMocks())

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
    ['a whole address', 'https://usher.example.org/join#u1_abc', 'u1_abc'],
    ['an address broken over lines', ' https://usher.example.org/join\n#u1_a\n bc ', 'u1_abc'],
    ['the token alone', 'u1_abc', 'u1_abc'],
    ['nothing', '  ', ''],
  ])('is found in %s', async (_name, pasted, token) => {
    const { tokenIn } = await load()
    expect(tokenIn(pasted)).toBe(token)
  })
})

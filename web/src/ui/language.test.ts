import { afterEach, describe, expect, it } from 'vitest'
import { chooseLanguage, chosenLanguage } from './language'

afterEach(() => {
  document.cookie = 'usher_language=; Path=/; Max-Age=0'
  document.cookie = 'not_usher_language=; Path=/; Max-Age=0'
})

describe('the language of this browser', () => {
  it('is what somebody chose, until they leave it to the browser', () => {
    expect(chosenLanguage()).toBeNull()
    chooseLanguage('de')
    expect(chosenLanguage()).toBe('de')
    chooseLanguage('en')
    expect(chosenLanguage()).toBe('en')
    chooseLanguage(null)
    expect(chosenLanguage()).toBeNull()
    expect(document.cookie).not.toContain('usher_language')
  })

  it.each(['usher_language=deutsch', 'usher_language=fr', 'not_usher_language=de', 'usher_language='])('is not read from %s', (cookie) => {
    document.cookie = `${cookie}; Path=/`
    expect(chosenLanguage()).toBeNull()
  })
})

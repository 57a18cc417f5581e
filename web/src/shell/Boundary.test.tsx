import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { t } from '../texts'
import { Boundary } from './Boundary'
import { extra, part, PartMissing, reloadOnce } from './part'

let broken = true
function Fragile() {
  if (broken) throw new Error('draw the page: broken')
  return <p>All is well</p>
}

beforeEach(() => {
  broken = true
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

describe('Boundary', () => {
  it('shows a page with ways out where a page throws, instead of nothing', () => {
    render(
      <Boundary>
        <Fragile />
      </Boundary>,
    )
    expect(screen.getByRole('heading', { name: t.failed.fault.title })).toBeTruthy()
    expect(screen.getByRole('button', { name: t.reload })).toBeTruthy()
    expect(screen.getByRole('link', { name: t.toStart }).getAttribute('href')).toBe('/')
  })

  it('shows another page as soon as the address changes', () => {
    const page = render(<Boundary at="/rooms/1"><Fragile /></Boundary>)
    broken = false
    page.rerender(<Boundary at="/rooms/1"><Fragile /></Boundary>)
    expect(screen.queryByText('All is well')).toBeNull()
    page.rerender(<Boundary at="/"><Fragile /></Boundary>)
    expect(screen.getByText('All is well')).toBeTruthy()
  })

  it('keeps the rest of the page where a panel throws, and tries the panel again', async () => {
    render(
      <>
        <h1>The room</h1>
        <Boundary panel>
          <Fragile />
        </Boundary>
      </>,
    )
    expect(screen.getByRole('heading', { name: 'The room' })).toBeTruthy()
    expect(screen.getByRole('heading', { name: t.failed.panel.title })).toBeTruthy()
    broken = false
    await userEvent.click(screen.getByRole('button', { name: t.tryAgain }))
    expect(screen.getByText('All is well')).toBeTruthy()
  })

  it.each([
    ['that Usher was updated, if the server answers', () => Promise.resolve(new Response()), t.failed.updated.title],
    ['that the server cannot be reached, if it does not', () => Promise.reject(new TypeError('no network')), t.failed.unreachable.title],
  ])('says of a part that stays missing %s', async (_name, answer, title) => {
    vi.stubGlobal('fetch', vi.fn(answer))
    const missing = 'TypeError: Failed to load /assets/Page-old.js'
    sessionStorage.setItem('usher.reloaded', missing)
    const Page = part((): Promise<{ default: () => null }> => Promise.reject(new TypeError('Failed to load /assets/Page-old.js')))
    render(
      <Boundary>
        <Suspense>
          <Page />
        </Suspense>
      </Boundary>,
    )
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy()
  })
})

describe('extra', () => {
  it('leaves out what cannot be loaded, and shows the rest', async () => {
    const Hint = extra((): Promise<{ default: () => null }> => Promise.reject(new TypeError('Failed to load /assets/Hint-old.js')))
    render(
      <Boundary>
        <Suspense fallback="loading">
          <Hint />
          <p>All is well</p>
        </Suspense>
      </Boundary>,
    )
    expect(await screen.findByText('All is well')).toBeTruthy()
  })
})

describe('reloadOnce', () => {
  const missing = new PartMissing('/assets/Page-old.js')
  beforeEach(() => vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response()))))

  it('reloads once for each missing part', async () => {
    const reload = vi.fn()
    expect(await reloadOnce(missing, reload)).toBe('reloading')
    expect(await reloadOnce(missing, reload)).toBe('still missing')
    expect(reload).toHaveBeenCalledOnce()
    expect(await reloadOnce(new PartMissing('/assets/Other-old.js'), reload)).toBe('reloading')
  })

  it('never reloads where the browser blocks storage, since it could not remember that it did', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    const reload = vi.fn()
    expect(await reloadOnce(missing, reload)).toBe('still missing')
    expect(reload).not.toHaveBeenCalled()
  })

  it.each([
    ['the server cannot be reached', () => Promise.reject(new TypeError('no network'))],
    ['a proxy answers that the server is down', () => Promise.resolve(new Response(null, { status: 502 }))],
  ])('keeps the page that is open while %s', async (_name, answer) => {
    vi.stubGlobal('fetch', vi.fn(answer))
    const reload = vi.fn()
    expect(await reloadOnce(missing, reload)).toBe('unreachable')
    expect(reload).not.toHaveBeenCalled()
    expect(sessionStorage.getItem('usher.reloaded')).toBeNull()
  })
})

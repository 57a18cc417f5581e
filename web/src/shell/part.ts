import { type ComponentType, lazy } from 'react'
import { tabStorage } from '../ui/storage'

/** PartMissing is thrown where a part of the app cannot be loaded, as after an upgrade of the server. */
export class PartMissing extends Error {}

/** Returns a component that is loaded when it is first rendered. Throws PartMissing while rendering if it cannot be. */
export function part<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() =>
    load().catch((cause: unknown) => {
      throw new PartMissing(String(cause), { cause })
    }),
  )
}

/** Does the same for what a page can do without: nothing is shown if it cannot be loaded. */
export function extra<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy((): Promise<{ default: ComponentType<Props> }> => load().catch(() => ({ default: () => null })))
}

const key = 'usher.reloaded'
const patience = 10_000 // milliseconds

/**
 * Reloads the page, once for each missing part, so that it never loops. It reloads only if the server answers: a page that
 * is open is worth more than the error page of a browser or proxy. Returns what came of it.
 */
export async function reloadOnce(missing: PartMissing, reload = () => location.reload()): Promise<'reloading' | 'still missing' | 'unreachable'> {
  const storage = tabStorage()
  const before = storage?.getItem(key)?.split('\n') ?? []
  if (!(await serverAnswers())) return 'unreachable'
  if (!storage || before.includes(missing.message)) return 'still missing'
  storage.setItem(key, [...before, missing.message].join('\n'))
  reload()
  return 'reloading'
}

/** Reports whether the server answers, and not only a proxy before it. */
export async function serverAnswers(): Promise<boolean> {
  return fetch(location.pathname, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(patience) }).then(
    ({ status }) => status < 500,
    () => false,
  )
}

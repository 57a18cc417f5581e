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

const key = 'usher.reloaded'

/**
 * Reloads the page, once for each missing part, so that it never loops. It reloads only if the server answers: a page that
 * is open is worth more than the browser's own error page. Returns what came of it.
 */
export async function reloadOnce(missing: PartMissing, reload = () => location.reload()): Promise<'reloading' | 'still missing' | 'unreachable'> {
  const storage = tabStorage()
  const before = storage?.getItem(key)?.split('\n') ?? []
  const answers = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  )
  if (!answers) return 'unreachable'
  if (!storage || before.includes(missing.message)) return 'still missing'
  storage.setItem(key, [...before, missing.message].join('\n'))
  reload()
  return 'reloading'
}

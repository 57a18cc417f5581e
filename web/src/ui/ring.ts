import { preference } from './preference'

/** Plays the soft sound, if sounds work here. It is loaded when it is needed, and a page without it works as well. */
export function ring() {
  if (soundWorks()) void import('./chime').then(({ chime }) => chime()).catch(() => {})
}

/** Reports whether this page plays sounds: they are on, and the person has used the page. Browsers allow none before. */
export function soundWorks(): boolean {
  return preference('sound') !== 'off' && navigator.userActivation?.hasBeenActive === true
}

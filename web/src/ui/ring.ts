/** Plays the soft sound. It is loaded when it is needed, and a page without it works as well. */
export function ring() {
  void import('./chime').then(({ chime }) => chime()).catch(() => {})
}

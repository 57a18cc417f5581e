/** Returns what this tab keeps through reloads, or null where the browser blocks storage. */
export function tabStorage(): Storage | null {
  try {
    sessionStorage.setItem('usher.probe', '1')
    sessionStorage.removeItem('usher.probe')
    return sessionStorage
  } catch {
    return null
  }
}

/** Reports whether this browser keeps anything for this page. Without it, neither link nor place outlives a reload. */
export function storageWorks(): boolean {
  return tabStorage() !== null && navigator.cookieEnabled
}

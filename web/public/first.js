// What a page does before the app. It runs before anything is drawn, so that nobody sees the wrong theme.

// Applies the theme that was chosen for this browser: light, dark, or none for that of the system. The colour of the browser's bar
// follows: each of two elements has a theme's colour, and only the one that applies may match.
function showTheme(chosen) {
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : null
  if (theme) document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
  for (const bar of document.querySelectorAll('meta[name="theme-color"]')) {
    const own = bar.dataset.of
    bar.media = theme ? (theme === own ? 'all' : 'not all') : `(prefers-color-scheme: ${own})`
  }
}

try {
  showTheme(localStorage.getItem('usher.theme'))
} catch {
  // This browser stores nothing, so the system decides.
}

// The other tabs, and the page on which it is chosen, report a new theme. Without a key, all that was stored is gone.
window.addEventListener('storage', ({ key, newValue }) => {
  if (key === null || key === 'usher.theme') showTheme(newValue)
})

// Reloads the page for the button that index.html shows until the app replaces it. Without this file, the form goes to the same
// address, which loads a page once.
document.addEventListener('submit', (event) => {
  if (!event.target.matches('.first__late')) return
  event.preventDefault()
  location.reload()
})

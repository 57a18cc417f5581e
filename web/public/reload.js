// Reloads the page for the button that index.html shows until the app replaces it. Without this file, the form goes to the same
// address, which loads a page once.
document.addEventListener('submit', (event) => {
  if (!event.target.matches('.first__late')) return
  event.preventDefault()
  location.reload()
})

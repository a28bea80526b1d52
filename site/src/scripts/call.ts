/**
 * The keys of the page for the call: 1 to 6 go to a section, and the sheet is printed by a button.
 */
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const link = document.querySelector<HTMLAnchorElement>(`[data-key="${CSS.escape(event.key)}"]`)
  const section = document.getElementById(decodeURIComponent(link?.hash.slice(1) ?? ''))
  if (section === null) return
  event.preventDefault()
  section.scrollIntoView()
  section.focus({ preventScroll: true })
})

document.querySelector('[data-print]')?.addEventListener('click', () => print())

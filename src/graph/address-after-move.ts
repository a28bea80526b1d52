/**
 * A relative link as it has to be written when the page it is on, or the file it leads to, has moved.
 */

/** `addressAfterMove('../messages/a.md#x', 'playbook/plays/emea/p.md', 'playbook/messages/a.md')` is `../../messages/a.md#x`. */
export function addressAfterMove(written: string, from: string, to: string): string {
  const rest = /[?#].*$/s.exec(written)?.[0] ?? ''
  // What only names a place on its own page goes along with it.
  if (written === rest) return written
  return `${relativeAddress(from, to)}${rest}`
}

/** The address that leads from one file to another: `relativeAddress('playbook/plays/a.md', 'playbook/messages/b.md')` is `../messages/b.md`. */
export function relativeAddress(from: string, to: string): string {
  const folder = from.split('/').slice(0, -1)
  const parts = to.split('/')
  let same = 0
  while (same < folder.length && folder[same] === parts[same]) same++
  return [...folder.slice(same).map(() => '..'), ...parts.slice(same)].map((part) => encodeURIComponent(part)).join('/')
}

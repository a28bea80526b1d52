/**
 * Where each page of the playbook stands on the site.
 *
 * Addresses begin with `/` and do not know the base path; {@link withBase} adds it when they are drawn.
 */
export { addressOf, nameOf } from '../../../src/model/page-address.ts'

/** `withBase('/cookbook/', '/plays/')` is `/cookbook/plays/`. */
export function withBase(base: string, address: string): string {
  return `${base.replace(/\/$/, '')}${address}`
}

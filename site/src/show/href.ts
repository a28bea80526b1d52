/**
 * Addresses of the site's own pages with the base path it is served under.
 */
import { withBase } from '../content/address.ts'

export function href(address: string): string {
  return withBase(import.meta.env.BASE_URL, address)
}

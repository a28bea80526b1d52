/**
 * What runs on every page: the search, and copying. The rest comes only where it is used.
 */
import './search.ts'
import './copy.ts'

if (document.querySelector('[data-finder]') !== null) void import('./finder.ts')
if (document.body.classList.contains('in-call')) void import('./call.ts')

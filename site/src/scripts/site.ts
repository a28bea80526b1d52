/**
 * What runs on every page: the search, copying, and what is new. The rest comes only where it is used.
 */
import './search.ts'
import './copy.ts'
import './changes.ts'

if (document.querySelector('[data-finder]') !== null) void import('./finder.ts')
if (document.querySelector('form[data-tell]') !== null) void import('./feedback.ts')
if (document.body.classList.contains('in-call')) void import('./call.ts')

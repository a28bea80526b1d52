/**
 * What a browser may load for a page: nothing but what this origin serves, no script or style inside a page, and
 * WebAssembly, which is the search's.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
].join('; ')

/** What is worked out when it is first asked for, and then kept: a run pays for what it needs. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/**
 * An id as a YAML value, for fixes that write one.
 */

/** In quotes where it would be read as something else: `inYaml('D-18')` is `D-18`, `inYaml('true')` is `"true"`. */
export function inYaml(id: string): string {
  const plain = /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u.test(id) && !/^(?:true|false|null)$/i.test(id)
  return plain ? id : JSON.stringify(id)
}

/**
 * The UTF-16 unit of a text at an offset, NaN beyond its ends: `charCodeAt` for loops over whole texts.
 *
 * V8 has texts of several kinds (whole, cut out of others, put together; each with or without letters beyond Latin-1).
 * A loop that has seen more than four looks `charCodeAt` up anew for every unit and takes three times as long. Here
 * nothing is looked up on the text.
 */
const { charCodeAt } = String.prototype

export function unitAt(text: string, offset: number): number {
  return charCodeAt.call(text, offset)
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longRuns } from './long-runs.ts'

test('the runs are those that a regular expression finds', () => {
  const piece = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9+/_-]{1,40}={0,3}$/),
    fc.constantFrom(' ', '<', '"', '=', 'é', '\u{1f600}', '\n'),
    fc.string({ maxLength: 3 }),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      (text) => {
        const expected = [...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)]
        expect([...longRuns(text)]).toEqual(expected.map(({ 0: run, index }) => ({ run, index })))
      },
    ),
    { numRuns: 2_000 },
  )
})

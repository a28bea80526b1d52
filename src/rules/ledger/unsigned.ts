/**
 * Reports a ledger that nobody signed, where the playbook has a key to check signatures with.
 *
 * A file that differs from its manifest is for `ledger/tampered` to say. A change that takes a valid signature away
 * is an error: without that, whoever adds a won deal would only have to delete the signature too.
 */
import type { SignatureState } from '../../ledger/manifest.ts'
import { rangeAt } from '../../page/data-node.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly state: SignatureState
  readonly takenAway: boolean
}

const facts: Partial<Record<SignatureState, string>> = {
  'no-manifest':
    'The playbook has a key for its ledger, and the ledger has no signed manifest (`ledger/manifest.json`), so nobody knows whether it was edited by hand.',
  missing:
    'The manifest of the ledger is not signed, and the playbook has a key, so nobody knows whether it was edited by hand.',
  wrong:
    'The signature of the manifest does not fit the key of the playbook: the manifest was edited after it was signed, or another key signed it.',
  'unreadable-key':
    'The key of the ledger is no Ed25519 public key, so no signature can be checked. It is the base64 text between the lines that `openssl pkey -in private.pem -pubout` prints.',
}

export const unsignedLedger = defineRule({
  id: 'ledger/unsigned',
  reads: ['playbook', 'ledgerManifest'],
  text: ({ state, takenAway }: Data) =>
    `${facts[state] ?? ''}${takenAway ? ' Before this change the ledger was signed.' : ''}${
      state === 'unreadable-key' ? '' : ' Import it again with PLAYPROOF_SIGNING_KEY set, where that key is kept.'
    }`,
  *check({ playbook, ledgerManifest }) {
    const { path, signature: state, problem, signedInBase } = ledgerManifest
    if (facts[state] === undefined || problem !== undefined) return
    const { path: file, node } = playbook.settingsFile
    const at =
      state === 'no-manifest' || state === 'unreadable-key'
        ? { file, range: rangeAt(node, ['ledger', 'publicKey']) ?? { start: 0, end: 0 } }
        : { file: path, lines: firstPlace }
    yield {
      at,
      data: { state, takenAway: signedInBase },
      subject: state,
      ...(signedInBase ? { severity: 'error' as const } : {}),
    }
  },
})

const firstPlace = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

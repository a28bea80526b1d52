/**
 * Manifests for rule tests: hashed and signed as an import does it.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Manifest } from '../ledger/manifest.ts'
import { publicHalf, sha256Of, signManifest } from '../workspace/ledger-manifest.ts'

export interface TestKey {
  /** As playbook.yaml has it. */
  readonly publicKey: string
  /** The private key where a public one belongs: what a hurried person might paste. */
  readonly privateKey: string
  sign(manifest: Manifest): Manifest
}

export function testKey(): TestKey {
  const key: KeyObject = generateKeyPairSync('ed25519').privateKey
  return {
    publicKey: publicHalf(key),
    privateKey: key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    sign: (manifest) => signManifest(manifest, key),
  }
}

/** A manifest of files by their texts, not signed. */
export function manifestOf(files: Readonly<Record<string, string>>): Manifest {
  const hashes = Object.entries(files).map(([path, text]): [string, string] => [path, hashOf(text)])
  return {
    source: 'csv',
    time: '2026-06-29T03:00:00Z',
    rows: { won: 1, lost: 0, open: 0, void: 0 },
    files: new Map(hashes),
  }
}

export function hashOf(text: string): string {
  return sha256Of(new TextEncoder().encode(text))
}

/**
 * Signs the manifest of an import, and checks a ledger against its manifest.
 *
 * Keys are Ed25519. The private one comes from the environment of whoever imports and is never written or shown; the
 * public one stands in playbook.yaml, or in a file that `--ledger-key` names.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { LedgerFile } from '../ledger/ledger.ts'
import { type Manifest, type ManifestReading, readManifest, signedText } from '../ledger/manifest.ts'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { piecesOf } from './ledger-pieces.ts'

export interface LedgerToVerify {
  /** The playbook's folder relative to the root. */
  readonly folder: string
  readonly manifest: Uint8Array | undefined
  /** The files that playbook.yaml names, unpacked. */
  readonly files: readonly LedgerFile[]
  /** PEM, or the base64 of the SPKI form; undefined where no key is set. */
  readonly publicKey: string | undefined
  readonly signedInBase?: boolean
}

export function verifyLedger({ folder, manifest, files, publicKey, signedInBase }: LedgerToVerify): ManifestReading {
  const asked = manifest !== undefined || publicKey !== undefined
  const key = publicKey === undefined ? undefined : publicKeyOf(publicKey)
  return readManifest({
    folder,
    text: manifest === undefined ? undefined : new TextDecoder().decode(manifest),
    // Hashing a large ledger takes a while, and most have no manifest.
    hashes: new Map(asked ? files.map((file) => [file.path, fileHash(file)]) : []),
    verify:
      publicKey === undefined
        ? undefined
        : key === undefined
          ? 'unreadable-key'
          : (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64')),
    signedInBase: signedInBase === true,
  })
}

function fileHash(file: LedgerFile): string {
  const hash = createHash('sha256')
  for (const piece of piecesOf(file)) hash.update(piece)
  return hash.digest('hex')
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function signManifest(manifest: Manifest, key: KeyObject): Manifest {
  return { ...manifest, signature: sign(null, Buffer.from(signedText(manifest), 'utf8'), key).toString('base64') }
}

/** An Ed25519 public key; undefined where the text is none. A private key is none: it must not stand in a file. */
export function publicKeyOf(text: string): KeyObject | undefined {
  const trimmed = text.trim()
  if (/PRIVATE/.test(trimmed)) return undefined
  try {
    const key = trimmed.startsWith('-----')
      ? createPublicKey(trimmed)
      : createPublicKey({ key: Buffer.from(trimmed, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

/** The text of the key file that `--ledger-key` names. Throws {@link Fault} where it holds no Ed25519 public key. */
export function readKeyFile(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Fault(
      `the key file ${visible(path)} cannot be read (${codeOf(cause)}). Name a file with the public key.`,
      {
        cause,
      },
    )
  }
  if (publicKeyOf(text) === undefined)
    throw new Fault(
      `${visible(path)} holds no Ed25519 public key. Make one from the private key: \`openssl pkey -in private.pem -pubout\`.`,
    )
  return text
}

/** The private key that imports are signed with. Throws {@link Fault}, which says nothing of what was given. */
export function signingKeyOf(text: string): KeyObject {
  // A secret store may hand the line breaks of a PEM over as `\n`.
  const trimmed = text.trim().replaceAll('\\n', '\n')
  let key: KeyObject | undefined
  try {
    key = trimmed.startsWith('-----')
      ? createPrivateKey(trimmed)
      : createPrivateKey({ key: Buffer.from(trimmed, 'base64'), format: 'der', type: 'pkcs8' })
  } catch {
    // The reason may quote the key.
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Fault(
      'PLAYPROOF_SIGNING_KEY holds no Ed25519 private key. Give it as PEM or as base64 of PKCS #8; `openssl genpkey -algorithm ed25519` makes one.',
    )
  return key
}

/** The public half as playbook.yaml wants it. */
export function publicHalf(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')
}

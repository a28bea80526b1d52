/**
 * What the page and the server say to each other, and the schemas that hold the page to it.
 *
 * Everything that arrives is parsed here before any other code sees it. The page imports the types only.
 */
import { z } from 'zod'
import type { StudioCommands } from '../editor/studio-commands.ts'

/** Relative to the root, with `/`. */
const path = z.string().min(1).max(1024)
const id = z.number().int().nonnegative()
/** SHA-256 of the bytes a text was made from. */
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const fileRequest = z.discriminatedUnion('ask', [
  z.strictObject({ id, ask: z.literal('stat'), path }),
  z.strictObject({ id, ask: z.literal('list'), path }),
  z.strictObject({ id, ask: z.literal('read'), path }),
  z.strictObject({ id, ask: z.literal('write'), path, base64: z.base64(), replaces: hash.or(z.literal('absent')) }),
  z.strictObject({ id, ask: z.literal('folder'), path }),
  z.strictObject({ id, ask: z.literal('rename'), path, to: path }),
  z.strictObject({ id, ask: z.literal('remove'), path }),
  z.strictObject({ id, ask: z.literal('look') }),
])
export type FileRequest = z.infer<typeof fileRequest>

export interface FileStat {
  readonly kind: 'file' | 'folder'
  readonly size: number
  /** Milliseconds since 1970. */
  readonly changed: number
  readonly created: number
  readonly writable: boolean
}

/** Why a file was not read or written: `changed` is a file that is newer on disk than what its author saw. */
export type RefusalCode = 'missing' | 'exists' | 'is-folder' | 'no-folder' | 'refused' | 'changed' | 'too-large'

export interface FileChange {
  readonly path: string
  readonly kind: 'added' | 'changed' | 'removed'
}

/** What the server sends: the answer to a request, or news from the disk. */
export type FileMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly refused: RefusalCode; readonly text: string; readonly hash?: string }
  | { readonly changes: readonly FileChange[] }

/** What the page is told before it starts. */
export interface StudioFacts {
  /** The playbook's folder, absolute, as the path of a `file:` URI. */
  readonly folder: string
  readonly title: string
}

const file = z.string().min(1).max(1024)
const files = z.array(file).min(1).max(10_000)

/** The bodies of `POST /api/<name>`. */
export const commandBodies = {
  stage: z.strictObject({ files }),
  unstage: z.strictObject({ files }),
  commit: z.strictObject({ files, message: z.string().trim().min(1).max(20_000) }),
  branch: z.strictObject({ name: z.string().min(1).max(200), create: z.boolean() }),
  identity: z.strictObject({ name: z.string().trim().min(1).max(200), email: z.email().max(200) }),
  push: z.strictObject({}),
  trust: z.strictObject({}),
  rename: z.strictObject({ page: z.string().min(3).max(200), id: z.string().min(1).max(81) }),
  site: z.strictObject({}),
} as const satisfies { readonly [Name in keyof StudioCommands]: z.ZodType<StudioCommands[Name]> }
export type CommandName = keyof StudioCommands

/** Undefined where the text is no request. */
export function parseFileRequest(text: string): FileRequest | undefined {
  return fileRequest.safeParse(parsedJson(text)).data
}

/** Undefined where the text is not what `name` takes. */
export function parseCommand<Name extends CommandName>(name: Name, text: string): StudioCommands[Name] | undefined {
  return commandBodies[name].safeParse(parsedJson(text)).data as StudioCommands[Name] | undefined
}

/** Undefined for what is no JSON, or nested deeper than anything that is meant. */
function parsedJson(text: string): unknown {
  if (deepest(text) > 64) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function deepest(json: string): number {
  let depth = 0
  let most = 0
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') most = Math.max(most, ++depth)
    else if (token === ']' || token === '}') depth--
  }
  return most
}

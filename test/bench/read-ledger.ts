/**
 * `node test/bench/read-ledger.ts <folder> memory|duckdb`: reads a playbook's ledger with one engine and gathers its evidence.
 *
 * A program of its own, because the command itself chooses the engine by the number of rows.
 */
import { assemblePlaybook } from '../../src/check/assemble-playbook.ts'
import { evidenceInput } from '../../src/check/evidence-input.ts'
import { gatherEvidence } from '../../src/evidence/gather-evidence.ts'
import { readLarge } from '../../src/ledger/engines/read-large.ts'
import { readLedger } from '../../src/ledger/read-ledger.ts'
import { satteriEngine } from '../../src/page/satteri-engine.ts'
import { askedColumns } from '../../src/workspace/open-ledger.ts'
import { readFiles } from '../../src/workspace/read-workspace.ts'

const [folder = '', engine] = process.argv.slice(2)
const read = readFiles(folder, {})
const { playbook } = assemblePlaybook(read.files, { engine: satteriEngine })
const settings = playbook.settings.ledger
if (settings === undefined) throw new Error(`${folder} has no ledger`)
const stored = read.ledgerFiles.flatMap(({ path, disk }) =>
  disk !== undefined && settings.deals.files.some((name) => path.endsWith(name)) ? [{ path, disk }] : [],
)
const tables =
  engine === 'duckdb'
    ? await readLarge({ settings, files: stored, asked: askedColumns(playbook), fewest: 0 })
    : new Map()
if (typeof tables === 'string') throw new Error(`DuckDB does not read this ledger: ${tables}`)
const files = read.ledgerFiles.map((file) => tables.get(file.path) ?? file)
const ledger = readLedger(settings, files, { root: read.files.folder, sha256: '' })
if (ledger.engine === undefined) throw new Error('the ledger cannot be read')
const { plays } = await gatherEvidence(evidenceInput(playbook, playbook.settings.asOf ?? '2026-06-30'), ledger.engine)
process.stdout.write(`${plays.length} plays, ${ledger.engine.dealCount} deals\n`)

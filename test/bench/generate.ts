/**
 * Generates a playbook of any size with a ledger, the same for the same seed:
 * `node test/bench/generate.ts <folder> --pages 10000 --deals 100000`.
 *
 * Valid but for a few warnings, so that the time of a check is spent on reading and judging and not on
 * printing. With `--plays 1000` it makes that many plays and only what they need, for site builds.
 * Everything refers to something: nothing is an orphan, and each play and message cites won deals.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { AS_OF, type Deal, generateLedger, letters } from './generate-ledger.ts'
import { list, paragraph, sentence, table, topic } from './prose.ts'
import { Random } from './random.ts'

export interface Sizes {
  readonly plays: number
  readonly messages: number
  readonly reviews: number
  readonly feedback: number
  readonly people: number
  readonly segments: number
  readonly personas: number
  readonly competitors: number
  readonly deals: number
}

/** The mix of a large playbook: mostly the stories of deals. */
export function mixedSizes(pages: number, deals: number): Sizes {
  const share = (part: number) => Math.max(1, Math.round(pages * part))
  const rest = {
    plays: share(0.15),
    messages: share(0.15),
    feedback: share(0.1),
    people: Math.max(12, share(0.05)),
    segments: share(0.05),
    personas: share(0.03),
    competitors: share(0.02),
  }
  const reviews = Math.max(1, pages - Object.values(rest).reduce((sum, count) => sum + count, 0))
  return { ...rest, reviews, deals }
}

/** Plays, and no more of the rest than they need to be sound. */
export function playSizes(plays: number): Sizes {
  const segments = Math.max(1, Math.ceil(plays / 50))
  return {
    plays,
    messages: 0,
    reviews: segments * 12,
    feedback: 0,
    people: 40,
    segments,
    personas: 8,
    competitors: 4,
    deals: segments * 400,
  }
}

/** Path below the playbook's folder to text. */
export function generatePlaybook(sizes: Sizes, seed = 1): Map<string, string> {
  const random = new Random(seed)
  const files = new Map<string, string>()

  const people = Array.from({ length: sizes.people }, (_, index) => {
    const role = index % 4 === 0 ? 'marketing' : 'rep'
    return {
      id: `person-${letters(index)}`,
      name: `${capital(letters(index))} ${capital(topic(random).split(' ')[1] ?? '')}`,
      role,
    }
  })
  const reps = people.filter(({ role }) => role === 'rep')
  const marketers = people.filter(({ role }) => role === 'marketing')
  const ledger = generateLedger(random, {
    segments: sizes.segments,
    deals: sizes.deals,
    sellers: reps.map(({ name }) => name),
  })
  const segments = ledger.cells.map((cell, index) => ({ id: `segment-${letters(index)}`, ...cell }))
  const personas = Array.from({ length: sizes.personas }, (_, index) => `persona-${letters(index)}`)
  const competitors = Array.from({ length: sizes.competitors }, (_, index) => `competitor-${letters(index)}`)
  const plays = Array.from({ length: sizes.plays }, (_, index) => ({
    id: `play-${letters(index)}`,
    // With a word of its own, as no two plays of a team have one title, nor one that others make by standing side by side.
    title: `${capital(topic(random))}, ${topic(random)} ${letters(index)}`,
    segment: index % segments.length,
    status: index % 10 === 9 ? 'draft' : index % 3 === 0 ? 'repeatable' : 'trial',
  }))
  const messages = Array.from({ length: sizes.messages }, (_, index) => ({
    id: `message-${letters(index)}`,
    title: capital(topic(random)),
    segment: index % segments.length,
  }))
  const playsOf = groupBy(plays, ({ segment }) => segment)
  const messagesOf = groupBy(messages, ({ segment }) => segment)
  const wonOf = groupBy(
    ledger.deals.filter(({ outcome }) => outcome === 'won'),
    ({ cell }) => cell,
  )
  const lostOf = groupBy(
    ledger.deals.filter(({ outcome }) => outcome === 'lost'),
    ({ cell }) => cell,
  )

  // Reviews go round the segments as deals do; every third is of a lost deal, and none of the first three.
  const reviewed = Array.from({ length: sizes.reviews }, (_, index) => {
    const round = Math.floor(index / segments.length)
    const lost = round >= 3 && round % 3 === 0
    const deals = (lost ? lostOf : wonOf).get(index % segments.length) ?? []
    return deals[lost ? round / 3 - 1 : round - Math.floor(round / 3) + (round >= 3 ? 1 : 0)]
  }).filter((deal) => deal !== undefined)
  const citable = groupBy(
    reviewed.filter(({ outcome }) => outcome === 'won'),
    ({ cell }) => cell,
  )

  const owners = () => `owners: { marketing: ${random.pick(marketers).id}, sales: ${random.pick(reps).id} }`
  const ids = (of: readonly string[]) => `[${of.join(', ')}]`
  const evidenceOf = (deals: readonly Deal[]) => [
    'evidence:',
    ...deals.flatMap((deal) => [`  - deal: ${deal.id}`, `    shows: ${sentence(random)}`]),
  ]
  /** Won, reviewed deals of different accounts, the first two of different sellers; now and then one without a review, which is a warning. */
  const cited = (segment: number, count: number) => {
    const chosen: Deal[] = []
    const pool = citable.get(segment) ?? []
    for (const deal of random.sample(pool, pool.length)) {
      const fits =
        chosen.every(({ account }) => account !== deal.account) &&
        (chosen.length !== 1 || chosen[0]?.owner !== deal.owner)
      if (chosen.length < count && fits) chosen.push(deal)
    }
    const unreviewed = random.chance(0.01) ? (wonOf.get(segment) ?? []).at(-1) : undefined
    return unreviewed === undefined || chosen.includes(unreviewed) ? chosen : [...chosen, unreviewed]
  }
  const link = (folder: string, id: string, text: string) => `[${text}](../${folder}/${id}.md)`
  const write = (path: string, front: readonly string[], ...body: string[]) => {
    files.set(path, `---\n${front.join('\n')}\n---\n\n${body.join('\n\n')}\n`)
  }

  plays.forEach((play, index) => {
    const deals = cited(play.segment, play.status === 'repeatable' ? 3 : 1)
    const own = messagesOf.get(play.segment) ?? []
    const competitor = competitors[index % competitors.length] as string
    write(
      `plays/${play.id}.md`,
      [
        `title: ${play.title}`,
        `status: ${play.status}`,
        owners(),
        `segment: segment-${letters(play.segment)}`,
        `personas: ${ids([personas[index % personas.length] as string])}`,
        `competitors: ${ids([competitor])}`,
        `messages: ${ids(own.map(({ id }) => id))}`,
        ...(play.status === 'trial'
          ? ['until: 2026-12-31', `match: { product: ${ids([...new Set(deals.map(({ product }) => product))])} }`]
          : []),
        ...evidenceOf(deals),
      ],
      paragraph(random, 2),
      `## When to run it\n\n${list(random, 3)}`,
      `## Discovery questions\n\n${list(random, 4)}`,
      `## Talk track\n\n${paragraph(random, random.between(2, 8))}\n\n> ${sentence(random)}`,
      `## Objections\n\n${table(random, 3)}\n\nAgainst ${link('competitors', competitor, 'the usual rival')}, **${sentence(random)}**`,
      `## Proof\n\n${deals.map((deal) => `- ${reviewLink(deal)}`).join('\n')}`,
      `## Next step\n\n${paragraph(random, 2)} ${own.map(({ id, title }) => link('messages', id, title)).join(', ')}`,
    )
  })

  function reviewLink(deal: Deal): string {
    return reviewed.includes(deal) ? `[${deal.account}](../reviews/${deal.id}.md#what-happened)` : deal.account
  }

  messages.forEach((message, index) => {
    const claim = sentence(random)
    const play = (playsOf.get(message.segment) ?? [])[0]
    write(
      `messages/${message.id}.md`,
      [
        `title: ${message.title}`,
        'status: approved',
        `pillar: Pillar ${letters(index % 6)}`,
        `claim: ${claim}`,
        owners(),
        `personas: ${ids([personas[index % personas.length] as string])}`,
        `segments: ${ids([`segment-${letters(message.segment)}`])}`,
        ...evidenceOf(cited(message.segment, 2)),
      ],
      play === undefined
        ? sentence(random)
        : `Said in ${link('plays', play.id, play.title)}, after [the questions](../plays/${play.id}.md#discovery-questions).`,
      `## One line\n\n${claim}`,
      `## Email\n\n${paragraph(random, random.between(3, 10))}`,
      `## Talk track\n\n${paragraph(random, 4)}\n\n${list(random, 3)}`,
      `## Proof points\n\n${list(random, 2)}`,
    )
  })

  for (const deal of reviewed) {
    const run = playsOf.get(deal.cell) ?? []
    write(
      `reviews/${deal.id}.md`,
      [
        `deal: ${deal.id}`,
        `outcome: ${deal.outcome}`,
        `compellingEvent: ${sentence(random)}`,
        'relationship: none',
        `plays: ${ids(run.map(({ id }) => id))}`,
        `reviewers: { sales: ${random.pick(reps).id}, marketing: ${random.pick(marketers).id} }`,
        `date: ${deal.closed}`,
        `amount: ${deal.amount}`,
        `closed: ${deal.closed}`,
      ],
      `## What happened\n\n${paragraph(random, random.between(3, 12))}`,
      `## Why it was ${deal.outcome}\n\n${paragraph(random, random.between(2, 8))}`,
      `## What we learned\n\n${list(random, 3)}\n\nRun as ${run
        .slice(0, 3)
        .map(({ id, title }) => link('plays', id, title))
        .join(', ')}.`,
    )
  }

  for (let index = 0; index < sizes.feedback; index++) {
    const play = plays[index % plays.length] as (typeof plays)[number]
    write(
      `feedback/note-${letters(index)}.md`,
      [
        `on: plays/${play.id}`,
        `by: ${random.pick(reps).id}`,
        'date: 2026-05-04',
        `result: ${random.pick(['worked', 'changed', 'failed'])}`,
        `answer: { by: ${random.pick(marketers).id}, date: 2026-05-07, action: "${sentence(random)}" }`,
      ],
      paragraph(random, random.between(5, 14)),
      `Used with ${link('plays', play.id, play.title)}.`,
    )
  }

  for (const person of people) {
    write(
      `people/${person.id}.md`,
      [
        `name: ${person.name}`,
        `role: ${person.role}`,
        ...(person.role === 'rep' ? [`ledgerName: ${person.name}`] : []),
        'from: 2022-01-10',
      ],
      paragraph(random, 8),
    )
  }
  segments.forEach((segment, index) => {
    const play = (playsOf.get(index) ?? [])[0]
    write(
      `segments/${segment.id}.md`,
      [
        `title: ${capital(segment.industry)}, ${segment.territory}`,
        `match: { industry: ${segment.industry}, territory: ${segment.territory} }`,
        `description: ${sentence(random)}`,
      ],
      paragraph(random, random.between(6, 14)),
      play === undefined ? sentence(random) : `Begin with ${link('plays', play.id, play.title)}.`,
    )
  })
  personas.forEach((id, index) => {
    write(
      `personas/${id}.md`,
      [
        `title: ${capital(topic(random))} ${letters(index)}`,
        `segments: ${ids([segments[index % segments.length]?.id ?? ''])}`,
        'goals:',
        `  - ${sentence(random)}`,
        'pains:',
        `  - ${sentence(random)}`,
      ],
      paragraph(random, 12),
    )
  })
  competitors.forEach((id, index) => {
    write(
      `competitors/${id}.md`,
      [`title: Rival ${letters(index)}`, `segments: ${ids([segments[index % segments.length]?.id ?? ''])}`],
      paragraph(random, 2),
      `## Their claims\n\n${list(random, 4)}`,
      `## Our answers\n\n${table(random, 4)}\n\n${paragraph(random, 5)}`,
      `## Traps\n\n${list(random, 3)}`,
    )
  })

  for (const [name, text] of Object.entries(ledger.files)) files.set(`ledger/${name}`, text)
  files.set('playbook.yaml', settings())
  return files
}

/** Confirmations carry a fingerprint that only the product can write, so their rules are off. */
function settings(): string {
  return `company: Halyard
currency: USD
asOf: ${AS_OF}
stages: [Proposal]
rules: { play/unconfirmed: off, message/unconfirmed: off, competitor/unconfirmed: off }
ledger:
  deals:
    file: ledger/deals.csv
    outcomes: { won: [Closed Won], lost: [Closed Lost], open: [Proposal] }
  accounts:
    file: ledger/accounts.csv
    key: account
    types: { employees: number }
  sellers:
    file: ledger/sellers.csv
    key: seller
`
}

function groupBy<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  return Map.groupBy(items, key)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function writePlaybook(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const target = join(folder, 'playbook', path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      pages: { type: 'string' },
      plays: { type: 'string' },
      deals: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  const folder = positionals[0]
  if (folder === undefined)
    throw new Error('Say where: node test/bench/generate.ts <folder> --pages 10000 --deals 100000')
  const pages = Number(values.pages ?? 10_000)
  const sizes =
    values.plays === undefined ? mixedSizes(pages, Number(values.deals ?? pages * 10)) : playSizes(Number(values.plays))
  const files = generatePlaybook(sizes, Number(values.seed ?? 1))
  writePlaybook(folder, files)
  const bytes = [...files].filter(([path]) => path.endsWith('.md')).map(([, text]) => text.length)
  const sum = bytes.reduce((total, size) => total + size, 0)
  process.stdout.write(
    `${bytes.length} pages of ${Math.round(sum / bytes.length)} bytes (${Math.min(...bytes)} to ${Math.max(...bytes)}), ${sizes.deals} deals, in ${folder}\n`,
  )
}

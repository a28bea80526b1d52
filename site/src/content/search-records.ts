/**
 * What the search knows of each page: one record a page, the same in the built site and in `dev`.
 */

import { type EntityType, entityTypes } from '../../../src/model/entity-types.ts'
import { type Format, recordLine } from '../show/format.ts'
import { doubtWords, markWord, typeWords } from '../show/words.ts'
import type { Mark, PageLink, SearchFilter, SearchRecord, SiteFacts, SitePage } from './page-types.ts'
import type { Shown } from './shown.ts'

const filterLabels: Readonly<Record<string, string>> = {
  type: 'Type',
  verdict: 'Verdict',
  segment: 'Segment',
  persona: 'Persona',
  stage: 'Stage',
  competitor: 'Competitor',
}

export interface ToldInSearch {
  readonly format: Format
  /** The day from which “41 days ago” is true for the reader; undefined where it would not be. */
  readonly from: string | undefined
  readonly language: string
}

export function searchRecord(page: SitePage, { format, from, language }: ToldInSearch): SearchRecord {
  const play = page.type === 'play' ? page.row : undefined
  const type = typeOf(page.type, play?.mark)
  return {
    url: page.href,
    content: [page.title, ...summaryOf(page), page.body.text, page.tags.join(', ')]
      .filter((text) => text !== '')
      .map(asSentence)
      .join(' '),
    language,
    meta: {
      title: page.title,
      type,
      ...(play === undefined
        ? {}
        : {
            mark: play.mark,
            verdict: play.mark === 'learning' ? 'not a play to run' : markWord(play.mark, play.byFit),
            line: play.figures === undefined ? '' : recordLine(play.figures, format, from).join(' · '),
          }),
      ...(page.type === 'segment' ? {} : segmentMeta(segmentsOf(page))),
      ...(page.doubt === undefined ? {} : { doubt: doubtWords[page.doubt] }),
      ...(page.type === 'message' ? { line: page.claim } : {}),
      ...(page.type === 'review'
        ? {
            line: `${page.row.outcome === 'won' ? 'Won' : 'Lost'}${page.row.closed === undefined ? '' : ` ${format.shortDay(page.row.closed)}`} · ${page.row.deal}`,
          }
        : {}),
    },
    filters: {
      type: [type],
      ...(play === undefined ? {} : { verdict: [markWord(play.mark)] }),
      ...group('segment', segmentsOf(page)),
      ...group('persona', 'personas' in page ? page.personas : page.type === 'persona' ? [page] : []),
      ...(play?.stage === undefined ? {} : { stage: [play.stage] }),
      ...group('competitor', 'competitors' in page ? page.competitors : page.type === 'competitor' ? [page] : []),
    },
  }
}

/**
 * The filters with every value that some page has, in the order they are offered. A segment is itself found by its title,
 * so all titles are values, whoever names them; the same goes for personas and competitors.
 */
export function searchFilters(shown: Shown, numbers: SiteFacts['numbers']): SearchFilter[] {
  const plays = shown.built('play').map((play) => shown.playRow(play))
  const titles = (type: EntityType): string[] => shown.built(type).map((entity) => shown.linkTo(entity).title)
  const values: Readonly<Record<string, readonly string[]>> = {
    type: [
      ...plays.map(({ mark }) => typeOf('play', mark)),
      ...entityTypes.filter((type) => type !== 'play' && numbers[type] > 0).map((type) => typeOf(type)),
    ],
    verdict: plays.map(({ mark }) => markWord(mark)),
    segment: titles('segment'),
    persona: titles('persona'),
    stage: plays.flatMap(({ stage }) => stage ?? []),
    competitor: titles('competitor'),
  }
  return Object.entries(filterLabels).flatMap(([key, label]) => {
    const offered = [...new Set(values[key])]
    if (offered.length === 0) return []
    return [
      {
        key,
        label,
        values:
          key === 'verdict'
            ? offered.sort((a, b) => verdictOrder.indexOf(a) - verdictOrder.indexOf(b))
            : offered.sort((a, b) => a.localeCompare(b)),
      },
    ]
  })
}

/** A hypothesis is found as what it is, and never among the plays. */
function typeOf(type: EntityType, mark?: Mark): string {
  return mark === 'learning' ? markWord(mark) : typeWords[type]
}

const verdictOrder = (
  ['proven', 'repeatable', 'anecdotal', 'unproven', 'learning', 'retired', 'unjudged'] as const
).map((mark) => markWord(mark))

function asSentence(text: string): string {
  return /[\p{L}\p{N}]$/u.test(text) ? `${text}.` : text
}

/** What stands above the text of a page and is worth finding it by. */
function summaryOf(page: SitePage): string[] {
  switch (page.type) {
    case 'message':
      return [page.claim]
    case 'review':
      return [page.row.deal, page.row.compellingEvent, page.row.owner ?? '']
    case 'persona':
      return [...page.goals, ...page.pains]
    case 'segment':
      return [page.description ?? '']
    case 'play':
      return page.hypothesis?.test === undefined ? [] : [page.hypothesis.test]
    case 'feedback':
      return [page.note.on?.title ?? '']
    default:
      return []
  }
}

function segmentsOf(page: SitePage): readonly PageLink[] {
  if (page.type === 'segment') return [page]
  if (page.type === 'play') return page.row.segment === undefined ? [] : [page.row.segment]
  if (page.type === 'market') return page.segment === undefined ? [] : [page.segment]
  return 'segments' in page ? page.segments : []
}

/** Beside a result, so that one sees whom it is for before opening it. */
function segmentMeta(segments: readonly PageLink[]): Record<string, string> {
  return segments.length === 0 || segments.length > 3 ? {} : { segment: segments.map(({ title }) => title).join(', ') }
}

function group(key: string, links: readonly PageLink[]): Record<string, readonly string[]> {
  return links.length === 0 ? {} : { [key]: links.map(({ title }) => title) }
}

/**
 * Measurable claims in plain text, as typed quantities: a share, a multiple, an amount, a time saved, a rank.
 *
 * `2 hours` and `120 minutes` are one quantity. What only looks like a figure is none: a year, a date, a step, a
 * version, a phone number, and a time that nobody claims to save. Better to miss a claim than to call a sentence
 * one that is none: the rule that reads these is an error.
 */

export type FigureKind = 'percent' | 'multiple' | 'amount' | 'time' | 'rank'

export interface Quantity {
  readonly kind: FigureKind
  /** The same for the same quantity however it is written: `percent 40`, `time 7200 s`. */
  readonly key: string
  readonly start: number
  readonly end: number
}

const words: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
      .split(' ')
      .map((word, index) => [word, index + 1]),
  ),
  ...Object.fromEntries(
    'twenty thirty forty fifty sixty seventy eighty ninety hundred'
      .split(' ')
      .map((word, index) => [word, 20 + 10 * index]),
  ),
}

const bareDigits = String.raw`(?:\d{1,3}(?:[,.’']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)`
const digits = String.raw`(?<![\p{L}\d.,:/])${bareDigits}`
const word = `\\b(?:${Object.keys(words).join('|')})`
const number = `(?:${digits}|${word})`
const unit = '(?:second|minute|hour|day|week|month|quarter|year)s?'
const span = String.raw`(?:${number}|\ban?|\bhalf an?)(?:\s+|-)(?:full\s+|working\s+|business\s+|whole\s+)?${unit}\b`
const than =
  '(?:as|more|less|fewer|faster|quicker|slower|cheaper|higher|lower|larger|bigger|smaller|longer|shorter|better|the(?! same))'
const scale = String.raw`(?:\s?(?:k|m|bn|b|thousand|million|billion)\b)?`
const first = String.raw`(?:number one\b|no\.\s?1\b|#1\b)`

interface Needs {
  test(text: string): boolean
}

interface Pattern {
  readonly kind: FigureKind
  /** What a text must hold before the pattern is tried: most texts hold none of it. */
  readonly needs: Needs
  readonly pattern: RegExp
  /** The key's value; undefined where the words turn out to be no figure. */
  readonly meaningOf: (found: string) => string | undefined
}

const percentOf = (found: string): string => String(numberIn(found))
const amountOf = (found: string): string => {
  const factor = /\d\s?(k|thousand)\b/i.test(found)
    ? 1e3
    : /\d\s?(m|million)\b/i.test(found)
      ? 1e6
      : /\d\s?(bn?|billion)\b/i.test(found)
        ? 1e9
        : 1
  return String(numberIn(found) * factor)
}
const multipleOf = (found: string): string => {
  if (/^(?:twice|doubl|two-?fold)/i.test(found)) return '2'
  if (/^(?:tripl|three-?fold)/i.test(found)) return '3'
  if (/^(?:hal[fv]|in half)/i.test(found)) return '0.5'
  return String(numberIn(found))
}

const spanOfTime = new RegExp(span, 'iu')

/** A span of time and a word that makes it a saving. Each long pattern is compiled at its first try, which takes milliseconds. */
function spanWith(saving: RegExp): Needs {
  return { test: (text) => saving.test(text) && spanOfTime.test(text) }
}

const patterns: readonly Pattern[] = [
  {
    kind: 'percent',
    needs: /%|cent/i,
    pattern: new RegExp(`${number}\\s?(?:%|per\\s?cent\\b|percentage points?\\b)`, 'giu'),
    meaningOf: percentOf,
  },
  {
    kind: 'percent',
    needs: /out\s+of/i,
    pattern: new RegExp(`${number}\\s+out\\s+of\\s+(?:every\\s+)?${number}`, 'giu'),
    meaningOf: (found) => {
      const [part = '', whole = ''] = found.split(/\s+out\s+of\s+(?:every\s+)?/i)
      const [of, all] = [numberIn(part), numberIn(whole)]
      return of <= all ? String((100 * of) / all) : undefined
    },
  },
  {
    kind: 'amount',
    needs: /[$€£¥]/,
    pattern: new RegExp(String.raw`[$€£¥]\s?${bareDigits}${scale}`, 'giu'),
    meaningOf: amountOf,
  },
  {
    kind: 'amount',
    needs: /[€£]|\b(?:usd|eur|gbp|chf|jpy|dollar)/i,
    pattern: new RegExp(
      String.raw`\b(?:USD|EUR|GBP|CHF|JPY)\s?${bareDigits}${scale}|${digits}${scale}\s?(?:[€£]|(?:USD|EUR|GBP|CHF|JPY|dollars?|euros?)\b)`,
      'giu',
    ),
    meaningOf: amountOf,
  },
  {
    kind: 'multiple',
    needs: /\d\s?[x×]/i,
    pattern: new RegExp(String.raw`(?<![x×]\s?)${digits}\s?[x×](?![\p{L}\d])(?!\s?\d)(?!\s+(?:an?|per)\s)`, 'giu'),
    meaningOf: multipleOf,
  },
  {
    kind: 'multiple',
    needs: /times/i,
    pattern: new RegExp(`${number}\\s+times\\s+${than}\\b`, 'giu'),
    meaningOf: multipleOf,
  },
  {
    kind: 'multiple',
    needs: /twice|half/i,
    pattern: /\b(?:twice\s+(?:as\b|the\b(?! same))|half\s+the\s+(?:time|cost|price|effort|work)\b)/giu,
    meaningOf: multipleOf,
  },
  { kind: 'multiple', needs: /fold\b/i, pattern: new RegExp(`${number}-?fold\\b`, 'giu'), meaningOf: multipleOf },
  {
    kind: 'multiple',
    needs: /doubl|tripl|hal[fv]/i,
    pattern: /\b(?:doubled|tripled|halved|(?:doubles?|triples?|halves?)(?=\s+(?:the|your|their|our|its|his|her)\b))/giu,
    meaningOf: multipleOf,
  },
  {
    kind: 'time',
    needs: spanWith(/sav|shav/i),
    pattern: new RegExp(
      String.raw`\b(?:sav(?:e|es|ed|ing)|shav(?:e|es|ed|ing))\b[^.;:!?]{0,40}?(?<time>${span})`,
      'giu',
    ),
    meaningOf: timeOf,
  },
  {
    kind: 'time',
    needs: spanWith(/cut|reduc|shorten|shr[aiu]nk|drop|f[ae]ll|brought|bring|down/i),
    pattern: new RegExp(
      String.raw`\b(?:cut(?:s|ting)?|reduc(?:e|es|ed|ing)|shorten(?:s|ed|ing)?|shr[aiu]nk\w*|drop(?:s|ped)?|f[ae]lls?|fell|brought|brings?|down)\b[^.;:!?]{0,60}?\b(?:by|to|under|below)\s+(?<time>${span})`,
      'giu',
    ),
    meaningOf: timeOf,
  },
  {
    kind: 'time',
    needs: spanWith(/faster|quicker|sooner|shorter|saved|earlier/i),
    pattern: new RegExp(String.raw`(?<time>${span})\s+(?:faster|quicker|sooner|shorter|saved|earlier\s+than)\b`, 'giu'),
    meaningOf: timeOf,
  },
  {
    kind: 'time',
    needs: spanWith(/instead|rather/i),
    pattern: new RegExp(String.raw`(?<time>${span})\s+(?:instead\s+of|rather\s+than)\s+${span}`, 'giu'),
    meaningOf: timeOf,
  },
  {
    kind: 'time',
    needs: spanWith(/\bfrom\b/i),
    pattern: new RegExp(String.raw`\bfrom\s+(?<before>${span}|${number})\s+(?:down\s+)?to\s+(?<time>${span})`, 'giu'),
    meaningOf: timeOf,
  },
  {
    kind: 'rank',
    needs: /number\s+one|no\.|#1/i,
    pattern: new RegExp(
      String.raw`(?<=\b(?:is|are|was|were|as|being|ranked|rated)\s+(?:the\s+|a\s+|our\s+|their\s+)?(?:[\p{L}’']+\s+)?)${first}|${first}(?=[\s-]+(?:in|for|vendor|supplier|provider|choice|brand|rated|worldwide)\b)`,
      'giu',
    ),
    meaningOf: () => '1',
  },
  {
    kind: 'rank',
    needs: /rank|rated/i,
    pattern: new RegExp(
      String.raw`\b(?:rank(?:s|ed)?|rated)\s+(?:#|number\s+|no\.\s?)?(?:\d+(?:st|nd|rd|th)?|first|second|third|${word.slice(2)})\b`,
      'giu',
    ),
    meaningOf: (found) =>
      String(/first/i.test(found) ? 1 : /second/i.test(found) ? 2 : /third/i.test(found) ? 3 : numberIn(found)),
  },
  {
    kind: 'rank',
    needs: /\btop[\s-]/i,
    pattern: new RegExp(
      String.raw`(?<=\b(?:is|are|was|were|among|ranks?|ranked|rated|as)\s+(?:[\p{L}’']+\s+){0,3})top[\s-]${number}\b`,
      'giu',
    ),
    meaningOf: (found) => `top ${numberIn(found)}`,
  },
]

/** What a text must hold for any of the patterns: one look is enough for most. */
const trigger =
  /%|[$€£¥#]|cent|fold\b|times|twice|\bhal[fv]|doubl|tripl|\bout\s+of\b|\d\s?[x×]|\b(?:usd|eur|gbp|chf|jpy|dollars?)|(?:second|minute|hour|day|week|month|quarter|year)|rank|rated|\btop\b|number\s+one|no\.\s?1/i

/** The figures of `text` in order; where two patterns find one place, the longer one is kept. */
export function quantitiesIn(text: string): Quantity[] {
  if (!trigger.test(text)) return []
  const asked = new Map<Needs, boolean>()
  const holds = (needs: Needs): boolean => {
    const known = asked.get(needs) ?? needs.test(text)
    asked.set(needs, known)
    return known
  }
  const found = patterns.flatMap(({ kind, needs, pattern, meaningOf }) =>
    (holds(needs) ? [...text.matchAll(pattern)] : []).flatMap((match): Quantity[] => {
      const named = match.groups?.time
      const said = named ?? match[0]
      const value = match.groups?.before === undefined ? meaningOf(said) : shorter(match.groups.before, said)
      if (value === undefined) return []
      const end = match.index + match[0].length
      // A time stands at the end of what claims it, or at its beginning.
      const start = named === undefined || match[0].startsWith(named) ? match.index : end - named.length
      return [{ kind, key: `${kind} ${value}`, start, end: start + said.length }]
    }),
  )
  return withoutOverlaps(found)
}

function withoutOverlaps(found: readonly Quantity[]): Quantity[] {
  const kept: Quantity[] = []
  for (const each of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (each.start >= (kept.at(-1)?.end ?? 0)) kept.push(each)
  }
  return kept
}

const seconds: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 }
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 }

/** `7200 s` or `3 months`: a month has no number of days. */
function timeOf(found: string): string {
  const name = /(second|minute|hour|day|week|month|quarter|year)s?$/i.exec(found)?.[1]?.toLowerCase() ?? ''
  const count = /^half\b/i.test(found) ? 0.5 : /^an?\b/i.test(found) ? 1 : numberIn(found)
  return name in seconds ? `${count * (seconds[name] ?? 0)} s` : `${count * (months[name] ?? 0)} months`
}

/** The time that something fell to; undefined where it rose, which is no saving but a range. */
function shorter(before: string, now: string): string | undefined {
  const unitOfNow = /(?:second|minute|hour|day|week|month|quarter|year)s?$/i.exec(now)?.[0] ?? ''
  const full = new RegExp(`${unit}$`, 'i').test(before) ? before : `${before} ${unitOfNow}`
  const [old, value] = [timeOf(full), timeOf(now)]
  const days = (time: string): number =>
    Number.parseFloat(time) * (time.endsWith('s') && !time.endsWith('months') ? 1 / 86_400 : 30)
  return days(value) < days(old) ? value : undefined
}

/** The first number of a text: `1,200.5`, `1.200,5` and `three` alike. */
function numberIn(text: string): number {
  const written = /\d[\d.,’']*/.exec(text)?.[0].replace(/[.,’']+$/, '')
  if (written === undefined) return words[new RegExp(word, 'i').exec(text)?.[0].toLowerCase() ?? ''] ?? Number.NaN
  if (/^\d{1,3}(?:[,’']\d{3})+(?:\.\d+)?$/.test(written)) return Number(written.replaceAll(/[,’']/g, ''))
  if (/^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(written)) return Number(written.replaceAll('.', '').replace(',', '.'))
  return Number(written.replace(',', '.'))
}

/**
 * The play finder: narrows the list of plays to those that fit what the reader answered, best backed first.
 *
 * The list is already in that order, so this only hides. Where no play fits all answers, those that miss a single one
 * are shown with what they miss. Hypotheses stay in their own part and are never counted among the plays; one that
 * is made for markets shows only when the reader picks their region.
 */

const form = document.querySelector<HTMLFormElement>('[data-finder]')
if (form !== null) start(form)

function start(form: HTMLFormElement): void {
  const selects = [...form.querySelectorAll<HTMLSelectElement>('select')]
  const said = form.querySelector<HTMLElement>('[data-said]')
  const clear = form.querySelector<HTMLButtonElement>('button[type="reset"]')
  const shown = document.querySelector<HTMLElement>('[data-plays]')
  if (said === null || clear === null || shown === null) return
  const elsewhere = form.dataset['finder'] ?? ''
  const memory = `playproof finder ${elsewhere}`
  const silent = said.textContent ?? ''
  let whole: Promise<HTMLElement> | undefined

  const list = (): Promise<HTMLElement> => {
    whole ??= elsewhere === '' ? Promise.resolve(shown) : listOf(elsewhere)
    return whole
  }

  const find = async (): Promise<void> => {
    const answers = selects.filter(({ value }) => value !== '')
    const open = answers.length > 0
    clear.hidden = !open
    remember(answers)
    if (!open) {
      if (whole !== undefined) narrow(await whole, [])
      place(shown)
      said.textContent = silent
      for (const select of selects) count(select, undefined)
      return
    }
    try {
      const plays = await list()
      if (selects.filter(({ value }) => value !== '').length === 0) return
      said.textContent = narrow(plays, answers)
      for (const select of selects) count(select, { plays, others: answers.filter((each) => each !== select) })
      place(plays)
    } catch {
      whole = undefined
      said.textContent = 'The plays could not be loaded. Try again, or open the list of all plays.'
    }
  }

  const place = (plays: HTMLElement): void => {
    const now = document.querySelector('[data-plays]')
    if (now !== plays) now?.replaceWith(plays)
  }

  const remember = (answers: readonly HTMLSelectElement[]): void => {
    const given = answers.map((select) => [select.name, select.selectedOptions[0]?.dataset['name'] ?? ''])
    if (elsewhere === '') {
      const query = new URLSearchParams(given).toString()
      history.replaceState(null, '', query === '' ? location.pathname : `?${query}`)
    } else {
      try {
        localStorage.setItem(memory, JSON.stringify(given))
      } catch {
        // A browser that keeps nothing forgets this too.
      }
    }
  }

  for (const option of selects.flatMap((select) => [...select.options]))
    if (option.value !== '') option.dataset['name'] = option.text
  for (const [name, answer] of elsewhere === '' ? new URLSearchParams(location.search) : remembered(memory)) {
    const select = selects.find((each) => each.name === name)
    const option = [...(select?.options ?? [])].find((each) => each.dataset['name'] === answer)
    if (select !== undefined && option !== undefined) select.value = option.value
  }
  for (const select of selects) select.addEventListener('change', () => void find())
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(() => void find().then(() => selects[0]?.focus())))
  if (selects.some(({ value }) => value !== '')) void find()
}

function remembered(memory: string): [string, string][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(memory) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each): each is [string, string] => Array.isArray(each)) : []
  } catch {
    return []
  }
}

/** The list of the page of all plays. Nothing of that page runs: it is only read. */
async function listOf(address: string): Promise<HTMLElement> {
  const response = await fetch(address)
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const plays = page.querySelector<HTMLElement>('[data-plays]')
  if (!response.ok || plays === null) throw new Error(`${address} has no list of plays.`)
  return document.importNode(plays, true)
}

/** Hides what does not fit and says what is left. */
function narrow(plays: HTMLElement, answers: readonly HTMLSelectElement[]): string {
  const retired = plays.querySelector<HTMLElement>('[data-retired]')
  if (retired !== null) retired.hidden = answers.length > 0
  const region = answers.find(({ name }) => name === 'region')
  for (const market of plays.querySelectorAll<HTMLDetailsElement>('[data-in-market]'))
    market.open = answers.length > 0 && region !== undefined
  const rows = rowsOf(plays)
  const fitting = rows.filter((row) => !isHypothesis(row) && missed(row, answers).length === 0)
  const allowed = fitting.length === 0 && answers.length > 1 ? 1 : 0
  for (const row of rows) {
    const misses = missed(row, answers)
    const elsewhere =
      row.closest('[data-in-market]') !== null && !(region !== undefined && tokensOf(row).has(region.value))
    row.hidden = isHypothesis(row) ? answers.length > 0 && (misses.length > 0 || elsewhere) : misses.length > allowed
    explain(row, answers, misses)
  }
  for (const part of plays.querySelectorAll<HTMLElement>('details[data-in-market], [data-of-segment], section.part'))
    part.hidden = part.querySelector('li[data-fit]:not([hidden])') === null
  if (fitting.length > 0)
    return `${fitting.length === 1 ? 'One play fits' : `${fitting.length} plays fit`}, by how well the ledger backs ${fitting.length === 1 ? 'it' : 'them'}.`
  return rows.every((row) => row.hidden || isHypothesis(row))
    ? 'No play fits this yet. Take an answer away, or search above.'
    : 'No play fits all of this. These miss one answer each.'
}

/** Under a play: what of the answers it is made for, and what it misses. */
function explain(row: HTMLElement, answers: readonly HTMLSelectElement[], misses: readonly HTMLSelectElement[]): void {
  row.querySelector('.why')?.remove()
  if (answers.length === 0 || row.hidden) return
  const tokens = tokensOf(row)
  const why = document.createElement('p')
  why.className = 'why small'
  why.textContent = answers
    .map((select) =>
      misses.includes(select)
        ? `not for ${nameOf(select)}`
        : tokens.has(select.value)
          ? `for ${nameOf(select)}`
          : tokens.has(wonThere(select.value))
            ? `won in ${nameOf(select)}`
            : `any ${select.name}`,
    )
    .join(' · ')
  row.append(why)
}

function nameOf(select: HTMLSelectElement): string {
  return select.selectedOptions[0]?.dataset['name'] ?? ''
}

function rowsOf(plays: HTMLElement): HTMLElement[] {
  return [...plays.querySelectorAll<HTMLElement>('li[data-fit]')].filter(
    (row) => row.closest('[data-retired]') === null,
  )
}

function isHypothesis(row: HTMLElement): boolean {
  return row.parentElement?.classList.contains('plays-learning') ?? false
}

const known = new WeakMap<HTMLElement, ReadonlySet<string>>()

function tokensOf(row: HTMLElement): ReadonlySet<string> {
  const tokens = known.get(row) ?? new Set((row.dataset['fit'] ?? '').split(' '))
  known.set(row, tokens)
  return tokens
}

function missed(row: HTMLElement, answers: readonly HTMLSelectElement[]): HTMLSelectElement[] {
  return answers.filter(({ value, dataset }) => !fits(row, value, dataset['letter']))
}

function fits(row: HTMLElement, answer: string, letter = ''): boolean {
  const tokens = tokensOf(row)
  return tokens.has(answer) || tokens.has(`${letter}*`) || tokens.has(wonThere(answer))
}

/** The token of a play that is not made for the region, but has evidence from it. */
function wonThere(answer: string): string {
  return answer.toUpperCase()
}

/** Each answer with the number of plays that it would leave beside the other answers. */
function count(
  select: HTMLSelectElement,
  from: { readonly plays: HTMLElement; readonly others: readonly HTMLSelectElement[] } | undefined,
): void {
  const left =
    from === undefined
      ? []
      : rowsOf(from.plays).filter((row) => !isHypothesis(row) && missed(row, from.others).length === 0)
  for (const option of select.options) {
    const name = option.dataset['name']
    if (name === undefined) continue
    const number = left.filter((row) => fits(row, option.value, select.dataset['letter'])).length
    option.text = from === undefined ? name : `${name} (${number})`
  }
}

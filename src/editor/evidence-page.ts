/**
 * What the evidence view shows of a play, as HTML: the verdict, each citation with its reasons, deals that would fit.
 */
import { reasonText } from '../reports/reasons.ts'
import { recordLine, verdictWords } from '../reports/verdict-words.ts'
import { type Html, html, sentence } from './panel-page.ts'
import type { EvidenceAnswer, FittingDeal } from './requests.ts'

export const noPlay = html`<p class="quiet">This page is no play. Verdicts and citations are shown for plays.</p>`

/** The whole view of one play. */
export function evidencePage({ play, title, fitting }: EvidenceAnswer, most: number): Html {
  const counting = play.citations.filter(({ eligible }) => eligible).length
  return html`<h1>${title}</h1>
<p><span class="verdict ${play.verdict}">${verdictWords(play)}</span> <span class="quiet">status: ${play.status ?? 'none'}</span></p>
<p>${recordLine(play)}${play.record.basis === 'matched' ? html` <span class="quiet">Deals that fit; nobody recorded that the play was run.</span>` : ''}</p>
<h2>Cited deals: ${counting} of ${play.citations.length} count</h2>
${
  play.citations.length === 0
    ? html`<p class="quiet">None yet.</p>`
    : html`<ul>${play.citations.map(
        (
          citation,
        ) => html`<li class="deal"><span class="name ${citation.eligible ? 'counts' : 'counts-not'}">${citation.deal} ${citation.account}</span><span>${amount(citation.amount)}</span>
<span class="facts quiet">${[citation.owner, citation.closed].filter(Boolean).join(' · ')}</span>
${citation.eligible ? '' : html`<span class="why">Does not count: it ${citation.reasons.map((reason) => reasonText(reason)).join('; it ')}.</span>`}</li>`,
      )}</ul>`
}
<h2>Deals that would fit</h2>
${fitting.length === 0 ? html`<p class="quiet">No other won deal fits this play.</p>` : html`<ul>${fitting.slice(0, most).map(fittingDeal)}</ul>`}`
}

function fittingDeal({ deal, account, owner, amount: value, closed, why }: FittingDeal): Html {
  return html`<li class="deal"><span class="name">${deal} ${account}</span><span><button data-send="cite" data-value="${deal}" title="Write ${deal} into the play">Cite</button></span>
<span class="facts quiet">${[amount(value), owner, closed].filter((each) => each !== null && each !== '').join(' · ')}</span>
${why === '' ? '' : html`<span class="why">${sentence(why)}</span>`}</li>`
}

function amount(value: number | null): string {
  return value === null ? '' : value.toLocaleString('en-US')
}

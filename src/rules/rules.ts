/**
 * Every rule, in the order of the reference.
 */

import { churnedCitation } from './citation/churned.ts'
import { elephantCitation } from './citation/elephant.ts'
import { friendsAndFamilyCitation } from './citation/friends-and-family.ts'
import { noCompellingEventCitation } from './citation/no-compelling-event.ts'
import { noReviewCitation } from './citation/no-review.ts'
import { notCountedCitation } from './citation/not-counted.ts'
import { notRunCitation } from './citation/not-run.ts'
import { notWonCitation } from './citation/not-won.ts'
import { outsideSegmentCitation } from './citation/outside-segment.ts'
import { reviewDisagreesCitation } from './citation/review-disagrees.ts'
import { sameAccountCitation } from './citation/same-account.ts'
import { staleCitation } from './citation/stale.ts'
import { unknownDealCitation } from './citation/unknown-deal.ts'
import { unconfirmedCompetitor } from './competitor/unconfirmed.ts'
import { weakenedConfig } from './config/weakened.ts'
import type { Rule } from './define-rule.ts'
import { unansweredFeedback } from './feedback/unanswered.ts'
import { missingField } from './field/missing.ts'
import { unknownField } from './field/unknown.ts'
import { wrongField } from './field/wrong.ts'
import { uncitedFigure } from './figure/uncited.ts'
import { duplicateId } from './file/duplicate-id.ts'
import { encodingOfFile } from './file/encoding.ts'
import { unreadableFrontmatter } from './file/frontmatter.ts'
import { hiddenCharactersInFile } from './file/hidden-characters.ts'
import { tooLargeFile } from './file/too-large.ts'
import { ledgerRow } from './ledger/row.ts'
import { tamperedLedger } from './ledger/tampered.ts'
import { unsignedLedger } from './ledger/unsigned.ts'
import { brokenLink } from './link/broken.ts'
import { retiredLink } from './link/retired.ts'
import { openedTooEarlyMarket } from './market/opened-too-early.ts'
import { overclaimedMessage } from './message/overclaimed.ts'
import { suspectMessage } from './message/suspect.ts'
import { unbackedMessage } from './message/unbacked.ts'
import { unconfirmedMessage } from './message/unconfirmed.ts'
import { namingLeak } from './naming/leak.ts'
import { leftOwner } from './owner/left.ts'
import { oneSidedOwner } from './owner/one-sided.ts'
import { orphanPage } from './page/orphan.ts'
import { unknownSellerPerson } from './person/unknown-seller.ts'
import { concentratedPlay } from './play/concentrated.ts'
import { deadPlay } from './play/dead.ts'
import { overclaimedPlay } from './play/overclaimed.ts'
import { suspectPlay } from './play/suspect.ts'
import { trialExpiredPlay } from './play/trial-expired.ts'
import { unbackedPlay } from './play/unbacked.ts'
import { unconfirmedPlay } from './play/unconfirmed.ts'
import { underclaimedPlay } from './play/underclaimed.ts'
import { unknownColumnPredicate } from './predicate/unknown-column.ts'
import { unknownValuePredicate } from './predicate/unknown-value.ts'
import { unknownReference } from './reference/unknown.ts'
import { repWithoutMarket } from './rep/without-market.ts'
import { missingFirstCustomerReview } from './review/missing-first-customer.ts'
import { oneSidedReview } from './review/one-sided.ts'
import { flipFlopSeat } from './seat/flip-flop.ts'
import { founderSellingSeat } from './seat/founder-selling.ts'
import { sharedSeat } from './seat/shared.ts'
import { emptySection } from './section/empty.ts'
import { missingSection } from './section/missing.ts'
import { twoPriceLevelsSegment } from './segment/two-price-levels.ts'
import { expiredWaiver } from './waiver/expired.ts'
import { waiverWithoutReason } from './waiver/no-reason.ts'
import { openEndedWaiver } from './waiver/open-ended.ts'
import { unusedWaiver } from './waiver/unused.ts'

export const rules: readonly Rule[] = [
  encodingOfFile,
  unreadableFrontmatter,
  tooLargeFile,
  hiddenCharactersInFile,
  duplicateId,
  missingField,
  unknownField,
  wrongField,
  missingSection,
  emptySection,
  unknownReference,
  brokenLink,
  retiredLink,
  orphanPage,
  unbackedPlay,
  unbackedMessage,
  unknownDealCitation,
  notWonCitation,
  reviewDisagreesCitation,
  notCountedCitation,
  staleCitation,
  noReviewCitation,
  noCompellingEventCitation,
  notRunCitation,
  friendsAndFamilyCitation,
  outsideSegmentCitation,
  elephantCitation,
  sameAccountCitation,
  churnedCitation,
  overclaimedPlay,
  underclaimedPlay,
  suspectPlay,
  suspectMessage,
  unconfirmedPlay,
  unconfirmedMessage,
  unconfirmedCompetitor,
  overclaimedMessage,
  concentratedPlay,
  deadPlay,
  trialExpiredPlay,
  uncitedFigure,
  oneSidedOwner,
  leftOwner,
  sharedSeat,
  flipFlopSeat,
  founderSellingSeat,
  openedTooEarlyMarket,
  repWithoutMarket,
  twoPriceLevelsSegment,
  unknownSellerPerson,
  namingLeak,
  weakenedConfig,
  unknownColumnPredicate,
  unknownValuePredicate,
  missingFirstCustomerReview,
  oneSidedReview,
  unansweredFeedback,
  ledgerRow,
  unsignedLedger,
  tamperedLedger,
  unusedWaiver,
  expiredWaiver,
  openEndedWaiver,
  waiverWithoutReason,
]

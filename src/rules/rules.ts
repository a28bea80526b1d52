/**
 * Every rule, in the order of the reference.
 */
import type { Rule } from './define-rule.ts'
import { unbackedPlay } from './play/unbacked.ts'

export const rules: readonly Rule[] = [unbackedPlay]

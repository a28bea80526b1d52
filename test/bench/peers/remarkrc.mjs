/**
 * The nearest thing to `playproof check` made of published parts: frontmatter against JSON Schemas (made
 * from our own by `peers.ts`), relative links and anchors across files. It knows no ledger.
 */
import { readdirSync } from 'node:fs'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkLintFrontmatterSchema from 'remark-lint-frontmatter-schema'
import remarkValidateLinks from 'remark-validate-links'

const schemas = Object.fromEntries(
  readdirSync('schemas').map((name) => [`schemas/${name}`, [`playbook/${name.replace('.json', '')}/*.md`]]),
)

export default {
  plugins: [
    remarkFrontmatter,
    remarkGfm,
    [remarkLintFrontmatterSchema, { schemas }],
    [remarkValidateLinks, { repository: false }],
  ],
}

/**
 * The one collection of the site; {@link playbookLoader} fills it.
 */
import { defineCollection } from 'astro/content/config'
import { playbookLoader } from './content/playbook-loader.ts'

export const collections = { book: defineCollection({ loader: playbookLoader() }) }

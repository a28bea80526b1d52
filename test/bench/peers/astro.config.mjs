/**
 * Starlight over the generated pages, with its search. One entry in the sidebar: the default, every page
 * in every page, would only make it slower.
 */
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'

export default defineConfig({
  site: 'https://playbook.example',
  integrations: [starlight({ title: 'Playbook', sidebar: [{ label: 'Home', link: '/' }] })],
})

/**
 * Drives VS Code's workbench in a browser: the studio's and that of a VS Code server, which have the same elements.
 *
 * Waits for what is to be seen and never for a time, because the machine may be busy.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Frame, Page } from 'playwright-core'

export class Workbench {
  readonly #page: Page
  readonly #patience: number

  /** `patience`: for how many milliseconds the frame of a view is waited for. */
  constructor(page: Page, patience = 30_000) {
    this.#page = page
    this.#patience = patience
  }

  /** Opens a list by its key, types into it and takes the first row that is found. */
  async choose(key: string, text: string): Promise<void> {
    await this.#page.keyboard.press(key)
    await this.#page.locator('.quick-input-widget input').waitFor({ state: 'visible' })
    await this.#page.keyboard.type(text)
    await this.#page
      .locator('.quick-input-list .monaco-list-row', { hasText: text.split(': ').at(-1) ?? text })
      .first()
      .waitFor()
    await this.#page.keyboard.press('Enter')
  }

  command(title: string): Promise<void> {
    return this.choose('F1', title)
  }

  /** Answers a question in the box of this title. The palette, which goes as the question comes, has the same input. */
  async answer(title: string, text: string): Promise<void> {
    await this.#page.locator('.quick-input-title', { hasText: title }).waitFor()
    await this.#page.locator('.quick-input-widget input:focus').waitFor()
    await this.#page.keyboard.press('Control+a')
    await this.#page.keyboard.type(text)
    await this.#page.keyboard.press('Enter')
  }

  /** Opens a play from the tree of files. */
  async openPlay(name: string): Promise<void> {
    await this.#page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: `${name}.md` })
      .first()
      .dblclick()
    await this.#page.locator('.tab.active', { hasText: name }).waitFor()
    await this.#page.locator('.editor-instance .view-lines').first().waitFor()
  }

  /** What the editor shows, with ordinary blanks. */
  async shown(): Promise<string> {
    return (await this.#page.locator('.editor-instance .view-lines').first().innerText()).replaceAll('\u00a0', ' ')
  }

  /** Marks `wrong` in the text, types what `wanted` begins with and takes it from the list of completions. */
  async complete(wrong: string, beginning: string, wanted: string): Promise<void> {
    await this.#page
      .locator('.view-line span', { hasText: new RegExp(`^${wrong}$`) })
      .first()
      .dblclick()
    await this.#page.keyboard.type(beginning)
    await this.#page.keyboard.press('Control+Space')
    await this.#page.locator('.suggest-widget .monaco-list-row', { hasText: wanted }).first().waitFor()
    await this.#page.keyboard.press('Enter')
  }

  async save(): Promise<void> {
    await this.#page.keyboard.press('Control+s')
  }

  /** The frame of a view the extension draws, by what it holds; it is another one whenever the view is drawn again. */
  async drawn(selector: string): Promise<Frame> {
    for (const until = Date.now() + this.#patience; Date.now() < until; await wait(50)) {
      let found: Frame | undefined
      for (const frame of this.#page.frames()) if ((await frame.$(selector).catch(() => null)) !== null) found = frame
      if (found !== undefined) return found
    }
    throw new Error(`no frame holds ${selector}`)
  }
}

/**
 * *New Page…*: a form made from what the schemas say of a type, and the page that the server makes of it.
 */
import * as vscode from 'vscode'
import { formPage } from './page-form.ts'
import { isPanelMessage, panelPage } from './panel-page.ts'
import type { Ask, PageType } from './requests.ts'

/** Opens the form; `type` is chosen in it where none is given. */
export async function showNewPageForm(ask: Ask, wanted: string | undefined): Promise<void> {
  const types = await withIds(await ask('playproof/pageTypes', undefined))
  const first = types.find(({ type }) => type === wanted) ?? types[0]
  if (first === undefined) return
  let chosen = first
  const panel = vscode.window.createWebviewPanel('playproof.newPage', 'New page', vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [],
    retainContextWhenHidden: true,
  })
  const draw = (given: ReadonlyMap<string, string>, fault?: string): void => {
    panel.title = `New ${chosen.type}`
    panel.webview.html = panelPage(formPage(types, chosen, given, fault))
  }
  draw(new Map())
  panel.webview.onDidReceiveMessage(async (message: unknown) => {
    if (!isPanelMessage(message)) return
    const given = joinedFields(message.fields)
    if (message.send === 'type') {
      chosen = types.find(({ type }) => type === message.value) ?? chosen
      draw(given)
    } else if (message.send === 'make') {
      const fault = await make(ask, chosen, new Map(given))
      if (fault === undefined) panel.dispose()
      else draw(given, fault)
    }
  })
}

/** The types with the ids that there are offered wherever a field refers to another page. */
async function withIds(types: readonly PageType[]): Promise<readonly PageType[]> {
  const ids = new Map(await Promise.all(types.map(async ({ type, folder }) => [type, await idsIn(folder)] as const)))
  return types.map(({ fields, ...type }) => ({
    ...type,
    fields: fields.map((field) =>
      field.reference === null ? field : { ...field, choices: ids.get(field.reference) ?? [] },
    ),
  }))
}

async function idsIn(folder: string): Promise<string[]> {
  const pages = await pagesIn(placeOf(`playbook/${folder}`))
  return pages.filter((name) => name.toLowerCase() !== 'readme').sort()
}

async function pagesIn(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (listed) => listed,
    // A playbook need not have pages of every type.
    () => [],
  )
  const found = entries.map(async ([name, kind]) => {
    if (kind === vscode.FileType.Directory) return pagesIn(vscode.Uri.joinPath(folder, name))
    return name.endsWith('.md') ? [name.slice(0, -3)] : []
  })
  return (await Promise.all(found)).flat()
}

/** Several values of one field become a list, separated by commas. */
function joinedFields(fields: readonly (readonly [string, string])[]): Map<string, string> {
  const joined = new Map<string, string>()
  for (const [name, value] of fields) {
    const text = value.trim()
    if (text !== '') joined.set(name, joined.has(name) ? `${joined.get(name)}, ${text}` : text)
  }
  return joined
}

/** Makes and opens the page; gives a sentence where that cannot be done. */
async function make(ask: Ask, { type }: PageType, given: Map<string, string>): Promise<string | undefined> {
  const id = given.get('id') ?? ''
  given.delete('id')
  given.delete('type')
  try {
    const { path, text } = await ask('playproof/newPage', { type, id, fields: Object.fromEntries(given) })
    const uri = placeOf(path)
    const edit = new vscode.WorkspaceEdit()
    edit.createFile(uri, { contents: new TextEncoder().encode(text) })
    if (!(await vscode.workspace.applyEdit(edit))) return `${path} could not be made. Is there such a page already?`
    await vscode.window.showTextDocument(uri, { preview: false })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Where a path that begins with `playbook/` is: the opened folder is the playbook or holds it. */
function placeOf(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? []
  if (folder === undefined) throw new Error('Open the folder of your playbook first.')
  const root = folder.uri.path.endsWith('/playbook') ? vscode.Uri.joinPath(folder.uri, '..') : folder.uri
  return vscode.Uri.joinPath(root, path)
}

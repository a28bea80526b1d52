/**
 * The studio's page: the workbench of VS Code on the playbook's folder, with the Playproof extension in it.
 *
 * Thin on purpose. What a person can do with plays is in the extension, so that VS Code on the desktop has it too;
 * here is only what a page must do: which parts of the workbench there are, where files come from, how it looks,
 * and that nobody overlooks a server that went away.
 */
import editorWorker from '@codingame/monaco-vscode-api/workers/editor.worker?worker&url'
import extensionHostWorker from '@codingame/monaco-vscode-api/workers/extensionHost.worker?worker&url'
import outputWorker from '@codingame/monaco-vscode-output-service-override/worker?worker&url'
import searchWorker from '@codingame/monaco-vscode-search-service-override/worker?worker&url'
import textMateWorker from '@codingame/monaco-vscode-textmate-service-override/worker?worker&url'
import '@codingame/monaco-vscode-markdown-basics-default-extension'
import '@codingame/monaco-vscode-theme-defaults-default-extension'
import '@codingame/monaco-vscode-theme-seti-default-extension'
import '@codingame/monaco-vscode-yaml-default-extension'
import accessibility from '@codingame/monaco-vscode-accessibility-service-override'
import {
  getService,
  ICommandService,
  type IEditorOverrideServices,
  INotificationService,
  initialize,
} from '@codingame/monaco-vscode-api'
import { ExtensionHostKind, type IExtensionManifest, registerExtension } from '@codingame/monaco-vscode-api/extensions'
import { URI } from '@codingame/monaco-vscode-api/vscode/vs/base/common/uri'
import { CommandsRegistry } from '@codingame/monaco-vscode-api/vscode/vs/platform/commands/common/commands'
import { Severity } from '@codingame/monaco-vscode-api/vscode/vs/platform/notification/common/notification'
import { TextFileEditorModelState } from '@codingame/monaco-vscode-api/vscode/vs/workbench/services/textfile/common/textfiles'
import { ITextFileService } from '@codingame/monaco-vscode-api/vscode/vs/workbench/services/textfile/common/textfiles.service'
import bulkEdit from '@codingame/monaco-vscode-bulk-edit-service-override'
import configuration from '@codingame/monaco-vscode-configuration-service-override'
import dialogs from '@codingame/monaco-vscode-dialogs-service-override'
import environment from '@codingame/monaco-vscode-environment-service-override'
import explorer from '@codingame/monaco-vscode-explorer-service-override'
import extensions from '@codingame/monaco-vscode-extensions-service-override'
import files, {
  createIndexedDBProviders,
  registerCustomProvider,
} from '@codingame/monaco-vscode-files-service-override'
import keybindings from '@codingame/monaco-vscode-keybindings-service-override'
import languages from '@codingame/monaco-vscode-languages-service-override'
import lifecycle from '@codingame/monaco-vscode-lifecycle-service-override'
import log from '@codingame/monaco-vscode-log-service-override'
import markers from '@codingame/monaco-vscode-markers-service-override'
import model from '@codingame/monaco-vscode-model-service-override'
import multiDiffEditor from '@codingame/monaco-vscode-multi-diff-editor-service-override'
import notifications from '@codingame/monaco-vscode-notifications-service-override'
import outline from '@codingame/monaco-vscode-outline-service-override'
import output from '@codingame/monaco-vscode-output-service-override'
import preferences from '@codingame/monaco-vscode-preferences-service-override'
import quickAccess from '@codingame/monaco-vscode-quickaccess-service-override'
import scm from '@codingame/monaco-vscode-scm-service-override'
import search from '@codingame/monaco-vscode-search-service-override'
import storage from '@codingame/monaco-vscode-storage-service-override'
import textMate from '@codingame/monaco-vscode-textmate-service-override'
import theme from '@codingame/monaco-vscode-theme-service-override'
import banner from '@codingame/monaco-vscode-view-banner-service-override'
import statusBar from '@codingame/monaco-vscode-view-status-bar-service-override'
import titleBar from '@codingame/monaco-vscode-view-title-bar-service-override'
import workbench from '@codingame/monaco-vscode-workbench-service-override'
import workingCopy from '@codingame/monaco-vscode-working-copy-service-override'
import workspaceTrust from '@codingame/monaco-vscode-workspace-trust-service-override'
import manifest from '../../editor/vsix/package.json' with { type: 'json' }
import type { StudioFacts } from '../messages.ts'
import { calmMenus, calmViews } from './calm-menus.ts'
import { Disk } from './disk.ts'
import { type LineState, ServerLink } from './server-link.ts'
import { calmSettings, calmState } from './settings.ts'

const workers: Readonly<Record<string, string>> = {
  editorWorkerService: editorWorker,
  extensionHostWorkerMain: extensionHostWorker,
  LocalFileSearchWorker: searchWorker,
  OutputLinkDetectionWorker: outputWorker,
  TextMateWorker: textMateWorker,
}

/** The extension host starts its worker from a blob, so addresses are whole. */
const whole = (address: string): string => new URL(address, location.href).href

window.MonacoEnvironment = {
  getWorkerUrl: (_: string, label: string) => whole(workers[label] ?? ''),
  getWorkerOptions: () => ({ type: 'module' }),
}

async function open(): Promise<void> {
  const facts = (await (await fetch('/studio.json')).json()) as StudioFacts
  const folder = URI.file(facts.folder)
  const link = new ServerLink()
  const disk = new Disk(link, folder.path, (path) => URI.file(path))
  await Promise.all([link.connect(), createIndexedDBProviders()])
  registerCustomProvider('file', disk)
  calmViews()
  calmMenus()
  tellWidth()
  registerPlayproof()
  document.querySelector('#opening')?.remove()
  await initialize(services(), document.body, {
    workspaceProvider: { trusted: true, workspace: { folderUri: folder }, open: async () => false },
    enableWorkspaceTrust: false,
    configurationDefaults: calmSettings,
    productConfiguration: {
      nameShort: 'Playproof Studio',
      nameLong: 'Playproof Studio',
      applicationName: 'playproof-studio',
      enableTelemetry: false,
    },
    windowIndicator: { label: facts.title, tooltip: facts.folder, onDidChange: () => ({ dispose() {} }) },
    additionalTrustedDomains: ['*'],
  })
  await keepFaith(link, disk)
}

function services(): IEditorOverrideServices {
  return {
    ...log(),
    ...extensions({ enableWorkerExtensionHost: true }),
    ...model(),
    ...notifications(),
    ...dialogs(),
    ...configuration(),
    ...keybindings(),
    ...textMate(),
    ...theme(),
    ...languages(),
    ...outline(),
    ...search(),
    ...markers(),
    ...accessibility(),
    ...storage({ fallbackOverride: calmState }),
    ...lifecycle(),
    ...files(),
    ...environment(),
    ...explorer(),
    ...scm(),
    ...output(),
    ...preferences(),
    ...bulkEdit(),
    ...multiDiffEditor(),
    ...workspaceTrust(),
    ...workingCopy({ storage: 'userData' }),
    ...banner(),
    ...statusBar(),
    ...titleBar(),
    ...quickAccess({ isKeybindingConfigurationVisible: () => true, shouldUseGlobalPicker: () => true }),
    ...workbench(),
  }
}

/** What the extension cannot see from its worker. */
function tellWidth(): void {
  CommandsRegistry.registerCommand('playproof.studio.isNarrow', () => window.innerWidth < 1280)
}

/** The same extension that VS Code on the desktop runs, from the files beside this page. */
function registerPlayproof(): void {
  // The studio shows nothing but a playbook, so the extension need not look for one before it starts.
  const known = { ...manifest, activationEvents: ['*'] } as unknown as IExtensionManifest
  const { registerFileUrl } = registerExtension(known, ExtensionHostKind.LocalWebWorker, { system: true })
  for (const path of ['browser.cjs', 'media/playproof.svg'])
    registerFileUrl(`/${path}`, whole(`extension/${path}`), path.endsWith('.svg') ? 'image/svg+xml' : 'text/javascript')
}

/** Ties open texts to what they were made from, and says when the server is away. */
async function keepFaith(link: ServerLink, disk: Disk): Promise<void> {
  const texts = await getService(ITextFileService)
  const notices = await getService(INotificationService)
  const commands = await getService(ICommandService)
  disk.overwrites = (resource) => texts.files.get(resource)?.hasState(TextFileEditorModelState.CONFLICT) === true
  texts.files.onDidResolve(({ model: text }) => {
    if (!text.isDirty()) disk.noteShown(text.resource)
  })
  texts.files.onDidRemove((resource) => disk.noteClosed(resource))
  let notice: { close(): void } | undefined
  let shown: LineState = 'open'
  link.onState = (state) => {
    if (state === shown) return
    shown = state
    notice?.close()
    document.body.dataset['line'] = state
    if (state === 'open') {
      disk.lookAgain(texts.files.models.map(({ resource }) => resource))
      void commands.executeCommand('workbench.files.action.refreshFilesExplorer')
    } else {
      const message = `${lineWords[state]} Your unsaved text is kept in this browser.`
      notice = notices.notify({
        severity: Severity.Warning,
        message,
        sticky: true,
        progress: { infinite: state === 'away' },
      })
    }
  }
  window.addEventListener('focus', () => link.ask({ ask: 'look' }).catch(() => {}))
}

const lineWords: Readonly<Record<Exclude<LineState, 'open'>, string>> = {
  away: 'The studio’s server does not answer; trying again.',
  'signed-out': 'The studio was started anew. Open it with the address that the terminal shows.',
}

void open()

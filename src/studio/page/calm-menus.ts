/**
 * Which views, menus and commands of the workbench the studio shows: what somebody needs who writes plays.
 *
 * The workbench brings some five hundred commands, for programmers, and some that lead nowhere in a browser. The
 * palette lists those named here and ours; the other menus lose what is named here. Keys still do what they do.
 */
import {
  isIMenuItem,
  MenuId,
  MenuRegistry,
} from '@codingame/monaco-vscode-api/vscode/vs/platform/actions/common/actions'
import { CommandsQuickAccessProvider } from '@codingame/monaco-vscode-quickaccess-service-override/vscode/vs/workbench/contrib/quickaccess/browser/commandsQuickAccess'
import { viewContainerRegistry, viewRegistry } from '@codingame/monaco-vscode-workbench-service-override'

/** To be called before the workbench is made. */
export function calmViews(): void {
  for (const id of ['workbench.panel.output', 'workbench.scm.repositories', 'workbench.scm.history']) {
    const view = viewRegistry.getView(id)
    const container = viewRegistry.getViewContainer(id)
    if (view !== null && container !== null) viewRegistry.deregisterViews([view], container)
  }
  const title = { value: 'Changes', original: 'Changes' }
  const container = viewContainerRegistry.get('workbench.view.scm')
  const view = viewRegistry.getView('workbench.scm')
  if (container !== undefined) Object.assign(container, { title })
  if (view !== null)
    Object.assign(view, { name: title, containerTitle: title.value, singleViewPaneContainerTitle: title.value })
}

/** To be called before the workbench is made. */
export function calmMenus(): void {
  const all = MenuRegistry.getMenuItems.bind(MenuRegistry)
  MenuRegistry.getMenuItems = (menu) => {
    const left = leftOut.get(menu)
    return all(menu).filter((item) => {
      if (menu === MenuId.CommandPalette) return isIMenuItem(item) && isListed(item.command.id)
      return !left?.has(isIMenuItem(item) ? item.command.id : item.submenu.id)
    })
  }
  // Those that are listed come from the menu.
  Object.assign(CommandsQuickAccessProvider.prototype, { getCodeEditorCommandPicks: () => [] })
}

function isListed(command: string): boolean {
  return command.startsWith('playproof.') || listed.has(command)
}

const listed: ReadonlySet<string> = new Set([
  // Pages
  'workbench.action.quickOpen',
  'workbench.action.files.save',
  'workbench.action.files.saveFiles',
  'workbench.action.files.revert',
  'workbench.files.action.compareWithSaved',
  'workbench.files.action.showActiveFileInExplorer',
  'workbench.action.closeActiveEditor',
  'workbench.action.closeAllEditors',
  'workbench.action.reopenClosedEditor',
  'workbench.action.splitEditor',
  'workbench.action.navigateBack',
  'workbench.action.navigateForward',
  // Text
  'undo',
  'redo',
  'actions.find',
  'editor.action.startFindReplaceAction',
  'editor.action.triggerSuggest',
  'editor.action.quickFix',
  'editor.action.formatDocument',
  'editor.action.rename',
  'editor.action.revealDefinition',
  'editor.action.goToReferences',
  'editor.action.toggleWordWrap',
  'editor.foldAll',
  'editor.unfoldAll',
  'workbench.action.gotoLine',
  'workbench.action.gotoSymbol',
  'workbench.action.showAllSymbols',
  // Findings and search
  'workbench.actions.view.problems',
  'workbench.panel.markers.view.focus',
  'editor.action.marker.nextInFiles',
  'editor.action.marker.prevInFiles',
  'workbench.action.findInFiles',
  'workbench.action.replaceInFiles',
  // What is to be seen
  'workbench.view.explorer',
  'workbench.view.search',
  'workbench.view.scm',
  'workbench.action.toggleSidebarVisibility',
  'workbench.action.toggleAuxiliaryBar',
  'workbench.action.togglePanel',
  'workbench.action.resetViewLocations',
  'notifications.showList',
  // How it looks and is used
  'workbench.action.openSettings',
  'workbench.action.openGlobalKeybindings',
  'workbench.action.selectTheme',
  'workbench.action.toggleLightDarkThemes',
  'workbench.action.openAccessibilitySettings',
  'editor.action.accessibilityHelp',
  'editor.action.toggleScreenReaderAccessibilityMode',
  'editor.action.fontZoomIn',
  'editor.action.fontZoomOut',
  'editor.action.fontZoomReset',
])

/** Commands and submenus by their ids. A page is made and renamed by ours, which know its fields and references. */
const leftOut: ReadonlyMap<MenuId, ReadonlySet<string>> = new Map(
  (
    [
      [
        MenuId.ExplorerContext,
        [
          'explorer.openWith',
          'explorer.newFile',
          'explorer.newFolder',
          'explorer.upload',
          'renameFile',
          'filesExplorer.cut',
          'filesExplorer.copy',
          'filesExplorer.paste',
          'copyFilePath',
        ],
      ],
      [
        MenuId.ViewTitle,
        ['workbench.files.action.createFileFromExplorer', 'workbench.files.action.createFolderFromExplorer'],
      ],
      [
        MenuId.EditorContext,
        [
          'editor.action.changeAll',
          'editor.action.refactor',
          'editor.action.sourceAction',
          'editor.action.formatDocument',
          'editor.action.rename',
          'EditorContextPeek',
        ],
      ],
      [
        MenuId.EditorTitleContext,
        [
          'copyFilePath',
          'workbench.action.reopenWithEditor',
          'workbench.action.moveEditorToNewWindow',
          'workbench.action.copyEditorToNewWindow',
          'EditorSplitMoveSubmenu',
        ],
      ],
      [MenuId.EditorTitle, ['workbench.action.toggleEditorGroupLock', 'workbench.action.configureEditor']],
      [MenuId.SCMTitle, ['workbench.scm.action.setTreeViewMode']],
      [MenuId.TitleBarContext, ['toggle.window.menuBarVisibility', 'workbench.action.toggleMenuBar']],
      [MenuId.TitleBarTitleContext, ['toggle.window.menuBarVisibility', 'workbench.action.toggleMenuBar']],
    ] as const
  ).map(([menu, ids]) => [menu, new Set<string>(ids)]),
)

/**
 * How the workbench is set where the person has not chosen otherwise: calm, for people who write and do not program.
 */
export const calmSettings = {
  'window.autoDetectColorScheme': true,
  'workbench.preferredLightColorTheme': 'Light Modern',
  'workbench.preferredDarkColorTheme': 'Dark Modern',
  'workbench.iconTheme': 'vs-seti',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the workbench fills these in.
  'window.title': '${dirty}${activeEditorShort}${separator}Playproof Studio',
  'window.menuBarVisibility': 'hidden',
  'window.commandCenter': true,
  'workbench.layoutControl.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.editor.empty.hint': 'hidden',
  'workbench.accounts.experimental.showEntitlements': false,
  'breadcrumbs.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  // A save is a decision: the text survives a reload, and goes to the disk when its author says so.
  'files.autoSave': 'off',
  'files.hotExit': 'onExitAndWindowClose',
  'files.trimTrailingWhitespace': false,
  'explorer.compactFolders': false,
  'explorer.openEditors.visible': 0,
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'editor.wrappingIndent': 'same',
  'editor.lineHeight': 1.6,
  'editor.glyphMargin': false,
  'editor.folding': true,
  'editor.stickyScroll.enabled': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.quickSuggestions': { other: 'on', comments: 'off', strings: 'on' },
  'editor.unicodeHighlight.ambiguousCharacters': false,
  'editor.renderWhitespace': 'none',
  'scm.alwaysShowActions': true,
  'scm.defaultViewMode': 'list',
  'search.defaultViewMode': 'list',
  'problems.showCurrentInStatus': true,
  '[markdown]': {
    'editor.quickSuggestions': { other: 'on', comments: 'off', strings: 'on' },
    'editor.wordWrap': 'on',
  },
} as const

/** Parts that can be hidden, but by no setting; whoever shows one again keeps it. */
export const calmState = {
  'workbench.activity.showAccounts': false,
  'workbench.statusbar.hidden': JSON.stringify(
    ['editor.encoding', 'editor.eol', 'editor.indentation', 'editor.mode', 'workbench.keyboardLayout', 'host'].map(
      (name) => `status.${name}`,
    ),
  ),
}

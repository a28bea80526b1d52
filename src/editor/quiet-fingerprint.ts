/**
 * Draws the fingerprint of a confirmation faintly: it is for `playproof confirm` to compare, and nobody reads it.
 */
import * as vscode from 'vscode'

/** Keeps it faint in every editor that is to be seen. */
export function quietFingerprints(): vscode.Disposable {
  const faint = vscode.window.createTextEditorDecorationType({ opacity: '0.35' })
  const draw = (): void => {
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document.languageId === 'markdown') editor.setDecorations(faint, fingerprintIn(editor.document))
  }
  draw()
  return vscode.Disposable.from(
    faint,
    vscode.window.onDidChangeVisibleTextEditors(draw),
    vscode.workspace.onDidChangeTextDocument(draw),
  )
}

function fingerprintIn(document: vscode.TextDocument): vscode.Range[] {
  const found = /^confirmed:.*?(fingerprint: *"[^"\n]*")/ms.exec(document.getText(new vscode.Range(0, 0, 200, 0)))
  if (found?.[1] === undefined) return []
  const end = found.index + found[0].length
  return [new vscode.Range(document.positionAt(end - found[1].length), document.positionAt(end))]
}

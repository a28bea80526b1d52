-- Drives Neovim's own language client against `playproof lsp --stdio`; prints one line for each thing it saw.
-- NVIM_COMMAND holds the server's words separated by newlines, NVIM_ROOT the folder with `playbook/`, NVIM_PAGE the page.
local lines = {}
local function say(text) table.insert(lines, text) end
local function wait(what, done)
  if not vim.wait(60000, done, 20) then say('missing ' .. what) end
end
local command = vim.split(vim.env.NVIM_COMMAND, '\n')
vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.NVIM_ROOT .. '/' .. vim.env.NVIM_PAGE))
local client = vim.lsp.start_client({
  cmd = command,
  root_dir = vim.env.NVIM_ROOT,
  capabilities = vim.lsp.protocol.make_client_capabilities(),
})
vim.lsp.buf_attach_client(0, client)
wait('the server', function() return vim.lsp.buf_get_clients(0)[client] ~= nil and vim.lsp.get_client_by_id(client).initialized end)
vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'status: provn' })
wait('the finding', function() return #vim.diagnostic.get(0) > 0 end)
local found = vim.diagnostic.get(0)[1]
if found then say(string.format('finding %d:%d %s %s', found.lnum + 1, found.col + 1, found.code, found.source)) end
local function ask(method, line, character)
  local answers = vim.lsp.buf_request_sync(0, method, {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = line, character = character },
  }, 20000)
  return answers and answers[client] and answers[client].result
end
local completion = ask('textDocument/completion', 2, 8)
say('completion ' .. (completion and completion.items[1] and completion.items[1].label or 'nothing'))
vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'status: draft' })
wait('the end of the finding', function() return #vim.diagnostic.get(0) == 0 end)
say('findings ' .. #vim.diagnostic.get(0))
local hover = ask('textDocument/hover', 4, 10)
say('hover ' .. (hover and vim.split(hover.contents.value, '\n')[1] or 'nothing'))
vim.lsp.stop_client(client)
io.stdout:write(table.concat(lines, '\n') .. '\n')
vim.cmd('qa!')

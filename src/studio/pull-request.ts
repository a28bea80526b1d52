/**
 * Where a pull request is opened: the address of the host's own form, made from the remote's address.
 *
 * Nothing is sent and no token is needed; the person at the page opens the address and presses the host's button.
 */

/** Undefined for a host whose form is not known. Any user name or password in the remote's address is left out. */
export function pullRequestAddress(remote: string, branch: string, base: string | undefined): string | undefined {
  const place = placeOf(remote)
  if (place === undefined) return undefined
  const { host, path } = place
  const web = `https://${host}/${path.split('/').map(encodeURIComponent).join('/')}`
  const from = encodeURIComponent(branch)
  if (/(^|\.)github\./.test(host)) {
    const range = base === undefined ? from : `${encodeURIComponent(base)}...${from}`
    return `${web}/compare/${range}?expand=1`
  }
  if (/(^|\.)gitlab\./.test(host)) {
    const target = base === undefined ? '' : `&merge_request%5Btarget_branch%5D=${encodeURIComponent(base)}`
    return `${web}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${from}${target}`
  }
  if (/(^|\.)bitbucket\./.test(host)) return `${web}/pull-requests/new?source=${from}`
  return undefined
}

/** `git@host:owner/name.git`, `ssh://git@host/owner/name` and `https://host/owner/name.git` as host and path. */
function placeOf(remote: string): { host: string; path: string } | undefined {
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(remote)
  const long = URL.canParse(remote) ? new URL(remote) : undefined
  const [host, path] =
    long !== undefined && ['https:', 'http:', 'ssh:'].includes(long.protocol)
      ? [long.hostname, decodeURIComponent(long.pathname)]
      : [short?.[1], short?.[2]]
  const trimmed = path?.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')
  if (host === undefined || trimmed === undefined || !/^[\w.~-]+(?:\/[\w.~-]+)+$/.test(trimmed)) return undefined
  return { host: host.toLowerCase(), path: trimmed }
}

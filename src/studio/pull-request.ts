/**
 * Where a pull request is opened: the address of the host's own form, made from the remote's address.
 *
 * Nothing is sent and no token is needed; the person at the page opens the address and presses the host's button.
 */

/**
 * Undefined for a host whose form is not known: one that is neither one of the three nor named after GitHub or GitLab.
 * Any user name or password in the remote's address is left out.
 */
export function pullRequestAddress(remote: string, branch: string, base: string | undefined): string | undefined {
  const place = placeOf(remote)
  if (place === undefined) return undefined
  const web = `${place.origin}/${inPath(place.path)}`
  const from = encodeURIComponent(branch)
  if (/(^|\.)github\.|\.ghe\.com$/.test(place.host)) {
    const range = base === undefined ? inPath(branch) : `${inPath(base)}...${inPath(branch)}`
    return `${web}/compare/${range}?expand=1`
  }
  if (/(^|\.)gitlab\./.test(place.host)) {
    const target = base === undefined ? '' : `&merge_request%5Btarget_branch%5D=${encodeURIComponent(base)}`
    return `${web}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${from}${target}`
  }
  // A Bitbucket of one's own has other addresses.
  if (place.host === 'bitbucket.org') return `${web}/pull-requests/new?source=${from}`
  return undefined
}

/** Slashes stay: branches and groups have them. */
function inPath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/')
}

/** Where ssh is answered for those whose firewall lets only web traffic out. */
const webHosts: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
}

interface Place {
  readonly host: string
  readonly origin: string
  readonly path: string
}

/** `git@host:owner/name.git`, `ssh://git@host:22/owner/name` and `https://host/group/owner/name.git`. */
function placeOf(remote: string): Place | undefined {
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(remote)
  const long = URL.canParse(remote) ? new URL(remote) : undefined
  const isWeb = long?.protocol === 'https:' || long?.protocol === 'http:'
  const [named, path] =
    long !== undefined && (isWeb || long.protocol === 'ssh:')
      ? [long.hostname, decodeURIComponent(long.pathname)]
      : [short?.[1], short?.[2]]
  const trimmed = path?.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')
  if (named === undefined || trimmed === undefined || !/^[\w.~-]+(?:\/[\w.~-]+)+$/.test(trimmed)) return undefined
  const host = webHosts[named.toLowerCase()] ?? named.toLowerCase()
  return { host, origin: isWeb ? `${long.protocol}//${long.host}` : `https://${host}`, path: trimmed }
}

import { expect, test } from 'vitest'
import { pullRequestAddress } from './pull-request.ts'

const gitLab = (place: string, branch: string, base: string): string =>
  `${place}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${branch}&merge_request%5Btarget_branch%5D=${base}`

const forms: readonly (readonly [string, string, string | undefined, string])[] = [
  ['git@github.com:acme/plays.git', 'a', 'main', 'https://github.com/acme/plays/compare/main...a?expand=1'],
  ['github.com:acme/plays', 'a', 'main', 'https://github.com/acme/plays/compare/main...a?expand=1'],
  ['https://github.com/acme/plays.git/', 'a', 'main', 'https://github.com/acme/plays/compare/main...a?expand=1'],
  ['https://GitHub.com/acme/plays', 'mia/new', 'main', 'https://github.com/acme/plays/compare/main...mia/new?expand=1'],
  ['git@github.com:acme/plays.git', 'a#b?c', 'x/y', 'https://github.com/acme/plays/compare/x/y...a%23b%3Fc?expand=1'],
  ['git@github.com:acme/plays.git', 'a', undefined, 'https://github.com/acme/plays/compare/a?expand=1'],
  [
    'ssh://git@ssh.github.com:443/acme/plays.git',
    'a',
    'main',
    'https://github.com/acme/plays/compare/main...a?expand=1',
  ],
  ['git@github.acme.com:sales/plays.git', 'a', 'main', 'https://github.acme.com/sales/plays/compare/main...a?expand=1'],
  ['git@acme.ghe.com:sales/plays.git', 'a', 'main', 'https://acme.ghe.com/sales/plays/compare/main...a?expand=1'],
  [
    'git@gitlab.com:acme/sales/west/plays.git',
    'a/b',
    'main',
    gitLab('https://gitlab.com/acme/sales/west/plays', 'a%2Fb', 'main'),
  ],
  [
    'ssh://git@gitlab.acme.com:2222/sales/plays.git',
    'a',
    'main',
    gitLab('https://gitlab.acme.com/sales/plays', 'a', 'main'),
  ],
  [
    'https://gitlab.acme.com:8443/sales/plays.git',
    'a',
    'main',
    gitLab('https://gitlab.acme.com:8443/sales/plays', 'a', 'main'),
  ],
  ['ssh://git@altssh.gitlab.com:443/acme/plays.git', 'a', 'main', gitLab('https://gitlab.com/acme/plays', 'a', 'main')],
  [
    'https://mia@bitbucket.org/acme/plays.git',
    'a/b',
    'main',
    'https://bitbucket.org/acme/plays/pull-requests/new?source=a%2Fb',
  ],
]

test.for(forms)('the form for a branch of %s is found', ([remote, branch, base, address]) => {
  expect(pullRequestAddress(remote, branch, base)).toBe(address)
})

test('a password in the remote is never in the address', () => {
  expect(pullRequestAddress('https://mia:secret@github.com/acme/plays.git', 'a', undefined)).toBe(
    'https://github.com/acme/plays/compare/a?expand=1',
  )
})

test('a host or a remote that is not known has no form', () => {
  for (const remote of [
    'https://code.acme.com/acme/plays',
    'ssh://git@bitbucket.acme.com:7999/sales/plays.git',
    'git@github-of-work:acme/plays.git',
    'https://notgithub.com/acme/plays',
    'https://github.com.evil.example/',
    '/srv/git/plays.git',
    'file:///srv/plays',
    'ext::sh -c id',
    '',
  ])
    expect(pullRequestAddress(remote, 'a', 'main')).toBeUndefined()
})

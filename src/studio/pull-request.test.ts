import { expect, test } from 'vitest'
import { pullRequestAddress } from './pull-request.ts'

test('each host’s own form is opened for the branch', () => {
  expect(pullRequestAddress('git@github.com:acme/plays.git', 'new play', 'main')).toBe(
    'https://github.com/acme/plays/compare/main...new%20play?expand=1',
  )
  expect(pullRequestAddress('ssh://git@gitlab.acme.com:2222/sales/team/plays.git', 'a', 'main')).toBe(
    'https://gitlab.acme.com/sales/team/plays/-/merge_requests/new?merge_request%5Bsource_branch%5D=a&merge_request%5Btarget_branch%5D=main',
  )
  expect(pullRequestAddress('https://bitbucket.org/acme/plays', 'a/b', undefined)).toBe(
    'https://bitbucket.org/acme/plays/pull-requests/new?source=a%2Fb',
  )
})

test('a password in the remote is never in the address', () => {
  expect(pullRequestAddress('https://mia:secret@github.com/acme/plays.git', 'a', undefined)).toBe(
    'https://github.com/acme/plays/compare/a?expand=1',
  )
})

test('a host or a remote that is not known has no form', () => {
  for (const remote of [
    'https://code.acme.com/acme/plays',
    '/srv/git/plays.git',
    'file:///srv/plays',
    'ext::sh -c id',
    '',
  ])
    expect(pullRequestAddress(remote, 'a', 'main')).toBeUndefined()
})

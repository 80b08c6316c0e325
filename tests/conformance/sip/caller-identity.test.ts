import { describe, expect, test } from 'vitest';
import type { Header } from '../../../cti-bridge/sip/index.ts';
import { createWorld, trunkHost } from './scripted-peer.ts';

/** Who calls, who was called first, and what else an INVITE carries to us (RFC 3323, RFC 3325, RFC 5806, RFC 7044). */

async function received(headers: readonly Header[]) {
  const world = await createWorld((leg) => leg.progress(180));
  world.peer(trunkHost).call({ headers });
  await world.clock.run(20);
  const leg = world.calls[0]?.leg;
  if (!leg) throw new Error('no call');
  return leg;
}

const header = (name: string, value: string): Header => ({ name, value });

describe('a diverted call', () => {
  test.each([
    ['not at all', [], []],
    ['once', [header('Diversion', '"Reception" <sip:100@pbx.example>;reason=no-answer;counter=1')], ['sip:100@pbx.example']],
    [
      'twice, in one line and in two',
      [header('Diversion', '<sip:200@x>;reason=busy, <tel:+4420>'), header('Diversion', '<sip:300@x>')],
      ['sip:200@x', 'tel:+4420', 'sip:300@x'],
    ],
    ['with one that hides', [header('Diversion', '<sip:200@x>;privacy=full, <sip:100@x>;privacy=off')], ['sip:100@x']],
    [
      'as its history tells',
      [header('History-Info', '<sip:100@x>;index=1, <sip:200@x?Reason=SIP%3Bcause%3D302>;index=1.1, <sip:4001@example.com>;index=1.1.1')],
      ['sip:200@x', 'sip:100@x'],
    ],
    [
      'as the part of its history tells that is not hidden',
      [header('History-Info', '<sip:100@x?Privacy=history>;index=1, <sip:200@x>;index=1.1, <sip:4001@x>;index=1.1.1')],
      ['sip:200@x'],
    ],
    ['whose history is private', [header('History-Info', '<sip:1@x>;index=1, <sip:2@x>;index=1.1'), header('Privacy', 'history')], []],
    ['that hides all its headers', [header('Diversion', '<sip:1@x>'), header('Privacy', 'header')], []],
    ['in words that cannot be read', [header('Diversion', 'nonsense')], []],
  ] as const)('%s', async (_, headers, expected) => {
    expect((await received(headers)).diversion).toEqual(expected);
  });
});

test('headers that we do not know are carried to whoever asks, whatever their spelling', async () => {
  const leg = await received([header('X-Account', 'Ж 42; "a, b"'), header('x-empty', '')]);
  expect(leg.header('x-account')).toBe('Ж 42; "a, b"');
  expect(leg.header('X-Empty')).toBe('');
  expect(leg.header('X-Other')).toBeUndefined();
});

test.each([
  ['by the network alone', [header('P-Asserted-Identity', '<sip:+44@x>')], { user: '+44', displayName: null }],
  [
    'by the network, and wants to be withheld',
    [header('P-Asserted-Identity', '<sip:+44@x>'), header('Privacy', 'id')],
    { user: null, displayName: null },
  ],
  ['by itself, and wants no more than its session hidden', [header('Privacy', 'session')], { user: '+8613800000001', displayName: null }],
])('a caller is named %s', async (_, headers, expected) => {
  expect((await received(headers)).caller).toEqual(expected);
});

test('a trunk that is told 420 is told of what', async () => {
  const world = await createWorld((leg) => leg.progress(180));
  const call = world.peer(trunkHost).call({ headers: [header('Require', '100rel, timer, gruu, precondition')] });
  await world.clock.run(20);
  expect(call.final).toBe(420);
  expect(call.lastResponse?.headers.filter(({ name }) => name === 'Unsupported').map(({ value }) => value)).toEqual(['gruu, precondition']);
});

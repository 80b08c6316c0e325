import { describe, expect, it } from 'vitest';
import { type ConnectionState, connectionLight, createStores, noConnection, type Unstored } from '../../../../renderer/stores/index.ts';

const well: ConnectionState = { ...noConnection, bridge: 'connected', roundTripMs: 20, phone: 'registered', microphone: 'ready' };
const nothing: Unstored = { notes: 0, messages: 0 };
const words = (connection: Partial<ConnectionState>, unstored = nothing, keepsTexts = true) => {
  const { headline, level, parts } = connectionLight({ ...well, ...connection }, unstored, keepsTexts);
  return { head: `${headline.part}.${headline.state}`, level, tones: parts.map(({ tone }) => tone) };
};

describe('the connection light', () => {
  it.each([
    ['all is well', {}, nothing, true, 'bridge.connected', ['ready', 'ready', 'ready', 'ready']],
    ['it connects', { bridge: 'connecting' }, nothing, true, 'bridge.connecting', ['waiting', 'ready', 'ready', 'ready']],
    ['the bridge is lost', { bridge: 'lost' }, nothing, true, 'bridge.lost', ['broken', 'ready', 'ready', 'ready']],
    ['the phone is lost', { phone: 'lost' }, nothing, true, 'phone.lost', ['ready', 'broken', 'ready', 'ready']],
    ['the phone registers', { phone: 'connecting' }, nothing, true, 'bridge.connected', ['ready', 'waiting', 'ready', 'ready']],
    ['there is no phone here', { phone: 'none', microphone: 'unknown' }, nothing, true, 'bridge.connected', ['ready', null, null, 'ready']],
    ['the phone is on the desk', { phone: 'desk' }, nothing, true, 'bridge.connected', ['ready', null, 'ready', 'ready']],
    ['the microphone is blocked', { microphone: 'blocked' }, nothing, true, 'microphone.blocked', ['ready', 'ready', 'broken', 'ready']],
    ['there is no microphone', { microphone: 'missing' }, nothing, true, 'microphone.missing', ['ready', 'ready', 'broken', 'ready']],
    ['texts wait here', { bridge: 'lost' }, { notes: 2, messages: 1 }, true, 'bridge.lost', ['broken', 'ready', 'ready', 'waiting']],
    ['texts cannot be kept', {}, nothing, false, 'bridge.connected', ['ready', 'ready', 'ready', 'waiting']],
    ['texts are at risk', {}, { notes: 1, messages: 0 }, false, 'texts.memory', ['ready', 'ready', 'ready', 'broken']],
    [
      'all is lost: the bridge comes first',
      { bridge: 'lost', phone: 'lost' },
      nothing,
      true,
      'bridge.lost',
      ['broken', 'broken', 'ready', 'ready'],
    ],
  ] as const)('when %s', (_, connection, unstored, keepsTexts, head, tones) => {
    const light = words(connection, unstored, keepsTexts);
    expect([light.head, light.tones]).toEqual([head, tones]);
  });

  it.each([
    [null, 4],
    [79, 4],
    [80, 3],
    [200, 2],
    [500, 1],
  ] as const)('has for a round trip of %s ms %s bars', (roundTripMs, bars) => {
    expect(words({ roundTripMs }).level).toBe(bars);
  });

  it('has no bar while the bridge is away, however quick it was', () => {
    expect(words({ bridge: 'lost' }).level).toBe(0);
  });

  it('knows since when each line is as it is, whoever changed it', () => {
    const { connection } = createStores({ bridgeUrl: 'http://127.0.0.1', theme: 'light', language: 'en' });
    connection.setState({ phone: 'registered' });
    const { changedAt } = connection.getState();
    expect(changedAt).toEqual({ bridge: null, phone: expect.any(Number), microphone: null });
    connection.setState({ roundTripMs: 5 });
    expect(connection.getState().changedAt).toBe(changedAt);
    const lost = connectionLight(
      { ...well, bridge: 'lost', lostSince: 5, changedAt: { bridge: 9, phone: null, microphone: null } },
      nothing,
      true,
    );
    expect(lost.headline.since).toBe(5);
  });
});

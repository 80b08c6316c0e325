import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lockedScreen } from '../../../../renderer/app/locked-screen.ts';
import { createStores } from '../../../../renderer/stores/index.ts';
import type { AgentView } from '../../../../shared/contracts/agent.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const idle: AgentView = {
  ...{
    agentId: 'a',
    name: 'Lena',
    extension: '6012',
    presence: 'available',
    notReadyReason: null,
    workState: 'idle',
    since: 0,
    skills: [],
  },
};
const reasonsOf = (...ids: string[]) => ids.map((id) => ({ id, name: { en: id, zh: id } }));

function desk(agent: Partial<AgentView> = {}, reasons = reasonsOf('meeting', 'break')) {
  const stores = createStores({ bridgeUrl: '', theme: 'light', language: 'en' });
  const said: unknown[] = [];
  const is = (change: Partial<AgentView>) => stores.desk.setState(({ agent: before }) => ({ agent: { ...(before ?? idle), ...change } }));
  stores.desk.setState({ agent: { ...idle, ...agent }, reasons: reasons as never });
  const made = lockedScreen({
    stores,
    setPresence(request) {
      said.push(request);
      if (request.presence === 'notReady') is({ presence: 'notReady', notReadyReason: request.reason });
    },
  });
  const notices = () => stores.notices.getState().map(({ kind }) => kind);
  return { ...made, said, is, notices };
}

test('who is available and locks the screen is on a break after a minute, and is told on coming back', () => {
  const { locked, unlocked, said, notices } = desk();
  locked();
  vi.advanceTimersByTime(59_999);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([{ presence: 'notReady', reason: 'break' }]);
  expect(notices()).toEqual([]);
  unlocked();
  expect(notices()).toEqual(['lockedAway']);
});

test('who is back within the minute stays as they were', () => {
  const { locked, unlocked, said, notices } = desk();
  locked();
  vi.advanceTimersByTime(30_000);
  unlocked();
  vi.advanceTimersByTime(600_000);
  expect([said, notices()]).toEqual([[], []]);
});

test.each([
  ['is in a call', { workState: 'engaged' }],
  ['is offered something', { workState: 'reserved' }],
  ['is in wrap-up', { workState: 'wrappingUp' }],
  ['is not ready already', { presence: 'notReady', notReadyReason: 'meeting' }],
] as const)('nothing happens to who %s', (_, agent) => {
  const { locked, unlocked, said, notices } = desk(agent);
  locked();
  vi.advanceTimersByTime(600_000);
  unlocked();
  expect([said, notices()]).toEqual([[], []]);
});

test('the minute begins anew when a call is over', () => {
  const { locked, is, said } = desk({ workState: 'engaged' });
  locked();
  vi.advanceTimersByTime(600_000);
  is({ workState: 'idle' });
  vi.advanceTimersByTime(30_000);
  is({ workState: 'engaged' });
  is({ workState: 'idle' });
  vi.advanceTimersByTime(59_999);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toHaveLength(1);
});

test('who was made available elsewhere meanwhile is told nothing', () => {
  const { locked, unlocked, is, notices } = desk();
  locked();
  vi.advanceTimersByTime(60_000);
  is({ presence: 'available' });
  unlocked();
  expect(notices()).toEqual([]);
});

test('takes the first reason where there is none for breaks, and does nothing without any', () => {
  const first = desk({}, reasonsOf('training', 'meeting'));
  first.locked();
  vi.advanceTimersByTime(60_000);
  expect(first.said).toEqual([{ presence: 'notReady', reason: 'training' }]);
  const none = desk({}, []);
  none.locked();
  vi.advanceTimersByTime(60_000);
  expect(none.said).toEqual([]);
});

test('nobody is set to anything after signing out', () => {
  const { locked, stop, said } = desk();
  locked();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lineWaker } from '../../../../renderer/phone/wake-line.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function line(state: 'connected' | 'connecting' | 'closed') {
  const done: string[] = [];
  let answered = () => {};
  const waker = lineWaker({
    isConnected: () => state === 'connected',
    isConnecting: () => state === 'connecting',
    register: () => void done.push('register'),
    ask(then) {
      done.push('ask');
      answered = then;
    },
    reconnect: () => void done.push('reconnect'),
  });
  return { done, waker, answer: () => answered() };
}

describe('waking the line of the phone', () => {
  it('leaves a line alone that answers: calls may ring on it', () => {
    const { done, waker, answer } = line('connected');
    waker.wake();
    answer();
    vi.advanceTimersByTime(60_000);
    expect(done).toEqual(['register', 'ask']);
  });

  it('opens a line anew that says nothing for a second', () => {
    const { done, waker } = line('connected');
    waker.wake();
    vi.advanceTimersByTime(999);
    expect(done).toEqual(['register', 'ask']);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['register', 'ask', 'reconnect']);
  });

  it('does not wait with a line that waits before it tries again', () => {
    const { done, waker } = line('closed');
    waker.wake();
    expect(done).toEqual(['reconnect']);
  });

  it('opens a line where there is none, and lets be what there is, however little it says', () => {
    for (const [state, does] of [
      ['closed', ['reconnect']],
      ['connecting', []],
      ['connected', []],
    ] as const) {
      const { done, waker } = line(state);
      waker.reconnect();
      expect(done).toEqual(does);
    }
  });

  it('lets an attempt go on that comes through in time, and gives up one that began before the sleep', () => {
    const inTime = line('connecting');
    inTime.waker.wake();
    inTime.waker.connected();
    vi.advanceTimersByTime(60_000);
    expect(inTime.done).toEqual([]);
    const dead = line('connecting');
    dead.waker.wake();
    vi.advanceTimersByTime(1_000);
    expect(dead.done).toEqual(['reconnect']);
  });

  it('asks once however often it is woken, and again when it has an answer', () => {
    const { done, waker, answer } = line('connected');
    waker.wake();
    waker.wake();
    answer();
    waker.wake();
    expect(done).toEqual(['register', 'ask', 'register', 'ask']);
  });

  it('does nothing any more once the phone was stopped', () => {
    const { done, waker } = line('connected');
    waker.wake();
    waker.stop();
    vi.advanceTimersByTime(60_000);
    expect(done).toEqual(['register', 'ask']);
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MainRinger } from '../../../electron/system/index.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

function bell(isAlive = true) {
  const heard: string[] = [];
  const made = { isAlive, ring: (isRinging: boolean) => void heard.push(isRinging ? 'ring' : 'quiet') };
  return { heard, made, ringer: new MainRinger(made, () => void heard.push('beep')) };
}

describe('the ring of the program', () => {
  test('begins with an offer and ends with it', () => {
    const { ringer, heard } = bell();
    ringer.offered('r1', 20_000);
    expect(heard).toEqual(['ring']);
    ringer.ended('r1');
    expect(heard).toEqual(['ring', 'quiet']);
    vi.advanceTimersByTime(60_000);
    expect(heard).toEqual(['ring', 'quiet']);
  });

  test('ends by itself when the offer has run out and the page says nothing, because it hangs', () => {
    const { ringer, heard } = bell();
    ringer.offered('r1', 20_000);
    vi.advanceTimersByTime(19_999);
    expect(heard).toEqual(['ring']);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(['ring', 'quiet']);
    expect(ringer.isRinging).toBe(false);
  });

  test('goes on as long as one of two offers stands, and is one sound', () => {
    const { ringer, heard } = bell();
    ringer.offered('r1', 10_000);
    ringer.offered('r2', 20_000);
    ringer.offered('r2', 20_000);
    vi.advanceTimersByTime(10_000);
    expect(heard).toEqual(['ring']);
    ringer.ended('r2');
    expect(heard).toEqual(['ring', 'quiet']);
  });

  test('stops at once on Answer, whatever is still offered, and rings for the next', () => {
    const { ringer, heard } = bell();
    ringer.offered('r1', 20_000);
    ringer.silence();
    ringer.ended('r1');
    expect(heard).toEqual(['ring', 'quiet']);
    ringer.offered('r2', 20_000);
    expect(heard).toEqual(['ring', 'quiet', 'ring']);
  });

  test('is not begun by an offer whose time is over', () => {
    const { ringer, heard } = bell();
    ringer.offered('r1', 0);
    expect(heard).toEqual([]);
  });

  test("is the computer's beep while the page that makes the sound is gone, and not beside it", () => {
    const { ringer, heard, made } = bell(false);
    ringer.offered('r1', 20_000);
    vi.advanceTimersByTime(4_000);
    expect(heard).toEqual(['ring', 'beep', 'beep', 'beep']);
    made.isAlive = true;
    vi.advanceTimersByTime(10_000);
    expect(heard.filter((each) => each === 'beep')).toHaveLength(3);
    ringer.ended('r1');
    made.isAlive = false;
    vi.advanceTimersByTime(10_000);
    expect(heard.at(-1)).toBe('quiet');
  });

  test('rings after eight idle hours as after one minute: nothing of it waits for a timer that a hidden page would slow down', () => {
    const { ringer, heard } = bell();
    vi.advanceTimersByTime(8 * 3_600_000);
    ringer.offered('r1', 20_000);
    expect(heard).toEqual(['ring']);
  });
});

import { describe, expect, it } from 'vitest';
import { type Heard, judgeMicrophone, judgeNetwork, type LineFigures, needsCheck } from '../../../../renderer/stores/index.ts';

const hour = 3_600_000;
const seconds = (count: number, rms: number, peak = rms + 14): Heard[] => Array.from({ length: count * 10 }, () => ({ rms, peak }));

describe('whether headset and line are to be checked', () => {
  it('is once a shift, and with another microphone', () => {
    expect(needsCheck(undefined, 'registered', 'Evolve2', 0)).toBe(true);
    const last = { at: 0, microphone: 'Evolve2' };
    expect(needsCheck(last, 'registered', 'Evolve2', 12 * hour - 1)).toBe(false);
    expect(needsCheck(last, 'registered', 'Evolve2', 12 * hour)).toBe(true);
    expect(needsCheck(last, 'lost', 'Built-in', 1)).toBe(true);
  });

  it('is not where a microphone has no name, nor where this desktop has no phone', () => {
    expect(needsCheck({ at: 0, microphone: null }, 'registered', 'Evolve2', 1)).toBe(false);
    expect(needsCheck({ at: 0, microphone: 'Evolve2' }, 'registered', null, 1)).toBe(false);
    expect(needsCheck(undefined, 'desk', null, 0)).toBe(false);
    expect(needsCheck(undefined, 'none', null, 0)).toBe(false);
  });
});

describe('a microphone, while somebody says a sentence', () => {
  it.each([
    ['heard', [...seconds(4, -66), ...seconds(3, -26)]],
    ['silent', seconds(7, -100)],
    ['quiet', [...seconds(4, -70), ...seconds(3, -52)]],
    ['quiet', seconds(7, -62)],
    ['noisy', [...seconds(4, -38), ...seconds(3, -24)]],
    ['noisy', seconds(7, -30)],
    ['tooLoud', [...seconds(4, -50), ...seconds(3, -8, 0)]],
    ['silent', []],
  ] as const)('is %s', (word, heard) => {
    expect(judgeMicrophone(heard).word).toBe(word);
  });

  it('is good only when it is heard well, and does not work only when nothing comes', () => {
    expect(judgeMicrophone([...seconds(4, -66), ...seconds(3, -26)]).state).toBe('good');
    expect(judgeMicrophone(seconds(7, -62)).state).toBe('weak');
    expect(judgeMicrophone(seconds(7, -100)).state).toBe('bad');
  });
});

describe('the network of this computer', () => {
  const line: LineFigures = {
    ...{ lostInPercent: 0.24, lostOutPercent: 1, jitterMs: 8, roundTripMs: 31.4 },
    ...{ spokenDb: -30, silentForMs: 0, network: 'wifi' },
  };
  it('is what the test call measured', () => {
    expect(judgeNetwork('registered', line, 9)).toEqual({ state: 'good', word: 'fine', facts: { ms: 31, loss: 1 } });
    expect(judgeNetwork('registered', { ...line, lostInPercent: 4 }, 9)).toEqual({
      state: 'weak',
      word: 'weakWifi',
      facts: { ms: 31, loss: 4 },
    });
    expect(judgeNetwork('registered', { ...line, roundTripMs: 400, network: 'cable' }, 9)).toMatchObject({
      word: 'weak',
      facts: { ms: 400 },
    });
  });

  it('is the round trip of the connection where there was no call, and unknown without one', () => {
    expect(judgeNetwork('registered', null, 12)).toEqual({ state: 'good', word: 'fine', facts: { ms: 12, loss: 0 } });
    expect(judgeNetwork('registered', null, null)).toEqual({ state: 'weak', word: 'unmeasured' });
  });

  it('does not work while the phone is not registered', () => {
    expect(judgeNetwork('lost', line, 9)).toEqual({ state: 'bad', word: 'notRegistered' });
  });
});

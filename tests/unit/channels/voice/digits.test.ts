import { describe, expect, it } from 'vitest';
import { DigitMerge, digitOfInfo } from '../../../../cti-bridge/channels/voice/digits.ts';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';

function merge() {
  const clock = new VirtualClock();
  const told: string[] = [];
  return { clock, told, digits: new DigitMerge(clock, (digit) => told.push(digit)) };
}

describe('keys that arrive by RTP and by INFO', () => {
  it('tells a press reported by both once, whichever came first', () => {
    const { clock, told, digits } = merge();
    digits.accept('info', '7');
    clock.advance(160);
    digits.accept('rtp', '7', 160);
    clock.advance(2_000);
    digits.accept('rtp', '8', 100);
    clock.advance(50);
    digits.accept('info', '8');
    expect(told).toEqual(['7', '8']);
  });

  it('keeps the same key pressed twice in quick succession as two presses', () => {
    const { clock, told, digits } = merge();
    for (let press = 0; press < 2; press++) {
      digits.accept('info', '1');
      digits.accept('rtp', '1', 80);
      clock.advance(200);
    }
    expect(told).toEqual(['1', '1']);
  });

  it('pairs the presses when both of one source arrive before both of the other', () => {
    const { told, digits } = merge();
    for (const source of ['info', 'info', 'rtp', 'rtp'] as const) digits.accept(source, '1');
    expect(told).toEqual(['1', '1']);
  });

  it('recognises the twin of a key held for seconds, told by RTP only when let go', () => {
    const { clock, told, digits } = merge();
    digits.accept('info', '5');
    clock.advance(3_000);
    digits.accept('rtp', '5', 3_000);
    expect(told).toEqual(['5']);
  });

  it('never swallows a key of a phone that uses one way only', () => {
    const { told, digits } = merge();
    for (const digit of '112233') digits.accept('rtp', digit);
    expect(told.join('')).toBe('112233');
  });

  it('takes the same key by the other way as a new press after the window', () => {
    const { clock, told, digits } = merge();
    digits.accept('info', '9');
    clock.advance(501);
    digits.accept('rtp', '9');
    expect(told).toEqual(['9', '9']);
  });
});

describe('the key in an INFO body', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=7\r\nDuration=160\r\n', { digit: '7', durationMs: 160 }],
    ['application/dtmf-relay', 'Signal= 7\r\nDuration= 160', { digit: '7', durationMs: 160 }],
    ['Application/DTMF-Relay; charset=utf-8', 'signal=#', { digit: '#', durationMs: null }],
    ['application/dtmf-relay', 'Signal=10', { digit: '*', durationMs: null }],
    ['application/dtmf-relay', 'Signal=11', { digit: '#', durationMs: null }],
    ['application/dtmf', '5', { digit: '5', durationMs: null }],
    ['application/dtmf', ' a\r\n', { digit: 'A', durationMs: null }],
    ['application/dtmf', 'Signal=3', { digit: '3', durationMs: null }],
  ])('reads %s %j', (type, body, expected) => {
    expect(digitOfInfo(type, body)).toEqual(expected);
  });

  it.each([
    ['application/media_control+xml', 'Signal=1'],
    ['application/dtmf-relay', ''],
    ['application/dtmf-relay', 'Signal=16'],
    ['application/dtmf-relay', 'Signal=77'],
    ['application/dtmf-relay', `Signal=${'9'.repeat(5_000)}`],
    ['application/dtmf', 'hello'],
  ])('hears nothing in %s %j', (type, body) => {
    expect(digitOfInfo(type, body)).toBeNull();
  });
});

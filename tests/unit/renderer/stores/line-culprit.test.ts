import { describe, expect, it } from 'vitest';
import { type LineEvidence, type LineFigures, lineCulprit } from '../../../../renderer/stores/index.ts';
import type { CallQuality, CallTrouble } from '../../../../shared/contracts/call.ts';

const good: LineFigures = {
  ...{ lostInPercent: 0, lostOutPercent: 0.4, jitterMs: 6, roundTripMs: 24 },
  ...{ spokenDb: -32, silentForMs: 0, network: 'cable' },
};
const quality = (bars: number, trouble: CallTrouble | null = null): CallQuality => ({
  ...{ interactionId: 'i-1', bars, trouble },
  ...{ lossPercent: bars > 2 ? 0.2 : 6, jitterMs: 31 },
});
const of = (evidence: Partial<LineEvidence>) =>
  lineCulprit({ microphone: 'ready', isMuted: false, isHeld: false, line: good, quality: quality(4), ...evidence });
const trouble = (side: CallTrouble['side'], kind: CallTrouble['kind'], more: Partial<LineEvidence> = {}) =>
  of({ quality: quality(4, { side, kind }), ...more })?.culprit ?? null;

describe('the likely culprit of a bad call', () => {
  it('is nobody while all is well, and nobody can say before anything was measured', () => {
    expect(of({})).toBeNull();
    expect(of({ line: null, quality: null })).toBeNull();
    expect(of({ line: null, quality: quality(1) })).toBeNull();
  });

  it('is the microphone that is not there, before everything else', () => {
    expect(of({ microphone: 'missing', quality: quality(1) })).toEqual({ culprit: 'noMicrophone' });
    expect(of({ microphone: 'blocked', isHeld: true })).toEqual({ culprit: 'noMicrophone' });
  });

  it('is a microphone that is open and gives nothing; muted, on hold or only quiet it is none', () => {
    const dead = { ...good, silentForMs: 6_000 };
    expect(of({ line: dead })).toEqual({ culprit: 'microphoneSilent' });
    expect(trouble('agent', 'silent')).toBe('microphoneSilent');
    expect(of({ line: { ...good, silentForMs: 5_999 } })).toBeNull();
    expect(of({ line: dead, isMuted: true })).toBeNull();
    expect(of({ line: dead, isHeld: true })).toBeNull();
    expect(trouble('agent', 'silent', { isMuted: true })).toBeNull();
  });

  it.each([
    ['what comes is lost', { lostInPercent: 3 }],
    ['what goes is lost', { lostOutPercent: 3 }],
    ['it varies', { jitterMs: 40 }],
    ['it is far', { roundTripMs: 300 }],
  ])('is the own network where %s', (_, figures) => {
    expect(of({ line: { ...good, ...figures } })?.culprit).toBe('ownNetwork');
    expect(of({ line: { ...good, ...figures, network: 'wifi' }, quality: quality(1) })?.culprit).toBe('ownWifi');
  });

  it('says how much is lost, in the worse direction, and how long the way is', () => {
    expect(of({ line: { ...good, lostInPercent: 4, lostOutPercent: 9, roundTripMs: 180 } })).toEqual({
      ...{ culprit: 'ownNetwork', lossPercent: 9, roundTripMs: 180 },
    });
  });

  it('is the own network where the bridge hears nothing of the agent or reaches them with nothing, whatever was measured before', () => {
    expect(trouble('agent', 'notHeard')).toBe('ownNetwork');
    expect(trouble('agent', 'hearsNothing', { line: null })).toBe('ownNetwork');
  });

  it('is the other end where ours is good', () => {
    expect(of({ quality: quality(2) })).toEqual({ culprit: 'customerLine', lossPercent: 6, jitterMs: 31 });
    expect(of({ quality: quality(3) })).toBeNull();
    expect(trouble('customer', 'notHeard')).toBe('customerNotHeard');
    expect(trouble('customer', 'hearsNothing')).toBe('customerHearsNothing');
    expect(trouble('customer', 'silent')).toBe('customerSilent');
  });

  it('is nobody where a customer on hold is silent', () => {
    expect(trouble('customer', 'silent', { isHeld: true })).toBeNull();
  });

  it('what the agent can mend goes before what they cannot', () => {
    expect(trouble('customer', 'notHeard', { line: { ...good, lostInPercent: 20 } })).toBe('ownNetwork');
  });
});

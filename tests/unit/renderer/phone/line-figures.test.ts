import { describe, expect, it } from 'vitest';
import { type LineReport, lineFigures, noSums } from '../../../../renderer/phone/line-figures.ts';

function reports(change: { received?: number; lost?: number; energy?: number; seconds?: number; network?: string } = {}): LineReport[] {
  const { received = 100, lost = 0, energy = 0.02, seconds = 2, network = 'wifi' } = change;
  return [
    { type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: lost, jitter: 0.012 },
    { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.05 },
    { type: 'media-source', kind: 'audio', totalAudioEnergy: energy, totalSamplesDuration: seconds },
    { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9, localCandidateId: 'other' },
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.048, localCandidateId: 'local' },
    { type: 'local-candidate', id: 'local', networkType: network },
  ];
}

describe('the figures of a line', () => {
  it('are of the time since they were last looked at', () => {
    const first = lineFigures(reports({ received: 100, lost: 50 }), noSums, true);
    expect(first.figures).toMatchObject({ lostOutPercent: 5, jitterMs: 12, roundTripMs: 48, network: 'wifi' });
    const second = lineFigures(reports({ received: 196, lost: 54 }), first.sums, true);
    expect(second.figures.lostInPercent).toBe(4);
    expect(lineFigures(reports({ received: 196, lost: 54 }), second.sums, true).figures.lostInPercent).toBeNull();
  });

  it('know how loud an open microphone is, and for how long it has given nothing', () => {
    const loud = lineFigures(reports({ energy: 0.02, seconds: 2 }), noSums, true);
    expect(loud.figures).toMatchObject({ spokenDb: -20, silentForMs: 0 });
    const silent = lineFigures(reports({ energy: 0.02, seconds: 4 }), loud.sums, true);
    const longer = lineFigures(reports({ energy: 0.02, seconds: 6 }), silent.sums, true);
    expect([silent.figures.silentForMs, longer.figures.silentForMs]).toEqual([2_000, 4_000]);
    expect(lineFigures(reports({ energy: 0.03, seconds: 8 }), longer.sums, true).figures.silentForMs).toBe(0);
    expect(lineFigures(reports({ energy: 0.02, seconds: 8 }), longer.sums, false).figures).toMatchObject({
      spokenDb: null,
      silentForMs: 0,
    });
  });

  it('begin anew with another microphone, whose sums begin anew', () => {
    const before = lineFigures(reports({ energy: 5, seconds: 600 }), noSums, true);
    expect(lineFigures(reports({ energy: 0.02, seconds: 2 }), before.sums, true).figures.spokenDb).toBe(-20);
  });

  it('are null where the browser says nothing', () => {
    expect(lineFigures([], noSums, true).figures).toEqual({
      ...{ lostInPercent: null, lostOutPercent: null, jitterMs: null, roundTripMs: null },
      ...{ spokenDb: null, silentForMs: 0, network: 'unknown' },
    });
  });
});

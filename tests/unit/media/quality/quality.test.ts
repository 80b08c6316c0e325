import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mosOf, ratingOf } from '../../../../cti-bridge/media/quality/e-model.ts';
import { QualityWatch } from '../../../../cti-bridge/media/quality/leg-quality.ts';
import { type Interval, PathJudge } from '../../../../cti-bridge/media/quality/path-judge.ts';
import { compactNtp } from '../../../../cti-bridge/media/rtp/rtcp.ts';

describe('the E-model', () => {
  it('rates a good line at 93.2, a MOS of 4.41, as G.107 says of its defaults', () => {
    expect(ratingOf({ lossPercent: 0, delayMs: 0 })).toBeCloseTo(93.2, 1);
    expect(mosOf({ lossPercent: 0, delayMs: 0 })).toBeCloseTo(4.41, 2);
  });

  // Loss by Ie,eff of G.107 7.5 with Bpl 25.1 (G.113 Appendix I); delay by the well-known fit of G.107's curve, 0.024 d + 0.11 (d - 177.3).
  it.each([
    [1, 0, 89.6],
    [5, 0, 77.4],
    [10, 0, 66.1],
    [0, 100, 90.8],
    [0, 150, 89.6],
    [0, 200, 85.9],
    [0, 300, 72.5],
  ])('at %d percent of loss and %d ms rates about %d', (lossPercent, delayMs, rating) => {
    expect(Math.abs(ratingOf({ lossPercent, delayMs }) - rating)).toBeLessThan(1.5);
  });

  it('never rates worse for less loss or less delay, and stays between 1 and 4.5', () => {
    const figures = fc.record({ lossPercent: fc.double({ min: 0, max: 100, noNaN: true }), delayMs: fc.integer({ min: 20, max: 2000 }) });
    fc.assert(
      fc.property(figures, fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 0, max: 500 }), (path, more, later) => {
        const mos = mosOf(path);
        expect(mos).toBeGreaterThanOrEqual(1);
        expect(mos).toBeLessThanOrEqual(4.5);
        expect(mosOf({ ...path, lossPercent: Math.min(100, path.lossPercent + more) })).toBeLessThanOrEqual(mos + 1e-9);
        expect(mosOf({ ...path, delayMs: path.delayMs + later })).toBeLessThanOrEqual(mos + 0.02);
      }),
    );
  });
});

describe('a path', () => {
  const fine: Omit<Interval, 'at'> = { receivedPackets: 100, sentPackets: 100, peak: 4000, expectsSound: true, farHeardUpTo: [] };
  /** Verdicts of intervals of two seconds. */
  function judge(intervals: readonly Partial<Interval>[]) {
    const judge = new PathJudge();
    return intervals.map((interval, index) => judge.observe({ ...fine, at: (index + 1) * 2000, ...interval }));
  }
  const times = (count: number, interval: Partial<Interval>) => Array.from({ length: count }, () => interval);
  const good = { oneWay: null, silence: null };

  it('is fine while sound comes and the far side hears us', () => {
    expect(judge(times(10, {})).at(-1)).toEqual(good);
    expect(judge([1, 2, 3, 4].map((at) => ({ farHeardUpTo: [at * 100] }))).at(-1)).toEqual(good);
  });

  it('lies with the far side or its network when nothing comes for four seconds, until something does', () => {
    const verdicts = judge([{}, ...times(3, { receivedPackets: 0, peak: null }), {}]);
    const gone = { oneWay: 'fromThem', silence: 'noPackets' };
    expect(verdicts).toEqual([good, good, gone, gone, good]);
  });

  it('lies with a microphone when packets come that are digitally silent for fifteen seconds', () => {
    const verdicts = judge([...times(9, { peak: 8 }), { peak: 9 }]);
    expect(verdicts[7]).toEqual(good);
    expect(verdicts[8]).toEqual({ oneWay: null, silence: 'silentPackets' });
    expect(verdicts[9]).toEqual(good);
  });

  it('is one-way towards them when their reports stand still, or say that they hear nobody', () => {
    const still = judge([{ farHeardUpTo: [500] }, ...times(6, { sentPackets: 100, farHeardUpTo: [500] })]);
    expect(still[1]).toEqual(good);
    expect(still[2]).toEqual({ oneWay: 'toThem', silence: null });
    expect(judge(times(3, { farHeardUpTo: [null] })).at(-1)).toEqual({ oneWay: 'toThem', silence: null });
  });

  it('is well again with the first report that has moved on', () => {
    expect(judge([...times(4, { farHeardUpTo: [500] }), { farHeardUpTo: [600] }]).at(-1)).toEqual(good);
  });

  it('says nothing of a far side that reports nothing', () => {
    expect(judge(times(20, {})).at(-1)).toEqual(good);
  });

  it('is not judged while either side holds', () => {
    expect(judge(times(20, { expectsSound: false, receivedPackets: 0, peak: null, farHeardUpTo: [500] })).at(-1)).toEqual(good);
    expect(judge(times(20, { expectsSound: false, peak: 0 })).at(-1)).toEqual(good);
  });
});

describe('the quality of a leg', () => {
  const now = { at: 2000, lossPercent: 0, jitterMs: 1.26, playoutMs: 40, late: 0, expectsSound: true };
  const reception = { ssrc: 1, fractionLost: 0, lost: 0, highestSequence: 7, jitterSamples: 0, lastReport: 0, delaySinceLastReport: 0 };

  it('has the round trip of RFC 3550 section 6.4.1, and nothing of it before a report', () => {
    const watch = new QualityWatch();
    watch.received();
    expect(watch.sumUp(now)).toMatchObject({ roundTripMs: null, farLossPercent: null, jitterMs: 1.3, oneWay: null });
    // We reported at 1000 s; they held it for half a second; it came back 620 ms after it was sent.
    const lastReport = compactNtp(1000);
    watch.reported({ compactNtp: null, receptions: [{ ...reception, lastReport, delaySinceLastReport: 0.5 * 65536 }] }, 1000.62);
    watch.received();
    expect(watch.sumUp({ ...now, at: 4000 }).roundTripMs).toBeCloseTo(120, 0);
  });

  it('counts what came too late as lost', () => {
    const watch = new QualityWatch();
    for (let packet = 0; packet < 100; packet++) watch.received();
    const { mos, lossPercent } = watch.sumUp({ ...now, late: 10 });
    expect(lossPercent).toBe(0);
    expect(mos).toBeLessThan(3.6);
    for (let packet = 0; packet < 100; packet++) watch.received();
    expect(watch.sumUp({ ...now, late: 10 }).mos).toBeGreaterThan(4.3);
  });

  it('is that of the worse direction', () => {
    const watch = new QualityWatch();
    watch.received();
    const before = watch.sumUp(now).mos;
    watch.received();
    watch.reported({ compactNtp: null, receptions: [{ ...reception, fractionLost: 64 }] }, 1000);
    const after = watch.sumUp({ ...now, at: 4000 });
    expect(after.farLossPercent).toBe(25);
    expect(before).toBeGreaterThan(4.3);
    expect(after.mos).toBeLessThan(2.6);
  });
});

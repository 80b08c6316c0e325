import { describe, expect, it } from 'vitest';
import { FlowTrials } from '../../../../cti-bridge/flows/flow-studio/index.ts';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { flow } from './studio-house.ts';

const trial = (flowId: string) => ({ flow: flow(flowId), flows: { find: () => undefined } });

describe('numbers behind which drafts answer', () => {
  it('mean their flow for ten minutes, and nothing after that', async () => {
    const clock = new VirtualClock();
    const trials = new FlowTrials(clock);
    const dial = trials.open('adam', trial('hotline'));
    expect(dial).toMatch(/^\*70\d\d$/);
    await clock.advance(10 * 60_000 - 1);
    expect(trials.find(dial)?.flow.flowId).toBe('hotline');
    await clock.advance(1);
    expect(trials.find(dial)).toBeUndefined();
    expect(trials.find('*7099')).toBeUndefined();
  });

  it('stay the same for who opens the same flow again, with its draft as it is now', () => {
    const trials = new FlowTrials(new VirtualClock());
    const first = trials.open('adam', trial('hotline'));
    expect(trials.open('eve', trial('hotline'))).not.toBe(first);
    expect(trials.open('adam', { ...trial('hotline'), flow: flow('hotline', 'general') })).toBe(first);
    expect(trials.find(first)?.flow).toEqual(flow('hotline', 'general'));
  });

  it('are given to the latest when all are taken', () => {
    const trials = new FlowTrials(new VirtualClock());
    const dials = Array.from({ length: 91 }, (_, index) => trials.open('adam', trial(`flow-${index}`)));
    expect(new Set(dials.slice(0, 90)).size).toBe(90);
    expect(dials[90]).toBe(dials[0]);
    expect(trials.find(dials[0] ?? '')?.flow.flowId).toBe('flow-90');
    expect(trials.find(dials[1] ?? '')?.flow.flowId).toBe('flow-1');
  });
});

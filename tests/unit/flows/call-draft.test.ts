import { describe, expect, it } from 'vitest';
import { createCallDraft } from '../../../cti-bridge/flows/call-draft.ts';
import type { FlowNode } from '../../../cti-bridge/ivr/index.ts';
import { asId, type UserId } from '../../../shared/ids.ts';
import { entranceOf, flowOf } from '../ivr/flows.ts';
import { FakeOutboundCall, newHouse } from './fakes.ts';

const menu: FlowNode = {
  ...{ kind: 'menu', prompts: ['menu-main'], onSilence: null, onWrongKey: null, waitMs: 5_000, attempts: 1 },
  keys: { 1: { en: 'thanks', zh: '谢谢' } },
  exits: { 1: 'bye', noInput: 'bye' },
};
const draft = flowOf(
  { answer: { kind: 'answer', exits: { next: 'menu' } }, menu, bye: { kind: 'hangUp', prompts: ['survey-thanks'], exits: {} } },
  'answer',
);
const adam = { userId: asId<UserId>('adam'), name: 'Adam', agentId: null, may: () => true };

/** An administrator who is no agent, with a browser whose phone is `draft-1`. */
function asked(by = 'adam', isRegistered = true) {
  const house = newHouse();
  const rung: string[] = [];
  const call = new FakeOutboundCall(house.clock, '', { number: null, presentedName: null });
  const callDraft = createCallDraft(house.context, {
    phones: {
      call({ username, shownAs }) {
        rung.push(`${username}: ${shownAs}`);
        return isRegistered ? call : null;
      },
    },
    ownerOf: (phone) => (phone === 'draft-1' ? { userId: by, locale: 'en' } : null),
  });
  const trial = { flow: draft, flows: entranceOf(draft).flows };
  return { house, call, rung, ring: (phone = 'draft-1') => callDraft(adam, phone, trial) };
}

describe('a draft that its writer calls', () => {
  it('runs on the phone that answered, takes its keys, and leaves nothing', async () => {
    const { house, call, rung, ring } = asked();
    expect(ring()).toEqual(expect.any(String));
    await house.clock.run(10);
    expect([rung, call.heard]).toEqual([[`draft-1: ${draft.name.en}`], []]);
    call.customerAnswers();
    await house.clock.run(10);
    expect(call.heard.at(-1)).toBe('zh/menu-main');
    call.press('1');
    await house.clock.run(10);
    expect(call.heard).toContain('zh/survey-thanks');
    expect(call.end).toMatchObject({ reason: 'completedInIvr' });
    expect([house.events, house.ivr.passed, house.context.live.all()]).toEqual([[], [], []]);
  });

  it('rings no phone but the own one, and says where that cannot be rung', () => {
    const ofSomebodyElse = asked('eve');
    expect([ofSomebodyElse.ring(), ofSomebodyElse.ring('6012'), ofSomebodyElse.rung]).toEqual([null, null, []]);
    expect(asked('adam', false).ring()).toBeNull();
  });

  it('is given up when the phone does not answer, and ends with the one who hangs up', async () => {
    const silent = asked();
    silent.ring();
    await silent.house.clock.run(15_001);
    expect(silent.call.end).not.toBeNull();
    expect(silent.call.heard).toEqual([]);

    const left = asked();
    left.ring();
    await left.house.clock.run(10);
    left.call.customerAnswers();
    await left.house.clock.run(10);
    left.call.hangUp('hungUp', 'caller', 'caller');
    await left.house.clock.run(10);
    expect(left.call.heard.at(-1)).toBe('zh/menu-main');
    expect(left.house.context.scope.isEnded).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { createTestCall } from '../../../cti-bridge/flows/test-call.ts';
import { asId, type UserId } from '../../../shared/ids.ts';
import { FakeOutboundCall, newHouse } from './fakes.ts';

const dana = { userId: asId<UserId>('dana'), name: 'Dana', agentId: null, may: () => true };

function asked(by = 'dana', isRegistered = true) {
  const house = newHouse();
  const rung: string[] = [];
  const calls: FakeOutboundCall[] = [];
  const { 'phone:test': test } = createTestCall(house.context, {
    phones: {
      call({ username, shownAs }) {
        rung.push(`${username}: ${shownAs}`);
        const call = new FakeOutboundCall(house.clock, '', { number: null, presentedName: null });
        calls.push(call);
        return isRegistered ? call : null;
      },
    },
    ownerOf: (phone) => (phone === '6012' ? { userId: by, locale: 'en' } : null),
  });
  return { house, calls, rung, ring: (phone = '6012', asker: Parameters<typeof test>[0] = dana) => test(asker, { phone }) };
}

describe('a test call', () => {
  it('rings the own phone, gives back what is said a second later, and is over after eight seconds, without a trace', async () => {
    const { house, calls, rung, ring } = asked();
    expect(await ring()).toMatchObject({ ok: true, value: { reservationId: expect.any(String) } });
    await house.clock.run(10);
    calls[0]?.customerAnswers();
    await house.clock.run(10);
    expect(rung).toEqual(['6012: Test call']);
    expect(calls[0]?.heard).toEqual(['echo']);
    await house.clock.run(7_900);
    expect(calls[0]?.end).toBeNull();
    await house.clock.run(200);
    expect(calls[0]?.end).toMatchObject({ reason: 'completedInIvr' });
    expect([house.events, house.context.live.all()]).toEqual([[], []]);
  });

  it('rings no phone but the own one, none twice at a time, and again when the first is over', async () => {
    expect(await asked('eve').ring()).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await asked().ring('6013')).toMatchObject({ ok: false });
    expect(await asked('dana', false).ring()).toMatchObject({ ok: false });
    const { house, calls, ring } = asked();
    await ring();
    expect(await ring()).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await house.clock.run(15_100);
    expect(calls[0]?.end).not.toBeNull();
    expect(await ring()).toMatchObject({ ok: true });
  });

  it('is over when the phone hangs up', async () => {
    const { house, calls, ring } = asked();
    await ring();
    await house.clock.run(10);
    calls[0]?.customerAnswers();
    await house.clock.run(10);
    calls[0]?.hangUp('hungUp', 'caller', 'caller');
    await house.clock.run(10);
    expect(await ring()).toMatchObject({ ok: true });
  });
});

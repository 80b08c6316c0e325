import { describe, expect, it } from 'vitest';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { callTalking, lena, newHouse, wei } from './fakes.ts';

const find = async (house: ReturnType<typeof newHouse>, text: string, agentId: AgentId | null = lena) => {
  const answer = await house.features['call:find-colleagues'](
    { userId: asId<UserId>('u-1'), name: 'Lena', agentId, may: () => true },
    { text },
  );
  return answer.ok
    ? answer.value.colleagues.map(({ agent, mayBeAsked }) => `${agent.agentId} ${mayBeAsked ? 'may be asked' : 'not now'}`)
    : null;
};

describe('whom a call can be given to', () => {
  it('is everybody else who takes calls, with whether they can be asked now', async () => {
    const house = newHouse();
    await callTalking(house);
    expect(await find(house, '')).toEqual([`${wei} not now`]);
    await house.ready(wei, '6013');
    expect(await find(house, '')).toEqual([`${wei} may be asked`]);
    expect(await find(house, '', wei)).toEqual([`${lena} not now`]);
  });

  it('is found by parts of the name and by the extension, and nobody by what fits none', async () => {
    const house = newHouse();
    await house.ready(wei, '6013');
    const name = '林薇';
    expect(await find(house, name.slice(0, 1))).toHaveLength(1);
    expect(await find(house, '601')).toContain(`${wei} may be asked`);
    expect(await find(house, `${name} nobody`)).toEqual([]);
  });

  it('ends at the office of whoever asks: others are not found, nor asked for by their id, and can be dialled like any number', async () => {
    const house = newHouse();
    const { interactionId } = await callTalking(house);
    await house.ready(wei, '6013');
    house.outOfScope.add(wei);
    expect([await find(house, ''), await find(house, '6013')]).toEqual([[], []]);
    const asker = { userId: asId<UserId>('u-1'), name: 'Lena', agentId: lena, may: () => true };
    const rest = { interactionId, reason: '', note: '' };
    for (const ask of ['call:transfer', 'call:consult'] as const) {
      expect(await house.features[ask](asker, { ...rest, to: { kind: 'agent', agentId: wei } })).toMatchObject({
        ok: false,
        error: { code: 'not_found', why: 'nobody' },
      });
    }
    expect(await house.features['call:consult'](asker, { ...rest, to: { kind: 'extension', extension: '6013' } })).toMatchObject({
      ok: true,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { agentViewSchema } from '../../../shared/contracts/agent.ts';
import { agentIdOf, openApi } from './api-house.ts';

const path = '/api/agents/me/presence';

describe('POST /api/agents/me/presence', () => {
  it.each([{ presence: 'available' }, { presence: 'notReady', reason: 'meal' }, { presence: 'loggedOut' }])(
    'does %j for the agent whose log-in it carries, and answers how they stand',
    async (body) => {
      const house = await openApi();
      const { token } = await house.logIn('ana');
      const reply = await house.post(path, body, { authorization: `Bearer ${token}` });
      expect([reply.status, reply.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(agentViewSchema.safeParse(await reply.json()).success).toBe(true);
      expect(house.desk.asked).toEqual([{ command: 'agent:set-presence', agentId: agentIdOf('ana'), request: body }]);
    },
  );

  it.each([
    ['nothing', null],
    ['another word', { presence: 'busy' }],
    ['not ready without a reason', { presence: 'notReady' }],
    ['a reason too long to be one', { presence: 'notReady', reason: 'x'.repeat(65) }],
    ['somebody else', { presence: 'available', agentId: 'agent-of-bo' }],
  ])('refuses %s in words, and nothing is done', async (_, body) => {
    const house = await openApi();
    const { token } = await house.logIn('ana');
    const reply = await house.post(path, body, { authorization: `Bearer ${token}` });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: 'bad_request' });
    expect(house.desk.asked).toEqual([]);
  });

  it('is not for those who take no work, nor without a log-in', async () => {
    const house = await openApi();
    const { token } = await house.logIn('sora');
    const refused = await house.post(path, { presence: 'available' }, { authorization: `Bearer ${token}` });
    expect([refused.status, await refused.json()]).toEqual([403, { code: 'forbidden', message: 'This user takes no work.' }]);
    expect((await house.post(path, { presence: 'available' })).status).toBe(401);
    expect(house.desk.asked).toEqual([]);
  });
});

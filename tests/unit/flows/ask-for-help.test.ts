import { describe, expect, it } from 'vitest';
import { createHelp } from '../../../cti-bridge/flows/ask-for-help.ts';
import { OrgTree } from '../../../cti-bridge/flows/org-tree.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import type { BusinessEvent } from '../../../cti-bridge/interactions/index.ts';
import type { Role } from '../../../shared/contracts/agent.ts';
import { type HelpCall, helpCallSchema } from '../../../shared/contracts/help.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { callTalking, lena, newHouse, wei } from './fakes.ts';

/** Who raises a hand, who sees it, who comes, and when it goes down. */

const danaAgent = asId<AgentId>('dana');
const asker = (id: string, role: Role, agentId: AgentId | null): Asker => ({
  userId: asId<UserId>(id),
  name: id,
  agentId,
  may: (right) => rightsOfRole[role].includes(right),
});
const lenaAsks = asker('u-lena', 'agent', lena);
const weiAsks = asker('u-wei', 'agent', wei);
/** Dana and Eva supervise Ningbo, where Lena is; Rhys supervises Leeds. */
const dana = asker('u-dana', 'supervisor', danaAgent);
const eva = asker('u-eva', 'supervisor', null);
const rhys = asker('u-rhys', 'supervisor', null);
const everybody = [lenaAsks, weiAsks, dana, eva, rhys];

const name = { en: 'x', zh: 'x' };
const agentOf = (id: AgentId) => ({
  ...{ id, extension: '100', team: null, capacity: 'calls', skills: {}, leftQueues: [], weight: 1 },
  phone: { kind: 'desktop' as const },
});
const userOf = (id: string, orgUnit: string, agentId: AgentId | null) => ({
  ...{ id, username: id, name: id, role: 'agent', locale: 'en' as const, orgUnit },
  agent: agentId && agentOf(agentId),
});
const users = [
  userOf('u-lena', 'ningbo', lena),
  userOf('u-wei', 'leeds', wei),
  userOf('u-dana', 'ningbo', danaAgent),
  userOf('u-eva', 'ningbo', null),
  userOf('u-rhys', 'leeds', null),
];
const tree = new OrgTree({
  orgUnits: [
    { id: 'ningbo', parent: null, tier: 'city', name },
    { id: 'leeds', parent: null, tier: 'city', name },
  ],
  users,
  apiClients: [],
});

/** Lena talks. `told`: what each user's desktop was told last. */
async function talking() {
  const house = newHouse();
  const told = new Map<string, readonly HelpCall[]>();
  const events: BusinessEvent[] = [];
  const parts = {
    scopeOf: (who: Asker) => tree.scopeOf(who),
    userOf: (userId: UserId) => {
      const user = users.find(({ id }) => id === userId);
      return user ? { name: `Name of ${user.id}`, agentId: user.agent?.id ?? null } : null;
    },
    tellEach: (callsFor: (who: Asker) => readonly HelpCall[] | null) => {
      for (const who of everybody) {
        const calls = callsFor(who);
        if (calls) told.set(who.userId, calls);
      }
    },
  };
  const help = createHelp(house.context, parts);
  house.listeners.push(help.listener, (event) => void events.push(event));
  const call = await callTalking(house);
  const about = { interactionId: call.interactionId };
  const of = (who: Asker) => told.get(who.userId);
  return { ...house, ...call, help, parts, told, of, events, about, ask: (words = '') => help['help:ask'](lenaAsks, { ...about, words }) };
}

describe('an agent who asks for help', () => {
  it('is seen by those who supervise them and by nobody else, with who, where, since when and their words', async () => {
    const { ask, of, told, clock, interactionId } = await talking();
    expect(await ask('  She wants a credit ')).toEqual({ ok: true, value: { told: 2 } });
    const [seen] = of(dana) ?? [];
    expect(helpCallSchema.parse(seen)).toEqual({
      interactionId,
      agentId: lena,
      agentName: 'Lena Hartmann',
      queueName: expect.objectContaining({ en: expect.any(String) }),
      channel: 'voice',
      askedAt: clock.now(),
      words: 'She wants a credit',
      taken: null,
    });
    expect(of(eva)).toEqual([seen]);
    expect(of(lenaAsks)).toEqual([seen]);
    expect([told.has(weiAsks.userId), told.has(rhys.userId)]).toEqual([false, false]);
  });

  it('says other words with the hand still up, since when it is', async () => {
    const { ask, of, clock } = await talking();
    await ask('one');
    const since = of(dana)?.[0]?.askedAt;
    await clock.run(60_000);
    await ask('two');
    expect(of(dana)).toMatchObject([{ words: 'two', askedAt: since }]);
  });

  it('asks with what is in their hands alone', async () => {
    const { help, about, call, clock } = await talking();
    expect(await help['help:ask'](weiAsks, { ...about, words: '' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await help['help:ask'](dana, { ...about, words: '' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await help['help:withdraw'](weiAsks, about)).toMatchObject({ ok: false });
    call.callerHangsUp();
    await clock.run(10);
    expect(await help['help:ask'](lenaAsks, { ...about, words: '' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('writes no words into an event', async () => {
    const { ask, events } = await talking();
    await ask('Mrs Okafor, 4111111111111111');
    expect(events.some(({ type }) => type === 'help:asked')).toBe(true);
    expect(JSON.stringify(events)).not.toContain('Okafor');
  });

  it('takes the hand down when it is needed no more, for everybody', async () => {
    const { ask, help, about, of } = await talking();
    await ask();
    await help['help:withdraw'](lenaAsks, about);
    expect([of(lenaAsks), of(dana), of(eva)]).toEqual([[], [], []]);
    expect(await help['help:withdraw'](lenaAsks, about)).toMatchObject({ ok: false });
  });
});

describe('a supervisor who comes', () => {
  it('is named to the agent and to the others; the second is told that somebody does', async () => {
    const { ask, help, about, of, clock } = await talking();
    await ask();
    const both = await Promise.all([help['help:take'](dana, about), help['help:take'](eva, about)]);
    expect(both).toMatchObject([
      { ok: true },
      { ok: false, error: { code: 'conflict', message: expect.stringContaining('Name of u-dana') } },
    ]);
    expect(of(lenaAsks)).toMatchObject([{ taken: { userId: 'u-dana', name: 'Name of u-dana', at: clock.now() } }]);
    expect(of(eva)).toEqual(of(lenaAsks));
  });

  it('comes to people of their own alone, and not to themselves', async () => {
    const { ask, help, about } = await talking();
    await ask();
    for (const who of [rhys, weiAsks, lenaAsks])
      expect(await help['help:take'](who, about)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('may find that they cannot, and others are asked again; only who said it can take it back', async () => {
    const { ask, help, about, of } = await talking();
    await ask();
    await help['help:take'](eva, about);
    expect(await help['help:return'](dana, about)).toMatchObject({ ok: false });
    await help['help:return'](eva, about);
    expect(of(lenaAsks)).toMatchObject([{ taken: null }]);
    expect(await help['help:take'](dana, about)).toMatchObject({ ok: true });
  });

  it('is not waited for when they have signed out, and may be replaced when their line is gone', async () => {
    const { ask, help, about, of, context, desktops } = await talking();
    await ask();
    await help['help:take'](dana, about);
    desktops.gone.add(danaAgent);
    await context.recorder.recordAgent({ type: 'agent:disconnected', agentId: danaAgent, why: 'connectionLost' });
    expect(of(lenaAsks)).toMatchObject([{ taken: { userId: 'u-dana' } }]);
    expect(await help['help:take'](eva, about)).toMatchObject({ ok: true });
    await help['help:return'](eva, about);
    await help['help:take'](dana, about);
    await context.recorder.recordAgent({ type: 'agent:disconnected', agentId: danaAgent, why: 'loggedOut' });
    expect(of(lenaAsks)).toMatchObject([{ taken: null }]);
  });
});

describe('a hand that is up', () => {
  it('goes down with the call', async () => {
    const { ask, of, call, clock } = await talking();
    await ask();
    call.callerHangsUp();
    await clock.run(10);
    expect([of(lenaAsks), of(dana)]).toEqual([[], []]);
  });

  it('goes down when the customer is somebody else’s', async () => {
    const { ask, of, features, clock, phones, about, ready } = await talking();
    await ready(wei, '6013');
    await ask();
    await features['call:transfer'](
      { ...lenaAsks, may: () => true },
      { ...about, to: { kind: 'agent', agentId: wei }, reason: '', note: '' },
    );
    await clock.run(0);
    phones.last.answers();
    await clock.run(10);
    expect(of(dana)).toEqual([]);
  });

  it('goes down when the agent signs out in the middle of it', async () => {
    const { ask, of, desk, clock } = await talking();
    await ask();
    desk.desktopGone(lena, 'loggedOut');
    await clock.run(10);
    expect(of(dana)).toEqual([]);
  });

  it('goes down when the work has left the hands of the agent without a word, and stays down after a start', async () => {
    const { ask, of, clock, routing, live, events, context, parts } = await talking();
    await ask('words');
    const [interaction] = live.all();
    if (!interaction) throw new Error('nobody talks');
    routing.tell({ type: 'work:ended', agentId: lena, workItemId: interaction.workItemId, wrapsUp: false });
    await clock.run(1_000);
    expect([of(lenaAsks), of(dana)]).toEqual([[], []]);
    const again = createHelp(context, parts);
    for (const event of events) again.listener(event);
    expect(again.seenBy(dana)).toEqual([]);
  });

  it('is up again after a start, by the same events, without its words', async () => {
    const { ask, help, about, events, context, parts, of } = await talking();
    await ask('words');
    await help['help:take'](eva, about);
    const again = createHelp(context, parts);
    for (const event of events) again.listener(event);
    expect(again.seenBy(dana)).toEqual([{ ...of(dana)?.[0], words: '' }]);
    for (const event of [
      ...events,
      { ...(events.at(-1) as BusinessEvent), type: 'interaction:ended', end: {} } as unknown as BusinessEvent,
    ])
      again.listener(event);
    expect(again.seenBy(dana)).toEqual([]);
  });
});

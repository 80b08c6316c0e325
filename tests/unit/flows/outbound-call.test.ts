import { describe, expect, it } from 'vitest';
import { agentOf } from '../../../cti-bridge/acd/index.ts';
import type { TrunkCondition } from '../../../cti-bridge/dialplan/index.ts';
import { Dialling } from '../../../cti-bridge/flows/dialling.ts';
import { OutboundCalls } from '../../../cti-bridge/flows/outbound-call.ts';
import { silentLog } from '../../../cti-bridge/kernel/index.ts';
import { type CallingLimits, type DialAnswer, plainTrunk } from '../../../shared/contracts/calling.ts';
import type { Configuration, TrunkConfiguration } from '../../../shared/contracts/configuration.ts';
import { type AgentId, asId, type InteractionId, type TrunkId } from '../../../shared/ids.ts';
import { smallConfiguration } from '../organisation/configurations.ts';
import { billing, callInQueue, lena, newHouse, wei } from './fakes.ts';

const trunk = (id: string, fields: Partial<TrunkConfiguration> = {}): TrunkConfiguration => ({
  id,
  name: { en: id, zh: id },
  host: '192.0.2.1',
  port: 5060,
  transport: 'udp',
  username: null,
  password: null,
  ...plainTrunk(),
  ...fields,
});

interface SetUp {
  readonly calling?: CallingLimits;
  readonly callsPerHour?: number;
  readonly callsAtOnce?: number;
  readonly trunks?: readonly TrunkConfiguration[];
  readonly conditions?: ReadonlyMap<string, TrunkCondition>;
}

/** A house whose agents may call out over two trunks. */
async function dialHouse({ calling, callsPerHour, callsAtOnce = 10, trunks, conditions = new Map() }: SetUp = {}) {
  const house = newHouse({ ...billing, shownNumber: '+8657487001000' });
  const plain = smallConfiguration();
  const [one] = plain.users.filter(({ agent }) => agent !== null);
  if (!one?.agent) throw new Error('nobody takes work');
  const configuration: Configuration = {
    ...plain,
    organisation: {
      ...plain.organisation,
      homeCountry: 'CN',
      ...(callsPerHour === undefined ? {} : { calling: { callsPerHour, callsAtOnce } }),
    },
    roles: [{ id: 'agent', name: { en: 'Agent', zh: '坐席' }, rights: ['session:own'], ...(calling ? { calling } : {}) }],
    users: [lena, wei].map((agentId) => ({ ...one, role: 'agent', agent: one.agent && { ...one.agent, id: agentId } })),
    queues: [{ ...billing, shownNumber: '+8657487001000' }],
    trunks: [...(trunks ?? [trunk('first', { priority: 1 }), trunk('second', { priority: 2, codecs: ['PCMU'] })])],
  };
  const dialling = new Dialling({
    clock: house.clock,
    log: silentLog,
    recorder: house.context.recorder,
    configuration: () => configuration,
    conditions: () => conditions,
    random: () => 0,
  });
  const outbound = new OutboundCalls(house.context, { customers: house.customers, dialling, originOf: () => null });
  await house.ready(lena, '6012');
  const dial = (number = '139 0000 4126', agentId: AgentId = lena): DialAnswer => outbound.dial(agentId, number);
  return { ...house, house, dialling, outbound, dial };
}

/** Lena dials, and her phone has answered. */
async function dialled(setUp: SetUp = {}) {
  const all = await dialHouse(setUp);
  const answer = all.dial();
  await all.clock.run(10);
  const leg = all.phones.last;
  leg.answers();
  await all.clock.run(10);
  const call = all.customers.calls.at(-1);
  if (!call || !answer.isDialled) throw new Error('nothing was dialled');
  return { ...all, answer, leg, call };
}

const workOf = (house: ReturnType<typeof newHouse>) => agentOf(house.routing.state, lena)?.works.map(({ state }) => state);
const shownCalls = (house: ReturnType<typeof newHouse>) => house.desktops.of('call:changed').map(({ state }) => state);

it.each([
  ['the first that was tried', 'trunk-1', []],
  ['another', 'trunk-2', ['trunk-2']],
])('the record names the trunk that took the call where it is not the one it named: %s', async (_, trunkId, named) => {
  const { house, customers, clock } = await dialled();
  const call = customers.calls[0];
  if (!call) throw new Error('no call');
  call.trunkId = asId<TrunkId>(trunkId);
  call.customerAnswers();
  await clock.run(10);
  expect(house.events.flatMap((event) => (event.type === 'call:tookTrunk' ? [event.trunkId] : []))).toEqual(named);
});

describe('a call out', () => {
  it('rings the own phone first, and dials the number over the trunks once it is answered', async () => {
    const { house, dial, clock, phones, customers } = await dialHouse();
    expect(dial()).toMatchObject({ isDialled: true });
    await clock.run(10);
    expect(phones.legs).toHaveLength(1);
    expect(customers.dialled).toEqual([]);
    expect(house.desktops.of('interaction:assigned')).toMatchObject([
      { call: { state: 'connecting' }, pop: { caller: { number: '+8613900004126' } } },
    ]);
    phones.last.answers();
    await clock.run(10);
    expect(customers.dialled).toHaveLength(1);
    expect(customers.calls[0]?.routes).toEqual([
      { trunkId: 'first', number: '+8613900004126', shown: '+8657487001000', isWithheld: false, codecs: ['PCMA', 'PCMU'] },
      { trunkId: 'second', number: '+8613900004126', shown: '+8657487001000', isWithheld: false, codecs: ['PCMU'] },
    ]);
  });

  it('is talked, ended and wrapped up like any other once the customer has answered', async () => {
    const { house, call, leg, clock } = await dialled();
    expect(workOf(house)).toEqual(['engaged']);
    call.customerAnswers();
    await clock.run(10);
    expect(call.joined).toBe(leg);
    expect(shownCalls(house)).toEqual(['connecting', 'talking']);
    call.finish({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    await clock.run(10);
    expect(workOf(house)).toEqual(['wrappingUp']);
    expect(house.types()).toEqual(
      expect.arrayContaining([
        'interaction:received',
        'reservation:offered',
        'interaction:answered',
        'interaction:ended',
        'wrapUp:started',
      ]),
    );
    expect(house.events.find((event) => event.type === 'interaction:received')).toMatchObject({ direction: 'outbound' });
  });

  it('lets the agent hear our ringback while the phone only says that it rings, and the network where it lets us', async () => {
    const { call, leg, clock } = await dialled();
    expect(call.joined).toBeNull();
    call.progress('ringing');
    await clock.run(10);
    call.progress('ringing');
    await clock.run(10);
    expect(call.played).toEqual([`${leg.partyId} ringback`]);
    expect(call.joined).toBeNull();
    call.progress('earlyMedia');
    expect(call.joined).toBe(leg);
    call.progress('ringing');
    expect(call.played).toHaveLength(1);
  });

  it('tells the agent that nobody was reached, frees them and records why', async () => {
    const { house, call, leg, clock } = await dialled();
    call.customerIsBusy();
    await clock.run(10);
    expect(leg.released).toBe('ended');
    expect(workOf(house)).toEqual([]);
    expect(house.desktops.of('call:changed').at(-1)).toMatchObject({
      state: 'ended',
      end: { reason: 'notReached' },
      dialled: { unreached: 'busy' },
    });
    expect(house.events.findLast((event) => event.type === 'interaction:ended')).toMatchObject({
      end: { reason: 'notReached', fault: 'caller' },
    });
    expect(house.live.count).toBe(0);
  });

  it('shows the agent how far it is: the way is looked for, their phone rings, the network is heard', async () => {
    const { house, call } = await dialled();
    call.progress('ringing');
    call.progress('earlyMedia');
    expect(house.desktops.of('interaction:assigned').at(-1)?.call.dialled).toEqual({ progress: 'ownPhone', unreached: null });
    expect(house.desktops.of('call:changed').map(({ dialled: shown }) => shown?.progress)).toEqual(['dialling', 'ringing', 'heard']);
  });

  it('is given up after a minute of ringing, and told as not answered', async () => {
    const { house, call, clock } = await dialled();
    call.progress('ringing');
    await clock.run(60_010);
    expect(house.desktops.of('call:changed').at(-1)).toMatchObject({ dialled: { progress: 'ringing', unreached: 'noAnswer' } });
    expect(house.events.findLast((event) => event.type === 'interaction:ended')).toMatchObject({
      end: { by: 'system', reason: 'notReached' },
    });
    expect(workOf(house)).toEqual([]);
  });

  it('ends when the agent hangs up before anybody has answered', async () => {
    const { house, leg, clock } = await dialled();
    leg.vanish('hungUp');
    await clock.run(10);
    expect(house.events.findLast((event) => event.type === 'interaction:ended')).toMatchObject({ end: { by: 'agent', reason: 'hungUp' } });
    expect(workOf(house)).toEqual([]);
  });

  it('dials nobody when the own phone is not there', async () => {
    const { house, dial, clock, customers } = await dialHouse();
    dial();
    await clock.run(3_100);
    expect(customers.dialled).toEqual([]);
    expect(house.events.find((event) => event.type === 'reservation:ended')).toMatchObject({ cause: 'deviceUnreachable' });
    expect(workOf(house)).toEqual([]);
    expect(house.live.count).toBe(0);
  });

  it('dials nobody when the agent hangs up on the desktop before their phone has answered', async () => {
    const { house, dial, clock, customers, desk } = await dialHouse();
    const answer = dial();
    await clock.run(10);
    if (answer.isDialled) await desk.endCall(lena, { interactionId: answer.interactionId });
    await clock.run(10);
    expect(customers.dialled).toEqual([]);
    expect(workOf(house)).toEqual([]);
  });
});

describe('what is not dialled', () => {
  it.each([
    ['a line of our own', '6012', {}, 'notANumber'],
    ['a number abroad', '+442079460000', {}, 'notAllowed'],
    [
      'a blocked range',
      '13900004126',
      { calling: { allowed: ['home'], blocked: ['+86139'], premium: false, callsPerHour: null } },
      'blocked',
    ],
    ['where no trunk goes out', '13900004126', { trunks: [trunk('in', { direction: 'in' })] }, 'noTrunk'],
  ] as const)('%s: it is said why, recorded, and no phone rings', async (_what, number, setUp, why) => {
    const { dial, phones, customers, events } = await dialHouse(setUp as SetUp);
    expect(dial(number)).toEqual({ isDialled: false, why });
    expect(phones.legs).toEqual([]);
    expect(customers.calls).toEqual([]);
    expect(events.find((event) => event.type === 'agent:callRefused')).toMatchObject({ agentId: lena, why });
  });

  it('nothing while the agent has a call', async () => {
    const { house, dial, clock, customers } = await dialHouse();
    await callInQueue(house);
    house.phones.last.answers();
    await clock.run(10);
    expect(dial()).toEqual({ isDialled: false, why: 'notFree' });
    expect(customers.calls.every(({ end }) => end !== null)).toBe(true);
  });

  it('nothing when there is no room for another call', async () => {
    const { dial, customers } = await dialHouse();
    customers.hasMedia = false;
    expect(dial()).toEqual({ isDialled: false, why: 'noMedia' });
  });
});

describe('a cap against stolen passwords', () => {
  it('stops the calls of the hour beyond it, raises an alarm, and lets emergencies go', async () => {
    const { dial, clock, customers, dialling } = await dialHouse({
      calling: { allowed: ['home'], blocked: [], premium: false, callsPerHour: 2 },
    });
    for (let call = 0; call < 2; call++) {
      expect(dial()).toMatchObject({ isDialled: true });
      await clock.run(3_100);
    }
    expect(dialling.problems).toEqual([]);
    expect(dial()).toEqual({ isDialled: false, why: 'agentHourlyCap' });
    expect(dialling.problems).toEqual([expect.stringContaining('agentHourlyCap')]);
    expect(customers.calls).toHaveLength(2);
    expect(dial('110')).toMatchObject({ isDialled: true });
    await clock.run(3_600_000);
    expect(dial()).toMatchObject({ isDialled: true });
    expect(dialling.problems).toEqual([]);
  });

  it('counts what was called in the hour before a restart, but no emergency', async () => {
    const { dial, clock, dialling } = await dialHouse({
      calling: { allowed: ['home'], blocked: [], premium: false, callsPerHour: 2 },
    });
    const since: number[] = [];
    const minutesAgo = (minutes: number, agentId: AgentId, number: string | null = '+8613900004126') => ({
      agentId,
      at: clock.now() - minutes * 60_000,
      number,
    });
    await dialling.remember({
      readCallsOutSince: async (from) => {
        since.push(from);
        return [minutesAgo(50, lena), minutesAgo(40, wei), minutesAgo(30, lena, '110'), minutesAgo(10, lena, null)];
      },
    });
    expect(since).toEqual([clock.now() - 3_600_000]);
    expect(dial()).toEqual({ isDialled: false, why: 'agentHourlyCap' });
    expect(dial('110')).toMatchObject({ isDialled: true });
    await clock.run(10 * 60_000 + 1);
    expect(dial()).toMatchObject({ isDialled: true });
    await clock.run(3_100);
    expect(dial()).toEqual({ isDialled: false, why: 'agentHourlyCap' });
  });

  it('counts a call that a clock set back puts into the future as made now', async () => {
    const { dial, clock, dialling } = await dialHouse({ callsPerHour: 1 });
    await dialling.remember({ readCallsOutSince: async () => [{ agentId: lena, at: clock.now() + 86_400_000, number: null }] });
    expect(dial()).toEqual({ isDialled: false, why: 'organisationHourlyCap' });
    await clock.run(3_600_000);
    expect(dial()).toMatchObject({ isDialled: true });
  });

  it('counts the calls that outlived a restart among those at once, until they end', async () => {
    const { dial, clock, dialling } = await dialHouse({ callsPerHour: 100, callsAtOnce: 1 });
    const [dialled, emergency, cameIn] = ['dialled', 'emergency', 'came in'].map((id) => ({
      interactionId: asId<InteractionId>(id),
      ...Promise.withResolvers<void>(),
    }));
    if (!dialled || !emergency || !cameIn) throw new Error('no calls');
    await dialling.goOnWith(
      {
        readCallsOutAmong: async () => [
          { interactionId: emergency.interactionId, number: '110' },
          { interactionId: dialled.interactionId, number: '+8613900004126' },
        ],
      },
      [dialled, emergency, cameIn].map(({ interactionId, promise }) => ({ interactionId, ended: promise })),
    );
    for (const other of [cameIn, emergency]) other.resolve();
    await clock.run(10);
    expect(dial()).toEqual({ isDialled: false, why: 'tooManyAtOnce' });
    dialled.resolve();
    await clock.run(10);
    expect(dial()).toMatchObject({ isDialled: true });
  });

  it('holds for the organisation as a whole', async () => {
    const { dial, clock } = await dialHouse({ callsPerHour: 1 });
    expect(dial()).toMatchObject({ isDialled: true });
    await clock.run(3_100);
    expect(dial()).toEqual({ isDialled: false, why: 'organisationHourlyCap' });
  });
});

describe('a number asked into a call', () => {
  const otherwise = () => ({ ok: true as const, value: { number: '1', peer: '192.0.2.9:5060', shownAs: '1000' } });
  const asker = (rights: readonly string[]) => ({
    userId: 'u' as never,
    name: 'Lena',
    agentId: lena,
    may: (right: string) => rights.includes(right),
  });

  it('follows the same rules, over the same trunks', async () => {
    const { dialling } = await dialHouse();
    const from = { call: { peer: null }, queueId: billing.id } as never;
    expect(dialling.lineFor(asker(['call:dial-out']), '13900004126', from, otherwise)).toMatchObject({
      ok: true,
      value: { routes: [{ trunkId: 'first' }, { trunkId: 'second' }] },
    });
    expect(dialling.lineFor(asker([]), '13900004126', from, otherwise)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(dialling.lineFor(asker(['call:dial-out']), '+442079460000', from, otherwise)).toMatchObject({ ok: false });
  });

  it('goes another way where no trunk of the configuration carries it', async () => {
    const { dialling } = await dialHouse({ trunks: [] });
    const from = { call: { peer: null }, queueId: billing.id } as never;
    expect(dialling.lineFor(asker(['call:dial-out']), '13900004126', from, otherwise)).toMatchObject({ ok: true, value: { number: '1' } });
  });

  it.each([
    ['over a trunk', {}],
    ['another way', { trunks: [] }],
  ])('%s counts for the hour like any other call', async (_, change) => {
    const { dialling } = await dialHouse({ callsPerHour: 1, ...change });
    const from = { call: { peer: null }, queueId: billing.id } as never;
    const line = () => dialling.lineFor(asker(['call:dial-out']), '13900004126', from, otherwise);
    expect(line()).toMatchObject({ ok: true });
    expect(line()).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(dialling.problems).toHaveLength(1);
  });
});

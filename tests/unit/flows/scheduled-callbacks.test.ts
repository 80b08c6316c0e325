import { describe, expect, it } from 'vitest';
import { agreedWaitMs, restMs } from '../../../cti-bridge/acd/index.ts';
import { limits } from '../../../cti-bridge/flows/context.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { ScheduledCallbacks } from '../../../cti-bridge/flows/scheduled-callbacks.ts';
import type { Clock } from '../../../cti-bridge/kernel/index.ts';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { smallConfiguration } from '../organisation/configurations.ts';
import { billing, callInQueue, callTalking, type FakeCallbacks, lena, newHouse, wei } from './fakes.ts';
import { KeptScheduledCallbacks } from './scheduled-callbacks-kept.ts';

const hour = 3_600_000;
const margaret = '+447700900142';
const asker = (agentId: AgentId = lena): Asker => ({ userId: asId<UserId>(`u-${agentId}`), name: agentId, agentId, may: () => true });

/** A bridge whose disk may have something on it from the one before. */
function house(before?: { readonly promises: FakeCallbacks; readonly kept: KeptScheduledCallbacks; readonly clock: Clock }) {
  const rooms = newHouse(billing);
  for (const [id, row] of before?.promises.rows ?? []) rooms.promises.rows.set(id, row);
  const kept = new KeptScheduledCallbacks(rooms.promises);
  for (const [id, row] of before?.kept.rows ?? []) kept.rows.set(id, row);
  if (before) rooms.clock.jump(before.clock.now() - rooms.clock.now());
  const settings = {
    prefers: {} as Partial<ContactPage['fields']>,
    refusal: null as 'premium' | null,
    routes: [{ trunkId: 'out', shown: '1000' }],
    changed: 0,
  };
  const scheduled = new ScheduledCallbacks(rooms.context, {
    repository: kept,
    records: { page: async () => ({ fields: { prefersFrom: null, prefersUntil: null, ...settings.prefers } }) as ContactPage },
    configuration: () => ({ ...smallConfiguration(), queues: [{ ...billing, hours: null }] }),
    dialling: { mayAgreeToCall: () => settings.refusal, routesBack: () => settings.routes as never },
    scopeFor: () => ({ units: null }),
    scopeOf: () => ({ units: null }),
    workChanged: () => {
      settings.changed++;
    },
  });
  rooms.listeners.push((event) => scheduled.listener(event));
  const commands = scheduled.commands();
  async function agree(more: Partial<Parameters<(typeof commands)['callback:schedule']>[1]> = {}) {
    const at = rooms.clock.now() + hour;
    const asked = commands['callback:schedule'](asker(), {
      ...{ contactId: 'c-margaret', number: margaret, interactionId: null, text: 'Quote', to: 'me', at, until: at + hour, isSure: false },
      ...more,
    });
    await rooms.clock.run(1);
    const answer = await asked;
    return answer.ok ? answer.value : answer.error.code;
  }
  const callbackOf = async (answer: Awaited<ReturnType<typeof agree>>) => {
    if (typeof answer === 'string' || answer.outcome !== 'agreed') throw new Error(`not agreed: ${JSON.stringify(answer)}`);
    return answer.callback;
  };
  return {
    ...rooms,
    kept,
    scheduled,
    commands,
    settings,
    agree,
    agreed: async (...more: Parameters<typeof agree>) => callbackOf(await agree(...more)),
  };
}
type House = ReturnType<typeof house>;

const offersTo = ({ desktops }: House, agentId: AgentId) => desktops.of('reservation:offered', agentId);
const pending = ({ promises }: House) => [...promises.rows.values()].filter(({ state }) => state === 'pending');

/** Its time has come, Lena has answered her phone, and the customer's rings. */
async function dialled(rooms = house()) {
  const callback = await rooms.agreed();
  await rooms.ready(lena, '6012');
  await rooms.clock.run(hour);
  rooms.phones.last.answers();
  await rooms.clock.run(10);
  const [customer] = rooms.customers.dialled;
  if (!customer) throw new Error('nobody was called');
  return { rooms, callback, customer };
}

describe('a call that is agreed for a time', () => {
  it('rings at whoever agreed it when its time comes, with what it is about, and calls the customer once', async () => {
    const { rooms, callback, customer } = await dialled();
    const [offer] = offersTo(rooms, lena);
    expect(offer?.pop).toMatchObject({ callback: { about: 'Quote', attempt: 1, promisedAt: callback.madeAt }, match: { kind: 'certain' } });
    expect(offer?.pop.why).toContainEqual(expect.objectContaining({ code: 'agreed' }));
    customer.customerAnswers();
    await rooms.clock.run(10);
    expect(rooms.kept.outcomes).toEqual(['reached']);
    await rooms.clock.run(10 * hour);
    expect(rooms.customers.dialled).toHaveLength(1);
    expect(rooms.errors).toEqual([]);
  });

  it('is not called before, is moved, and is taken back', async () => {
    const rooms = house();
    await rooms.ready(lena, '6012');
    const callback = await rooms.agreed();
    await rooms.clock.run(hour - 60_000);
    expect(offersTo(rooms, lena)).toEqual([]);
    const at = rooms.clock.now() + 2 * hour;
    const moved = await rooms.commands['callback:move'](asker(), { callbackId: callback.callbackId, at, until: at + hour, isSure: true });
    expect(moved).toMatchObject({ ok: true, value: { outcome: 'agreed', callback: { at } } });
    await rooms.clock.run(hour);
    expect(offersTo(rooms, lena)).toEqual([]);
    expect(await rooms.commands['callback:cancel'](asker(), { callbackId: callback.callbackId })).toMatchObject({ ok: true });
    await rooms.clock.run(5 * hour);
    expect(offersTo(rooms, lena)).toEqual([]);
    expect(rooms.kept.outcomes).toEqual(['canceled']);
    expect(rooms.settings.changed).toBeGreaterThan(2);
  });

  it('is anybody’s when whoever agreed it is not there', async () => {
    const rooms = house();
    await rooms.agreed();
    await rooms.ready(wei, '6013');
    await rooms.clock.run(hour + 20_000);
    expect(offersTo(rooms, wei)).toHaveLength(1);
  });

  it('waits in line until somebody is there, and can be taken back there', async () => {
    const rooms = house();
    const { callbackId } = await rooms.agreed();
    await rooms.clock.run(hour + 1);
    expect(pending(rooms)).toHaveLength(1);
    expect(await rooms.commands['callback:list'](asker(), { contactId: 'c-margaret' })).toMatchObject({
      value: { callbacks: [{ callbackId, state: 'inLine' }] },
    });
    await rooms.commands['callback:cancel'](asker(), { callbackId });
    await rooms.clock.run(10);
    expect(rooms.promises.states).toEqual(['canceled']);
    expect(rooms.kept.outcomes).toEqual(['canceled']);
  });

  it('is one however often it is agreed, and says which one stands', async () => {
    const rooms = house();
    const { callbackId } = await rooms.agreed();
    expect(await rooms.agree({ text: 'Something else' })).toMatchObject({ outcome: 'standing', callback: { callbackId } });
    await rooms.clock.run(3 * hour);
    expect(rooms.promises.rows.size).toBe(1);
  });

  it('is noticed when the clock is set forward, and is not called early when it is set back', async () => {
    const rooms = house();
    await rooms.agreed();
    rooms.clock.jump(-hour);
    await rooms.clock.run(hour + 30_000);
    expect(pending(rooms)).toEqual([]);
    rooms.clock.jump(2 * hour);
    await rooms.clock.run(15_000);
    expect(pending(rooms)).toHaveLength(1);
  });

  it('is done when somebody marks the promise as kept', async () => {
    const rooms = house();
    const { callbackId } = await rooms.agreed();
    rooms.scheduled.keptByHand(callbackId, 'Lena');
    await rooms.clock.run(3 * hour);
    expect(rooms.promises.rows.size).toBe(0);
    expect(rooms.kept.outcomes).toEqual(['canceled']);
  });

  it('goes into line after all when the disk failed, once', async () => {
    const rooms = house();
    await rooms.agreed();
    rooms.kept.failNext = true;
    await rooms.clock.run(hour + 40_000);
    expect(pending(rooms)).toHaveLength(1);
  });

  it('stays owed when the customer is not reached', async () => {
    const { rooms, customer } = await dialled();
    customer.customerIsBusy();
    await rooms.clock.run(limits.callbackRetry + restMs + 10);
    rooms.phones.last.answers();
    await rooms.clock.run(10);
    rooms.customers.dialled[1]?.customerIsBusy();
    await rooms.clock.run(10);
    expect(rooms.kept.outcomes).toEqual(['notReached']);
  });
});

describe('after a restart', () => {
  it('what was agreed is called, once', async () => {
    const first = house();
    await first.agreed();
    const second = house(first);
    await second.scheduled.resume();
    await second.callbacks.resume();
    await second.ready(lena, '6012');
    await second.clock.run(2 * hour);
    expect(offersTo(second, lena)).toHaveLength(1);
  });

  it('what stood in line is not put there again', async () => {
    const first = house();
    await first.agreed();
    await first.clock.run(hour + 1);
    const second = house(first);
    await second.scheduled.resume();
    await second.callbacks.resume();
    await second.clock.run(2 * hour);
    expect(second.promises.rows.size).toBe(1);
    expect(second.routing.state.items).not.toBeNull();
  });

  /** Lena had been available; the first bridge goes down with her call in line. */
  async function downInLine(inLineMs: number, wasAtWork = true) {
    const first = house();
    await first.agreed();
    await first.clock.run(hour + inLineMs);
    const second = house(first);
    const at = first.clock.now() - hour;
    if (wasAtWork) second.context.agents.expect([{ agentId: lena, presence: 'available', reason: null, at }], second.clock.now());
    await second.scheduled.resume();
    await second.callbacks.resume();
    second.context.agents.goOn();
    await second.ready(wei, '6013');
    return { second, leftMs: agreedWaitMs - inLineMs };
  }

  /** Lena's desktop, in the log-in it had, and then her phone. */
  async function back({ desk, clock, phones }: House) {
    desk.desktopConnected(lena, clock.now() - 3 * hour);
    await clock.run(1_000);
    phones.register('6012');
    await clock.run(10);
  }

  it('what stood in line stays its agent’s for as long as was agreed, though others are there first', async () => {
    const { second } = await downInLine(60_000);
    await second.clock.run(30_000);
    await back(second);
    expect([offersTo(second, lena).length, offersTo(second, wei).length]).toEqual([1, 0]);
    expect(second.errors).toEqual([]);
  });

  it('what stood in line is anybody’s when its agent is not back by then', async () => {
    const { second, leftMs } = await downInLine(60_000);
    await second.clock.run(leftMs - 1_000);
    expect(offersTo(second, wei)).toEqual([]);
    await second.clock.run(1_100);
    expect(offersTo(second, wei)).toHaveLength(1);
  });

  it('what stood in line is anybody’s at once when its agent was not at work', async () => {
    const { second } = await downInLine(60_000, false);
    await second.clock.run(10);
    expect(offersTo(second, wei)).toHaveLength(1);
  });

  it('what comes due before its agent is back waits for them', async () => {
    const first = house();
    await first.agreed();
    const second = house(first);
    second.context.agents.expect([{ agentId: lena, presence: 'available', reason: null, at: first.clock.now() }], second.clock.now());
    second.clock.jump(hour);
    await second.scheduled.resume();
    await second.ready(wei, '6013');
    await second.clock.run(5_000);
    expect(offersTo(second, wei)).toEqual([]);
    await back(second);
    expect(offersTo(second, lena)).toHaveLength(1);
  });

  it('what had been called is over, though the bridge was stopped before it was written down', async () => {
    const first = house();
    await first.agreed();
    await first.clock.run(hour + 1);
    const [row] = pending(first);
    if (row) first.promises.rows.set(row.workItemId, { ...row, state: 'reached' });
    const second = house(first);
    await second.scheduled.resume();
    await second.clock.run(hour);
    expect(second.kept.outcomes).toEqual(['reached']);
  });

  it('what came due meanwhile is called late rather than never', async () => {
    const first = house();
    await first.agreed();
    const second = house(first);
    second.clock.jump(30 * hour);
    await second.scheduled.resume();
    await second.ready(wei, '6013');
    await second.clock.run(2_000);
    expect(offersTo(second, wei)).toHaveLength(1);
  });
});

describe('a customer who calls before it is due', () => {
  it('is shown with what was agreed, and is not called any more once somebody speaks to them', async () => {
    const rooms = house();
    await rooms.agreed();
    await rooms.ready(wei, '6013');
    const { call } = await callInQueue(rooms);
    const pop = rooms.desktops.of('pop:updated', wei).at(-1)?.pop ?? offersTo(rooms, wei)[0]?.pop;
    expect(pop?.agreed).toMatchObject({ about: 'Quote', by: 'lena' });
    expect(rooms.kept.outcomes).toEqual([null]);
    rooms.phones.last.answers();
    await rooms.clock.run(10);
    expect(rooms.kept.outcomes).toEqual(['calledAgain']);
    call.callerHangsUp();
    await rooms.clock.run(5 * hour);
    expect(rooms.customers.dialled).toEqual([]);
  });

  it('is called as agreed when nobody spoke to them, and not while they wait for us', async () => {
    const rooms = house();
    await rooms.agreed();
    await rooms.clock.run(hour - 60_000);
    const { call } = await callInQueue(rooms);
    await rooms.clock.run(120_000);
    expect(pending(rooms)).toEqual([]);
    call.callerHangsUp();
    await rooms.clock.run(30_000);
    expect(pending(rooms)).toHaveLength(1);
  });

  it('is not called when they ring us while it stands in line', async () => {
    const rooms = house();
    await rooms.agreed();
    await rooms.clock.run(hour + 1);
    await callInQueue(rooms);
    await rooms.clock.run(10);
    expect(rooms.promises.states).toEqual(['calledAgain']);
    expect(rooms.kept.outcomes).toEqual(['calledAgain']);
  });
});

describe('agreeing', () => {
  it('in a call takes the caller’s own number, the queue and the way they came by', async () => {
    const rooms = house();
    const { interactionId } = await callTalking(rooms);
    rooms.settings.routes = [];
    const { callbackId } = await rooms.agreed({ number: null, interactionId });
    expect(rooms.kept.rows.get(callbackId)).toMatchObject({ number: margaret, queueId: 'billing', peer: '192.0.2.7:5060', interactionId });
  });

  it('says what speaks against a time, and takes it all the same when one is sure', async () => {
    const rooms = house();
    rooms.settings.prefers = { prefersFrom: '09:00', prefersUntil: '10:00' };
    expect(await rooms.agree()).toEqual({ outcome: 'doubtful', doubts: ['notPreferred'] });
    expect(await rooms.agree({ isSure: true })).toMatchObject({ outcome: 'agreed' });
  });

  it('refuses what cannot be called, a time that is gone, one years ahead, and hours that end before they begin', async () => {
    const rooms = house();
    const now = rooms.clock.now();
    expect(await rooms.agree({ number: null })).toEqual({ outcome: 'refused', why: 'noNumber' });
    expect(await rooms.agree({ number: 'no number' })).toEqual({ outcome: 'refused', why: 'notANumber' });
    expect(await rooms.agree({ at: now - hour, until: now })).toEqual({ outcome: 'refused', why: 'past' });
    expect(await rooms.agree({ at: now + 400 * 24 * hour, until: now + 401 * 24 * hour })).toEqual({ outcome: 'refused', why: 'tooFar' });
    expect(await rooms.agree({ at: now + hour, until: now + hour })).toBe('bad_request');
    rooms.settings.refusal = 'premium';
    expect(await rooms.agree()).toEqual({ outcome: 'refused', why: 'premium' });
    expect(rooms.kept.rows.size).toBe(0);
  });

  it('is refused when it cannot be stored, and nobody is called', async () => {
    const rooms = house();
    rooms.kept.failNext = true;
    expect(await rooms.agree()).toBe('storage_unavailable');
    await rooms.clock.run(3 * hour);
    expect(pending(rooms)).toEqual([]);
  });

  it('of a number that is nobody’s is taken back by who agreed it, and by nobody else who does not supervise', async () => {
    const rooms = house();
    const { callbackId } = await rooms.agreed({ contactId: null, to: 'queue' });
    const other: Asker = { ...asker(wei), may: () => false };
    expect(await rooms.commands['callback:cancel'](other, { callbackId })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await rooms.commands['callback:cancel'](asker(), { callbackId })).toMatchObject({ ok: true });
  });
});

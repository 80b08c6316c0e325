import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { applyPush, type DeskState, emptyDesk } from '../../../../renderer/stores/desk-state.ts';
import type { Push } from '../../../../shared/contracts/bridge-events.ts';
import type { InboxView } from '../../../../shared/contracts/messages/inbox.ts';
import { minutes } from '../../../../shared/duration.ts';
import { type AgentId, asId, type QueueId, type UserId } from '../../../../shared/ids.ts';
import { queueOf } from '../../acd/floor.ts';
import { lena, wei } from '../fakes.ts';
import { writtenHouse } from './written-house.ts';

/** Whatever happens to written work, what desktops were told one by one is what the bridge would tell them all at once. */

const agents = [lena, wei] as const;
const capacity = { email: { max: 3, weight: 20, interrupts: [] } };
const askerOf = (agentId: AgentId): Asker =>
  ({ userId: asId<UserId>(`u-${agentId}`), agentId, name: agentId, username: agentId, roles: ['agent'], orgUnitId: null }) as never;

type Step = { readonly what: (typeof kinds)[number]; readonly who: 0 | 1; readonly which: number };
const kinds = [
  ...([
    'mail',
    'mail',
    'mail',
    'answer',
    'accept',
    'accept',
    'reject',
    'take',
    'take',
    'wait',
    'snooze',
    'resume',
    'toQueue',
    'toColleague',
  ] as const),
  ...(['invite', 'leave', 'close', 'release', 'give', 'give', 'move', 'away', 'back', 'pause', 'reconnect', 'gap'] as const),
];
const step: fc.Arbitrary<Step> = fc.record({ what: fc.constantFrom(...kinds), who: fc.constantFrom(0, 1), which: fc.nat(5) });

async function opened() {
  const house = writtenHouse();
  const { routing, messages, desktops, clock, store, configuration, phones, desk } = house;
  Object.assign(store, {
    readDraft: async () => null,
    readMessages: async () => [],
    linkConversation: async () => {},
    seen: async () => {},
  });
  const other = queueOf('other-mail', { channel: 'email' });
  routing.tell({ type: 'queue:configured', queue: other });
  Object.assign(configuration, {
    dispositions: [{ code: 'done', name: { en: 'Done', zh: '完成' }, parent: null }],
    queues: [...configuration.queues, other],
  });
  for (const agentId of agents)
    routing.tell({
      type: 'agent:configured',
      agentId,
      settings: {
        skills: {},
        capacity,
        teamId: null,
        orgUnitId: null,
        leftQueueIds: agentId === lena ? [other.id as QueueId] : [],
        weight: 1,
      },
    });
  const written = messages.withWritten(desk);
  desktops.onOffer = (agentId, offer) => void written.popDelivered(agentId, { reservationId: offer.reservationId, popId: offer.pop.popId });
  for (const agentId of agents) {
    phones.register(agentId === lena ? '6012' : '6013');
    written.desktopConnected(agentId, clock.now());
    await clock.run(0);
    await desk.setPresence(agentId, { presence: 'available' });
  }
  await clock.run(0);
  return { ...house, written };
}
type Opened = Awaited<ReturnType<typeof opened>>;

/** What one desktop has made of what it was told. */
class Screen {
  #state: DeskState = emptyDesk;
  #read = 0;
  readonly #house: Opened;
  readonly #agentId: AgentId;

  constructor(house: Opened, agentId: AgentId) {
    this.#house = house;
    this.#agentId = agentId;
    this.resume();
  }

  /** It was away: whatever was told meanwhile is not heard, and all of it is asked for. */
  resume(): void {
    this.#read = this.#house.desktops.pushes.length;
    this.#state = { ...emptyDesk, inbox: this.#house.messages.inboxOf(this.#agentId) };
  }

  hear(): void {
    for (const push of this.#house.desktops.pushes.slice(this.#read))
      if (push.agentId === this.#agentId || push.agentId === '*')
        this.#state = applyPush(this.#state, { ...push, seq: 0 } as unknown as Push);
    this.#read = this.#house.desktops.pushes.length;
  }

  get inbox(): InboxView {
    return this.#state.inbox;
  }
}

const sorted = ({ mine, waiting }: InboxView) => ({
  mine: mine.toSorted((a, b) => (a.interactionId < b.interactionId ? -1 : 1)),
  waiting: waiting.toSorted((a, b) => (a.workItemId < b.workItemId ? -1 : 1)),
});

async function perform(house: Opened, { what, who, which }: Step, count: number): Promise<void> {
  const { messages, desktops, clock, routing, desk, written } = house;
  const agentId = agents[who];
  const colleague = agents[who === 0 ? 1 : 0];
  const asker = askerOf(agentId);
  const { inbox } = messages;
  const view = messages.inboxOf(agentId);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[which % Math.max(1, items.length)];
  const own = pick(view.mine.filter(({ isGuest }) => !isGuest));
  const offers = (await written.snapshot(agentId)).offers.filter(({ channel }) => channel === 'email');
  const [offer] = offers;
  const interactionId = own?.interactionId ?? 'none';
  const words = { reason: 'Engineer', note: '' };
  switch (what) {
    case 'mail':
      await house.mail({ internetMessageId: `<in-${count}@example.cn>`, subject: `Bill ${count}` });
      return;
    case 'answer': {
      const earlier = pick(house.store.messages.filter(({ kind, internetId }) => kind === 'in' && internetId !== null));
      if (!earlier?.internetId) return;
      await house.mail({
        internetMessageId: `<in-${count}@example.cn>`,
        inReplyTo: [earlier.internetId],
        references: [earlier.internetId],
      });
      return;
    }
    case 'accept':
      if (offer) await inbox['reservation:accept'](asker, { reservationId: offer.reservationId });
      return;
    case 'reject':
      if (offer) await written.rejectReservation(agentId, { reservationId: offer.reservationId });
      return;
    case 'take': {
      const waiting = pick(view.waiting);
      if (waiting) await inbox['inbox:take'](asker, { workItemId: waiting.workItemId });
      return;
    }
    case 'wait':
      await inbox['inbox:wait'](asker, { interactionId });
      return;
    case 'snooze':
      await inbox['inbox:snooze'](asker, { interactionId, until: clock.now() + minutes(2) });
      return;
    case 'resume':
      await inbox['inbox:resume'](asker, { interactionId });
      return;
    case 'toQueue':
      await inbox['inbox:transfer'](asker, { interactionId, to: { kind: 'queue', queueId: 'other-mail' }, ...words });
      return;
    case 'toColleague':
      await inbox['inbox:transfer'](asker, { interactionId, to: { kind: 'agent', agentId: colleague }, ...words });
      return;
    case 'invite':
      await inbox['inbox:invite'](asker, { interactionId, agentId: colleague });
      return;
    case 'leave': {
      const guest = view.mine.find(({ isGuest }) => isGuest);
      if (guest) await inbox['inbox:leave'](asker, { interactionId: guest.interactionId, agentId });
      return;
    }
    case 'close':
      await inbox['inbox:close'](asker, { interactionId, dispositionCode: 'done', note: '' });
      return;
    case 'release':
      await messages.release(interactionId, () => true);
      return;
    case 'give': {
      const given = own ?? pick(view.waiting) ?? offer;
      const words = { note: 'Please.', by: askerOf(lena), mayTakeFrom: () => true };
      if (given) await messages.give(given.interactionId, { to: colleague, ...words });
      return;
    }
    case 'move': {
      const waiting = pick(view.waiting);
      if (waiting)
        routing.tell({ type: 'item:changed', workItemId: asId(waiting.workItemId), priority: null, queueId: asId('other-mail') });
      return;
    }
    case 'away':
      await desk.setPresence(agentId, { presence: 'notReady', reason: 'meal' });
      return;
    case 'back':
      await desk.setPresence(agentId, { presence: 'available' });
      return;
    case 'pause':
      await clock.run(minutes(1));
      return;
    default:
      desktops.broadcast('organisation:changed', { at: clock.now() });
  }
}

test('the list of every desktop is the list of the bridge, in whatever order things happen, over gaps and reconnections', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
      const house = await opened();
      const screens = agents.map((agentId) => new Screen(house, agentId));
      for (const [count, each] of steps.entries()) {
        // Whatever waits for a decision that never comes is none of this test's.
        const done = perform(house, each, count);
        for (let turns = 0; turns < 20; turns++) await house.clock.run(0);
        await done;
        await house.clock.run(0);
        if (each.what === 'reconnect' || each.what === 'gap') screens[each.who]?.resume();
        for (const [index, screen] of screens.entries()) {
          screen.hear();
          const told = house.messages.inboxOf(agents[index] as AgentId);
          expect(sorted(screen.inbox)).toEqual(sorted(told));
          for (const { state, isGuest } of told.mine) seen.add(isGuest ? 'guest' : state);
          if (told.waiting.length > 0) seen.add('queued');
        }
      }
      expect(house.errors).toEqual([]);
      await house.scope.end('over');
    }),
    { numRuns: 15, seed: 4 },
  );
  // The days that were played have all of it in them.
  expect([...seen].sort()).toEqual(['guest', 'open', 'queued', 'snoozed', 'waiting']);
});

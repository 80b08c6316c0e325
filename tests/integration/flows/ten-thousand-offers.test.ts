import { tmpdir } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApi, createMetrics, DesktopRegistry } from '../../../cti-bridge/api/index.ts';
import { inboundCall } from '../../../cti-bridge/flows/inbound-call.ts';
import { SessionRegistry, type User } from '../../../cti-bridge/identity/index.ts';
import { createIdSource, err, ok, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { Push, PushName, PushPayload } from '../../../shared/contracts/bridge-events.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { billing, buildHouse, FakeCall } from '../../unit/flows/fakes.ts';
import { flowOf } from '../../unit/ivr/flows.ts';
import { connectDesktop } from '../api/api-house.ts';
import {
  FakeAdministration,
  FakeSupervision,
  fakeAttachments,
  fakeCalls,
  fakeCustomers,
  fakeDocuments,
  fakeExchange,
  fakeExports,
  fakeFigures,
  fakeFlows,
  fakeHelp,
  fakeImports,
  fakeInbox,
  fakeListening,
  fakeMessages,
  fakePages,
  noClients,
} from '../api/fake-desk.ts';
import { fakeGuides } from '../api/fake-guides.ts';
import { fakeKnowledge } from '../api/fake-knowledge.ts';
import { fakePrompts } from '../api/fake-prompts.ts';

const offersWanted = 10_000;
const agentCount = 24;
const callerCount = 48;

const straightToQueue = flowOf({
  answer: { kind: 'answer', exits: { next: 'queue' } },
  queue: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
});

const agents: readonly User[] = Array.from({ length: agentCount }, (_, index) => ({
  userId: asId<UserId>(`user-${index}`),
  username: `agent-${index}`,
  name: `Agent ${index}`,
  role: 'agent',
  rights: rightsOfRole.agent,
  locale: 'en',
  agentId: asId<AgentId>(`agent-${index}`),
  extension: String(6000 + index),
  skills: { billing: 1 + (index % 5) },
  isDemo: true,
}));

/** A small generator with a seed (mulberry32), so that a failure can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The real line to desktops, watched: no pop may leave for a caller who has gone. */
class WatchedDesktops extends DesktopRegistry {
  readonly calls = new Map<string, FakeCall>();
  popsAfterTheEnd = 0;

  override push<Name extends PushName>(agentId: AgentId, name: Name, payload: PushPayload<Name>): void {
    if (name === 'reservation:offered') {
      const { interactionId } = payload as PushPayload<'reservation:offered'>;
      if (this.calls.get(interactionId)?.end) this.popsAfterTheEnd++;
    }
    super.push(agentId, name, payload);
  }
}

describe('ten thousand offers over the real socket', () => {
  it('gives each exactly one pop, on the right desktop, and none after the end, whatever callers and agents do', {
    timeout: 180_000,
  }, async () => {
    const random = seeded(20_261_121);
    const desktops = new WatchedDesktops();
    const house = buildHouse({
      clock: systemClock,
      desktops,
      users: agents,
      queue: { ...billing, ringSeconds: 0.1, missesBeforeNotReady: Number.MAX_SAFE_INTEGER },
      flow: straightToQueue,
    });
    const registry = new SessionRegistry(systemClock, createIdSource(systemClock));
    const metrics = createMetrics(systemClock);
    const api = createApi({
      host: '127.0.0.1',
      port: 0,
      names: [],
      allowedOrigins: [],
      rendererFolder: tmpdir(),
      phone: { webSocketPath: '/sip', domain: 'crosspoint.invalid' },
      acceptSipUpgrade: (_request, socket) => socket.destroy(),
      desk: { ...house.desk, dialCall: async () => ok({ isDialled: false, why: 'noTrunk' }) },
      supervision: new FakeSupervision(),
      administration: new FakeAdministration(),
      customers: fakeCustomers(),
      calls: fakeCalls(),
      prompts: fakePrompts(),
      flows: fakeFlows(),
      guides: fakeGuides(),
      inbox: fakeInbox(),
      help: fakeHelp(),
      figures: fakeFigures(),
      knowledge: fakeKnowledge(),
      messages: fakeMessages,
      messagePages: fakePages,
      documents: fakeDocuments,
      mounts: [],
      attachments: fakeAttachments,
      imports: fakeImports,
      listening: fakeListening,
      exchange: fakeExchange,
      exports: fakeExports,
      clients: noClients,
      desktops,
      sessions: {
        logIn: async () => err('login_failed'),
        find: (token) => registry.find(token),
        passwordSet: (userId, keep) => registry.passwordSet(userId, keep),
        end: (session, why) => registry.end(session, why),
        onEnded: (listener) => registry.ended.on('ended', ({ session, why }) => listener(session, why)),
      },
      metrics,
      health: () => [],
      clock: systemClock,
      log: silentLog,
    });
    onTestFinished(async () => {
      await house.scope.end('test over');
      house.routing.stop();
      await api.stop();
      registry.endAll('shutdown');
      metrics.stop();
    });
    const { port } = await api.start();

    // What each desktop saw, by reservation; and what it saw of an offer whose end it had already been told.
    const popsSeen = new Map<string, string[]>();
    const endsSeen = new Set<string>();
    let popsAfterEndSeen = 0;
    const commands = new Set<Promise<unknown>>();

    await Promise.all(
      agents.map(async (user) => {
        const { agentId, extension } = user;
        const session = registry.create(user, { takeOver: false });
        if (!session.ok || !agentId || !extension) throw new Error('no session');
        const desktop = await connectDesktop(`http://127.0.0.1:${port}`, session.value.token);
        const ask = (name: string, request: unknown): void => {
          const command: Promise<unknown> = desktop.command(name, request).then(() => commands.delete(command));
          commands.add(command);
        };
        desktop.socket.on('push', (push: Push) => {
          if (push.name === 'reservation:offered') {
            const { reservationId, pop } = push.payload;
            popsSeen.set(reservationId, [...(popsSeen.get(reservationId) ?? []), agentId]);
            if (endsSeen.has(reservationId)) popsAfterEndSeen++;
            ask('pop:delivered', { reservationId, popId: pop.popId });
            if (random() < 0.1) ask('reservation:reject', { reservationId });
          } else if (push.name === 'reservation:ended') endsSeen.add(push.payload.reservationId);
          else if (push.name === 'wrap-up:changed') {
            const { interactionId } = push.payload;
            ask('interaction:complete', { interactionId, dispositionCode: 'billing.explained', note: '', then: 'available' });
          }
        });
        await desktop.resume();
        house.phones.register(extension);
        await desktop.command('agent:set-presence', { presence: 'available' });
      }),
    );

    // Phones: most answer within 8 ms, some never do. `ring` is called in the tick of the pop.
    const rung = new Map<string, string>();
    const ring = house.phones.ring.bind(house.phones);
    house.phones.ring = (request) => {
      const leg = ring(request);
      rung.set(request.reservationId, request.agentId);
      const fake = house.phones.last;
      fake.rings();
      if (random() < 0.97) setTimeout(() => fake.answers(), random() * 8);
      return leg;
    };

    // Callers: one in four gives up at some moment around the ringing, some are very patient; the others talk a moment.
    const caller = async (): Promise<void> => {
      while (rung.size < offersWanted) {
        const call = new FakeCall(systemClock, '1000', { number: '+447700900142', presentedName: null });
        const story = inboundCall(call, house.context);
        const mine = house.live.all().find((interaction) => interaction.call === call);
        if (mine) desktops.calls.set(mine.interactionId, call);
        const kind = random();
        setTimeout(() => call.callerHangsUp(), kind < 0.25 ? random() * 12 : kind < 0.95 ? 15 + random() * 60 : 400);
        await story;
      }
    };
    await Promise.all(Array.from({ length: callerCount }, caller));

    await Promise.all(commands);

    const wrong = [...rung].filter(([reservationId, agentId]) => popsSeen.get(reservationId)?.join() !== agentId);
    const unasked = [...popsSeen.keys()].filter((reservationId) => !rung.has(reservationId));
    expect(rung.size).toBeGreaterThanOrEqual(offersWanted);
    expect({ missedOrDoubled: wrong, unasked, afterEndSeen: popsAfterEndSeen, afterEndSent: desktops.popsAfterTheEnd }).toEqual({
      missedOrDoubled: [],
      unasked: [],
      afterEndSeen: 0,
      afterEndSent: 0,
    });
    expect(house.errors).toEqual([]);
    expect(house.live.count).toBe(0);
    const causes = Map.groupBy(
      house.events.filter((event) => event.type === 'reservation:ended'),
      (event) => event.cause,
    );
    for (const cause of ['callerLeft', 'rejected', 'noAnswer'] as const) expect(causes.get(cause)?.length ?? 0, cause).toBeGreaterThan(20);
  });
});

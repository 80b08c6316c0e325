import { limits } from '../../../cti-bridge/flows/context.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { ScheduledCallbacks } from '../../../cti-bridge/flows/scheduled-callbacks.ts';
import type { CallbackRepository } from '../../../cti-bridge/interactions/index.ts';
import { createIdSource, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { createRecordStore } from '../../../cti-bridge/store/record-store.ts';
import { hours, minutes } from '../../../shared/duration.ts';
import type { AgentId } from '../../../shared/ids.ts';
import { seeded } from '../../conformance/sip/memory-network.ts';
import {
  billing,
  buildHouse,
  callInQueue,
  type FakeCall,
  FakeDesktops,
  type FakeOutboundCall,
  lena,
  mainFlow,
  users,
  wei,
} from '../../unit/flows/fakes.ts';
import { Expectations, type FaultRow } from './fault-row.ts';
import { type Lasting, openLasting } from './written/lasting.ts';
import { Mortal } from './written/mortal.ts';

/** Kills of one house, before all of it is looked at. */
const killsEach = 20;
const mostSteps = 25;
const customers = 8;
const people = [
  { agentId: lena, extension: '6012' },
  { agentId: wei, extension: '6013' },
] as const;
const asker = (agentId: AgentId): Asker => ({ userId: `u-${agentId}` as never, name: agentId, agentId, may: () => true });

interface CallRow {
  readonly work_item_id: string;
  readonly attempts: number;
  readonly agent_id: string | null;
  readonly theirs_until: number | null;
}

interface Figures {
  agreed: number;
  dialled: number;
  reached: number;
  /** The bridge was killed as the customer answered, before that was on disk. */
  cutOff: number;
  theirs: number;
}

/** Customers and two agents who live through every kill, and what they know: what was said to them, and whose phone rang. */
class World {
  readonly all = new Expectations();
  readonly figures: Figures = { agreed: 0, dialled: 0, reached: 0, cutOff: 0, theirs: 0 };
  /** By id: what an agent was told that stands, and who is to be called. */
  readonly told = new Map<string, string>();
  readonly takenBack = new Set<string>();
  readonly rangUs = new Set<string>();
  readonly dials = new Map<string, number>();
  readonly answered = new Map<string, number>();
  readonly #lasting: Lasting;
  readonly #clock: VirtualClock;
  readonly random: () => number;

  constructor(lasting: Lasting, clock: VirtualClock, random: () => number) {
    this.#lasting = lasting;
    this.#clock = clock;
    this.random = random;
  }

  pending(number: string): CallRow[] {
    return this.#lasting.rows<CallRow>(`select * from callback where state = 'pending' and number = '${number}'`);
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.random() * values.length)] as Value;
  }

  number(): string {
    return `+4477009001${10 + Math.floor(this.random() * customers)}`;
  }

  /** Somebody's phone rings with it. */
  offered(agentId: AgentId, number: string): void {
    const [row] = this.pending(number);
    if (!row?.agent_id || row.attempts > 0 || Number(row.theirs_until) <= this.#clock.now()) return;
    this.figures.theirs++;
    this.all.expect(row.agent_id === agentId, `${number} was agreed by ${row.agent_id} and rang at ${agentId} before its time`);
  }

  /** Our call to them leaves. Gives the item it is for. */
  dialled(number: string, others: readonly FakeOutboundCall[]): string {
    const rows = this.pending(number);
    const item = rows[0]?.work_item_id ?? 'none';
    this.all.expect(rows.length === 1, `${number} was called for ${rows.length} promises`);
    this.all.expect((rows[0]?.attempts ?? 0) > 0, `${number} was called before that was counted`);
    this.all.expect(
      others.every((call) => call.caller.number !== number || call.end !== null),
      `${number} was called twice at once`,
    );
    this.figures.dialled++;
    this.dials.set(item, (this.dials.get(item) ?? 0) + 1);
    if (this.answered.has(item)) this.figures.cutOff++;
    return item;
  }
}

/** A start of the bridge over what lasts. Lin Wei's desktop is back first; Lena's comes after. */
async function startLife(lasting: Lasting, mortal: Mortal, clock: VirtualClock, world: World) {
  const { read, write } = lasting.access;
  const kept: CallbackRepository = mortal.wrap({
    promise: (promised) => write('promiseCallback', promised),
    countAttempt: (workItemId, attempt) => write('countCallbackAttempt', workItemId, attempt),
    end: (workItemId, ending) => write('endCallback', workItemId, ending),
    readPending: () => read('readPendingCallbacks'),
  } satisfies CallbackRepository);
  const desktops = new FakeDesktops();
  const house = buildHouse({ clock, desktops, users, queue: billing, flow: mainFlow, ids: createIdSource(clock), kept });
  house.contacts.found = [];
  const scheduled = new ScheduledCallbacks(house.context, {
    repository: mortal.wrap(
      createRecordStore({ ...lasting.access, folder: '' } as Parameters<typeof createRecordStore>[0]).scheduledCallbacks,
    ),
    records: { page: async () => null },
    configuration: () => ({}) as never,
    dialling: { mayAgreeToCall: () => null, routesBack: () => [{ trunkId: 'out', shown: '1000' }] as never },
    scopeFor: () => ({ units: null }),
    scopeOf: () => ({ units: null }),
    workChanged: () => {},
  });
  house.listeners.push((event) => scheduled.listener(event));
  desktops.onOffer = (agentId, { reservationId, pop }) => {
    if (mortal.isDead) return;
    void house.desk.popDelivered(agentId, { reservationId, popId: pop.popId });
    if (pop.callback && pop.caller.number) world.offered(agentId, pop.caller.number);
  };
  const items = new Map<FakeOutboundCall, string>();
  const make = house.customers.call.bind(house.customers);
  house.customers.call = (number) => {
    const call = make(number);
    if (!call) return null;
    const dial = call.answer.bind(call);
    call.answer = () => {
      if (!mortal.isDead) items.set(call, world.dialled(number.number, [...items.keys()]));
      return dial();
    };
    return call;
  };
  const chosen = people.map(({ agentId }) => ({ agentId, presence: 'available' as const, reason: null, at: clock.now() }));
  const start = async () => {
    house.context.agents.expect(chosen, clock.now());
    await scheduled.resume();
    await house.callbacks.resume();
    house.context.agents.goOn();
  };
  void start();
  await clock.run(10);
  const desktopBack = ({ agentId, extension }: (typeof people)[number]) => {
    house.desk.desktopConnected(agentId, clock.now() - hours(1));
    house.phones.register(extension);
  };
  desktopBack(people[1]);
  const away = world.random() * 40_000;
  house.scope.timer(away, () => desktopBack(people[0]));
  return { house: { ...house, clock }, commands: scheduled.commands(), mortal, items, calls: [] as FakeCall[] };
}

type Life = Awaited<ReturnType<typeof startLife>>;

async function agree({ commands, mortal }: Life, world: World, clock: VirtualClock): Promise<void> {
  const number = world.number();
  const at = clock.now() + Math.floor(world.random() * minutes(4));
  const to = world.random() < 0.7 ? 'me' : 'queue';
  const wish = { contactId: null, interactionId: null, number, text: number, to, at, until: at + hours(1), isSure: true } as const;
  const asked = commands['callback:schedule'](asker(world.pick(people).agentId), wish);
  void asked.then((answer) => {
    if (mortal.isDead || !answer.ok || answer.value.outcome !== 'agreed') return;
    world.told.set(answer.value.callback.callbackId, number);
    world.figures.agreed++;
  });
  await clock.run(10);
}

/** Whoever is rung answers; of the customers who are called some do, and some talk on. */
async function second(life: Life, world: World, clock: VirtualClock, isQuiet: boolean): Promise<void> {
  for (const leg of life.house.phones.legs) if (leg.released === null) leg.answers();
  for (const [call, item] of life.items) {
    if (call.end !== null) continue;
    const chance = world.random();
    if (call.heard.includes('reached')) {
      if (isQuiet || chance < 0.1) call.callerHangsUp();
    } else if (isQuiet || chance < 0.2) {
      call.heard.push('reached');
      world.answered.set(item, (world.answered.get(item) ?? 0) + 1);
      call.customerAnswers();
    } else if (chance < 0.26) call.customerIsBusy();
  }
  await clock.run(1_000);
  if (life.mortal.isDead) return;
  for (const [call, item] of life.items) {
    if (!call.heard.includes('reached')) continue;
    const stands = world.pending(call.caller.number ?? '').some((row) => row.work_item_id === item);
    world.all.expect(!stands, `${call.caller.number} answered, and is owed a call still`);
  }
}

async function act(life: Life, world: World, clock: VirtualClock): Promise<void> {
  const chance = world.random();
  if (chance < 0.3) await agree(life, world, clock);
  else if (chance < 0.36) {
    const number = world.number();
    world.rangUs.add(number);
    const { call } = await callInQueue(life.house, { number, presentedName: null });
    life.calls.push(call);
  } else if (chance < 0.4) {
    const callbackId = world.pick([...world.told.keys()]);
    if (callbackId) {
      world.takenBack.add(callbackId);
      void life.commands['callback:cancel'](asker(lena), { callbackId });
    }
  }
  for (const call of life.calls) if (world.random() < 0.3 && call.end === null) call.callerHangsUp();
  for (let seconds = world.random() * 10; seconds > 0 && !life.mortal.isDead; seconds--) await second(life, world, clock, false);
}

function lookAt(lasting: Lasting, world: World): void {
  const { all, told, takenBack, rangUs, dials, answered, figures } = world;
  const rows = lasting.rows<{ callback_id: string; state: string; work_item_id: string | null }>('select * from scheduled_callback');
  const byId = new Map(rows.map((row) => [row.callback_id, row]));
  for (const [callbackId, number] of told) {
    const row = byId.get(callbackId);
    const item = row?.work_item_id ?? '';
    const why = {
      reached: answered.has(item),
      notReached:
        lasting.rows(`select 1 from callback where work_item_id = '${item}' and attempts >= ${limits.callbackAttempts}`).length > 0,
      calledAgain: rangUs.has(number),
      canceled: takenBack.has(callbackId),
    }[row?.state ?? ''];
    all.expect(why === true, `${number} was agreed, and is ${row?.state ?? 'nowhere'} for no reason`);
  }
  for (const [item, times] of dials) all.expect(times <= limits.callbackAttempts, `${item} was called ${times} times`);
  const left = lasting.rows("select 1 from callback where state = 'pending'").length;
  all.expect(left === 0, `${left} promises are left`);
  figures.reached = answered.size;
}

async function killedHouse({ kills, seed }: { readonly kills: number; readonly seed: number }) {
  const random = seeded(seed);
  const clock = new VirtualClock();
  const lasting = await openLasting();
  const world = new World(lasting, clock, random);
  const end = (life: Life) => {
    life.mortal.die();
    void life.house.scope.end('killed');
  };
  try {
    for (let kill = 0; kill < kills; kill++) {
      const life = await startLife(lasting, new Mortal(1 + Math.floor(random() * mostSteps), random), clock, world);
      for (let turn = 0; turn < 200 && !life.mortal.isDead; turn++) await act(life, world, clock);
      end(life);
      // Some stay away for a while.
      await clock.run(random() < 0.1 ? minutes(10) : 1_000);
    }
    const life = await startLife(lasting, new Mortal(Number.POSITIVE_INFINITY, random), clock, world);
    const isOver = () => lasting.rows("select 1 from scheduled_callback where state in ('agreed', 'inLine')").length === 0;
    for (let passed = 0; passed < 7_200 && !isOver(); passed++) await second(life, world, clock, true);
    await clock.run(1_000);
    world.all.expect(life.house.errors.length === 0, `a story failed: ${life.house.errors[0]}`);
    end(life);
    lookAt(lasting, world);
    return world;
  } finally {
    lasting.close();
  }
}

export const callback: FaultRow = {
  name: 'callback',
  about:
    'calls are agreed for a time, come due and are made while the bridge is killed between any two steps: none lost, never two at once nor more than two in all, none after they were reached, and nobody but whoever agreed it is rung before its time',
  count: 1_000,
  async run({ count, seed }) {
    const houses: World[] = [];
    for (let done = 0; done < count; done += killsEach)
      houses.push(await killedHouse({ kills: Math.min(killsEach, count - done), seed: seed * 10_000 + done }));
    const sum = (of: keyof Figures) => houses.reduce((total, { figures }) => total + figures[of], 0);
    const at = `${count} kills, seed ${seed}`;
    const failures = houses.flatMap(({ all }) => all.failures);
    return {
      figures: [
        { name: 'agreed', value: sum('agreed'), unit: 'calls', at },
        { name: 'dialled', value: sum('dialled'), unit: 'calls', at },
        { name: 'reached', value: sum('reached'), unit: 'calls', at },
        { name: 'offered while they were one agent’s', value: sum('theirs'), unit: 'offers', at },
        { name: 'called again because of a kill as they answered', value: sum('cutOff'), unit: 'calls', at },
      ],
      failures,
    };
  },
};

import { loadavg } from 'node:os';
import {
  type Flow,
  type FlowEntrance,
  type FlowNode,
  type IvrInput,
  type IvrState,
  isOver,
  startState,
  step,
  storedState,
} from '../../../cti-bridge/ivr/index.ts';
import type { Figure } from '../../../tools/figures.ts';

const callers = 1_000;
const warmUpSteps = 200_000;
const measuredSteps = 1_000_000;
/** Single steps whose time is taken one by one. */
const timedSteps = 100_000;

/** How many steps a second 1,000 callers make, what the slowest take, and how much there is of each caller. */
export function stepMachineFigures(): readonly Figure[] {
  const house = new House();
  house.takeSteps(warmUpSteps);
  const load = loadavg()[0] ?? 0;

  const startedAt = performance.now();
  const cpuBefore = process.threadCpuUsage();
  house.takeSteps(measuredSteps);
  const perSecond = measuredSteps / ((performance.now() - startedAt) / 1_000);
  const { user, system } = process.threadCpuUsage(cpuBefore);

  const times = house.timeSteps(timedSteps).toSorted();
  const share = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  const sizes = house.storedBytes().toSorted((one, other) => one - other);
  const at = `${callers.toLocaleString('en')} callers in menus`;
  return [
    { name: 'steps per second', value: Math.round(perSecond), unit: '1/s', at: `${at}; aim at least 50,000` },
    {
      name: 'steps per second of its own time',
      value: Math.round(measuredSteps / ((user + system) / 1_000_000)),
      unit: '1/s',
      at: `${at}; without the time that others had the processor`,
    },
    { name: 'one step, p50', value: share(0.5), unit: 'µs', at },
    { name: 'one step, p99', value: share(0.99), unit: 'µs', at: `${at}, garbage collections included` },
    {
      name: 'made for one step, median',
      value: house.bytesPerStep(),
      unit: 'B',
      at: 'of the heap: state, actions and what is forgotten at once',
    },
    { name: 'one caller as written down, median', value: sizes[Math.floor(sizes.length / 2)] ?? 0, unit: 'B', at },
    { name: 'one caller as written down, largest', value: sizes.at(-1) ?? 0, unit: 'B', at },
    { name: 'calls gone through', value: house.callsDone, unit: '', at: 'in all' },
    { name: 'load of the machine', value: load, unit: '', at: 'before, one minute' },
  ];
}

/** A thousand callers, each at their own place; who is through calls again. */
class House {
  callsDone = 0;
  readonly #callers: IvrState[];
  #next = 0;
  #steps = 0;
  #seed = 20_261_122;

  constructor() {
    this.#callers = Array.from({ length: callers }, () => begun());
    // Apart from one another, as callers are.
    for (const index of this.#callers.keys()) for (let steps = 0; steps < index % 23; steps++) this.#step(index);
  }

  takeSteps(count: number): void {
    for (let taken = 0; taken < count; taken++) this.#stepNext();
  }

  timeSteps(count: number): Float64Array {
    const times = new Float64Array(count);
    for (let taken = 0; taken < count; taken++) {
      const startedAt = performance.now();
      this.#stepNext();
      times[taken] = (performance.now() - startedAt) * 1_000;
    }
    return times;
  }

  /** Between two garbage collections; the median of many, since they cannot be seen coming. */
  bytesPerStep(): number {
    const batch = 500;
    const used = Array.from({ length: 200 }, () => {
      const before = process.memoryUsage().heapUsed;
      this.takeSteps(batch);
      return (process.memoryUsage().heapUsed - before) / batch;
    });
    return Math.round(used.toSorted((one, other) => one - other)[used.length / 2] ?? 0);
  }

  storedBytes(): readonly number[] {
    return this.#callers.map((state) => Buffer.byteLength(storedState(state)));
  }

  /** From 0 to 2^16 - 1, the same in every run. */
  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) >>> 0;
    return this.#seed >>> 16;
  }

  #stepNext(): void {
    this.#step(this.#next);
    this.#next = (this.#next + 1) % callers;
  }

  #step(index: number): void {
    this.#steps += 1;
    const state = this.#callers[index] ?? begun();
    const { state: after } = step(entrance.flows, state, nextInput(state, this.#random()), { at: startedAt + this.#steps, house });
    this.#callers[index] = isOver(after) ? begun() : after;
    if (isOver(after)) this.callsDone += 1;
  }
}

const startedAt = Date.UTC(2026, 10, 22);
const house = { fact: (name: string) => (name === 'hours.day.open' ? 'yes' : name === 'queue.general.waiting' ? '7' : undefined) };

const found = { 'customer.known': 'yes', 'customer.name': 'Margaret Holloway', 'customer.tier': 'gold', 'customer.id': 'c-1042' };
const owed = { 'balance.amount': '-105.30', 'balance.currency': 'CNY', 'balance.arrears': '0', 'balance.dueOn': '2026-11-30' };

/** Prompts are heard out or pressed away, one of six is silent, others answer at once. */
function nextInput(state: IvrState, chance: number): IvrInput {
  const { waiting, sound, timer, deed } = state;
  if (waiting.kind === 'nothing') return { type: 'start' };
  if (waiting.kind === 'answered') return { type: 'answered' };
  if (deed !== null) return { type: 'did', ticket: deed, outcome: 'found', facts: chance % 2 === 0 ? found : owed };
  if (waiting.kind === 'digits' && chance % 6 !== 0) return { type: 'digit', digit: String(chance % 10) };
  if (waiting.kind === 'key' && chance % 6 !== 0) return { type: 'digit', digit: '12390'.charAt(chance % 5) };
  if (sound !== null) return { type: 'played', outcome: 'finished', ticket: sound };
  return { type: 'timeout', ticket: timer ?? -1 };
}

const label = { en: 'Key', zh: '键' };
const menu = (prompt: string, exits: Readonly<Record<string, string>>): FlowNode => ({
  kind: 'menu',
  prompts: [prompt],
  onSilence: 'no-input',
  onWrongKey: 'not-understood',
  keys: Object.fromEntries(Object.keys(exits).flatMap((key) => (key === 'noInput' ? [] : [[key, label]]))),
  waitMs: 6_000,
  attempts: 3,
  exits: { ...exits },
});
const lookUp = (what: 'customer' | 'balance', next: string): FlowNode => ({
  kind: 'lookUp',
  what,
  by: what === 'customer' ? 'entered.customerNumber' : null,
  whileWaiting: 'one-moment',
  limitMs: 5_000,
  exits: { found: next, notFound: next },
});

const flow: Flow = {
  format: 1,
  flowId: 'hotline',
  name: { en: 'Hotline', zh: '热线' },
  start: 'language',
  fallback: { queueId: 'general', prompt: 'technical-difficulty' },
  nodes: {
    language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'hours' } },
    hours: { kind: 'hours', hoursId: 'day', exits: { open: 'welcome', closed: 'bye' } },
    welcome: { kind: 'play', prompts: ['welcome'], exits: { next: 'number' } },
    number: {
      kind: 'collect',
      prompts: ['ask-customer-number'],
      onInvalid: 'not-understood',
      attribute: 'customerNumber',
      minLength: 4,
      maxLength: 6,
      terminator: '#',
      firstKeyMs: 6_000,
      betweenKeysMs: 3_000,
      masked: false,
      attempts: 2,
      exits: { done: 'who', nothing: 'menu' },
    },
    who: lookUp('customer', 'tier'),
    tier: {
      kind: 'branch',
      cases: [
        { id: 'platinum', label: '', all: [{ fact: 'customer.tier', is: 'equals', value: 'platinum' }] },
        { id: 'busy', label: '', all: [{ fact: 'queue.general.waiting', is: 'atLeast', value: '50' }] },
      ],
      exits: { platinum: 'general', busy: 'bye', otherwise: 'note' },
    },
    note: { kind: 'set', priority: 3, skills: null, attributes: { about: 'Customer {customer.name}' }, exits: { next: 'menu' } },
    menu: menu('menu-main', { '1': 'balance', '2': 'more', '3': 'general', '9': 'other', noInput: 'general' }),
    other: { kind: 'setLanguage', to: 'other', exits: { next: 'menu' } },
    more: menu('self-service-menu', { '1': 'balance', '2': 'menu', '0': 'general', noInput: 'menu' }),
    balance: lookUp('balance', 'say'),
    say: {
      kind: 'say',
      parts: [{ prompt: 'balance-is' }, { fact: 'balance.amount', as: 'money', currency: 'CNY' }, { fact: 'balance.dueOn', as: 'date' }],
      exits: { next: 'menu' },
    },
    general: { kind: 'queue', queueId: 'general', priority: null, exits: {} },
    bye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
  },
  layout: {},
  tests: [],
};

const entry = { version: 1, flow };
const entrance: FlowEntrance = { entry, flows: { find: (flowId) => (flowId === flow.flowId ? entry : undefined) } };

function begun(): IvrState {
  const facts = { 'call.number': '+447700900142' };
  return startState(entrance, { dialled: '10010', callerLocale: 'en', defaultLocale: 'zh', at: startedAt, facts });
}

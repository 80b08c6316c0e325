import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPassword, hotlines } from '../../cti-bridge/store/seed/demo-people.ts';
import { numberOfSeededPerson } from '../../cti-bridge/store/seed/people.ts';
import type { Board } from '../../shared/contracts/board.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { Bench, Figure } from '../../tools/figures.ts';
import { BridgeUnderLoad, figure, fillStore, percentiles, progress } from '../support/bridge-under-load.ts';
import { ScriptedDesktop } from '../support/scripted-desktop.ts';
import { ScriptedPhone } from '../support/scripted-phone/index.ts';
import { TabBehind } from '../support/tab-behind.ts';

/**
 * What the live board costs and how soon it tells: a bridge as its own process, ten supervisors of two places in the organisation over real
 * sockets, and one real Chromium whose board is in a tab behind another one, slowed as a browser slows a tab that nobody has looked at for
 * minutes.
 *
 * - Messages and processor time: people become available and not ready so and so often a second, first while nobody looks, then while ten
 *   do. The difference is the board's; on a busy machine it is lost in the noise.
 * - Latency: real callers come to the billing queue and give up. Measured from the moment `workItem:queued` is committed (the bridge's own
 *   log) until a viewer holds the board whose numbers have that call, among the waiting or among the abandoned. Once one at a time, each
 *   after quiet seconds; once five a second, where a second's news are one message, so that a call waits half a second on average.
 *
 * Aims: it leaves the bridge within a second, and a hidden tab is no later than a program; at most one message a second for each viewer,
 * whatever happens.
 */
const viewers = 10;
const clickers = 24;
const rates = [1, 10, 100, 1_000] as const;
const rateMs = 4_000;
const quietCalls = 8;
const busyCalls = 100;
const busyEveryMs = 200;

const queue = { id: 'billing', name: 'Key accounts, billing' } as const;

export const bench: Bench = {
  name: 'board',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-'));
    const owned: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
    const figures = [machineLoad('before')];
    try {
      progress('starting the bridge');
      await fillStore(join(folder, 'data'), { change: withPeople });
      const bridge = await BridgeUnderLoad.start(join(folder, 'data'));
      owned.push(() => bridge.stop());
      const signIn = (username: string) =>
        ScriptedDesktop.logIn({ bridge: bridge.http, username, password: demoPassword, phoneMedia: null });
      const desktops: ScriptedDesktop[] = [];
      owned.push(() => Promise.all(desktops.map((desktop) => desktop.close())));
      for (const username of [...names('watch', viewers), ...names('click', clickers)]) desktops.push(await signIn(username));
      const watching = desktops.slice(0, viewers);
      const clicking = desktops.slice(viewers);

      progress('warming up');
      await measureRate(bridge, 500, watching, clicking);
      for (const rate of rates) {
        progress(`${rate} events a second`);
        const alone = await measureRate(bridge, rate, [], clicking);
        const watched = await measureRate(bridge, rate, watching, clicking);
        const at = `${Math.round(watched.events)} events a second, ${viewers} viewers`;
        figures.push(
          figure('messages a second for each viewer', watched.messages, 'a second', `${at}, aim <= 1`),
          figure('processor time of the bridge', watched.processorMs, 'ms a second', at),
          figure('the same while nobody looks', alone.processorMs, 'ms a second', `${Math.round(alone.events)} events a second`),
        );
      }
      figures.push(figure('size of a message', sizeOfBoard(watching), 'kB', 'the whole board: 4 queues, 37 people'));
      // Those who clicked have gone: only callers change the board from here on.
      for (const desktop of desktops.splice(viewers)) await desktop.close();

      progress('opening the board in a hidden tab');
      const tab = await TabBehind.open(bridge.http);
      owned.push(() => tab.close());
      await openHiddenBoard(tab);
      const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
      owned.push(() => phone.close());
      const watch = new Watch(bridge);
      for (const desktop of watching) await watch.look(desktop);
      progress(`${quietCalls} calls, one at a time`);
      for (let index = 0; index < quietCalls; index++) {
        const call = await phone.call({ to: hotlines.direct, from: numberOfSeededPerson(index) });
        await watch.allShown(index + 1);
        await pause(2_100);
        await call.hangUp();
        await pause(2_100 + Math.random() * 500);
      }
      progress(`${busyCalls} calls, one every ${busyEveryMs} ms`);
      const calls = Array.from({ length: busyCalls }, async (_, index) => {
        await pause(index * busyEveryMs + Math.random() * busyEveryMs);
        const call = await phone.call({ to: hotlines.direct, from: numberOfSeededPerson(100 + index) });
        await call.answered();
        await pause(1_000 + Math.random() * 1_000);
        await call.hangUp();
      });
      await Promise.all(calls);
      await watch.allShown(quietCalls + busyCalls);
      await tab.until(`boardSeen.at(-1)[1] >= ${quietCalls + busyCalls}`);
      const painted = (await tab.evaluate('boardSeen')) as Seen[];
      const isHidden = await tab.evaluate('document.visibilityState');
      if (isHidden !== 'hidden') throw new Error(`the tab is ${String(isHidden)}`);

      const [quiet, busy] = [watch.queuedAt.slice(0, quietCalls), watch.queuedAt.slice(quietCalls)];
      figures.push(
        ...percentiles('queued to the board received, after quiet seconds', watch.latencies(quiet, 0), `${viewers} viewers`),
        ...percentiles('queued to the board drawn, 5 calls a second', watch.latencies(busy, quietCalls, 'drawn'), 'aim <= 1000'),
        ...percentiles('queued to the board received, 5 calls a second', watch.latencies(busy, quietCalls), `${viewers} viewers`),
        ...percentiles('queued to the number in a hidden tab, after quiet seconds', latencies(quiet, 0, painted), 'one tab'),
        ...percentiles('queued to the number in a hidden tab, 5 calls a second', latencies(busy, quietCalls, painted), 'one tab'),
        machineLoad('after'),
      );
      return figures;
    } finally {
      for (const end of owned.reverse()) await end();
    }
  },
};

/** When a viewer held a board that knew of so many calls. */
type Seen = readonly [at: number, calls: number];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const names = (kind: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${kind}.${index}`);
const machineLoad = (when: string): Figure =>
  figure(`load of the machine ${when}`, loadavg()[0] ?? Number.NaN, 'processes', 'others work on it too; last minute');

/** Supervisors of the whole and of a part of the organisation, one more for the tab, and people who click. */
function withPeople(demo: Configuration): Configuration {
  const lena = demo.users.find(({ username }) => username === 'lena.hartmann');
  if (!lena?.agent) throw new Error('the demo organisation has no Lena Hartmann');
  const { agent } = lena;
  const watching = names('watch', viewers + 1).map((username, index) => ({
    ...lena,
    id: `user-${username}`,
    username,
    name: username,
    role: 'supervisor',
    orgUnit: index % 2 === 0 ? 'zhejiang' : 'ningbo',
    agent: null,
  }));
  const clicking = names('click', clickers).map((username, index) => ({
    ...lena,
    id: `user-${username}`,
    username,
    name: username,
    agent: { ...agent, id: `agent-${username}`, extension: String(7000 + index) },
  }));
  return { ...demo, users: [...demo.users, ...watching, ...clicking] };
}

/** For some seconds, so many times a second, somebody becomes available or not ready; everything is committed and told as always. */
async function measureRate(
  bridge: BridgeUnderLoad,
  rate: number,
  watching: readonly ScriptedDesktop[],
  clicking: readonly ScriptedDesktop[],
) {
  for (const desktop of watching) await desktop.ask('board:watch', {});
  // Whatever came before has been told of by then.
  if (watching.length > 0) await pause(1_500);
  const messages = () => watching.reduce((sum, { pushes }) => sum + pushes.filter(({ name }) => name === 'board:changed').length, 0);
  const before = { at: performance.now(), messages: messages(), processorMs: bridge.processorMs() };
  const commands: Promise<unknown>[] = [];
  for (;;) {
    const elapsedMs = performance.now() - before.at;
    if (elapsedMs >= rateMs) break;
    for (const due = Math.floor((elapsedMs / 1_000) * rate) + 1; commands.length < due; ) {
      const index = commands.length;
      const isAvailable = Math.floor(index / clicking.length) % 2 === 0;
      const command = clicking[index % clicking.length]?.ask(
        'agent:set-presence',
        isAvailable ? { presence: 'available' } : { presence: 'notReady', reason: 'break' },
      );
      if (command) commands.push(command);
    }
    await pause(4);
  }
  await Promise.all(commands);
  const lasted = (performance.now() - before.at) / 1_000;
  // The message of the last second is on its way.
  const sent = messages() - before.messages;
  const processorMs = bridge.processorMs() - before.processorMs;
  for (const desktop of watching) await desktop.ask('board:unwatch', {});
  return {
    events: commands.length / lasted,
    messages: watching.length === 0 ? 0 : sent / watching.length / lasted,
    processorMs: processorMs / lasted,
  };
}

/** As it goes over the wire, before the socket's own frame. */
function sizeOfBoard(watching: readonly ScriptedDesktop[]): number {
  const boards = watching.flatMap(({ pushes }) => pushes.filter(({ name }) => name === 'board:changed'));
  return Math.max(...boards.map((push) => Buffer.byteLength(JSON.stringify(push)))) / 1_000;
}

/** How many calls a board knows of: those who came wait or have given up, as nobody is there to answer. */
function callsOn(board: Board): number {
  const row = board.queues.find(({ queueId }) => queueId === queue.id);
  return row ? row.waiting + row.abandoned : 0;
}

/** When each call was queued, and when each viewer held a board with it. */
class Watch {
  readonly queuedAt: number[] = [];
  readonly #seen: Seen[][] = [];
  /** By the bridge's own word, when the boards that the first viewer got were drawn. */
  readonly #drawn: Seen[] = [];
  readonly #checks = new Set<() => void>();

  constructor(bridge: BridgeUnderLoad) {
    bridge.onLine(({ msg, time }) => {
      if (msg === 'workItem:queued') this.queuedAt.push(Date.parse(time));
    });
  }

  async look(desktop: ScriptedDesktop): Promise<void> {
    const seen: Seen[] = [];
    const isFirst = this.#seen.push(seen) === 1;
    desktop.onPush((push) => {
      if (push.name !== 'board:changed') return;
      seen.push([Date.now(), callsOn(push.payload)]);
      if (isFirst) this.#drawn.push([push.payload.at, callsOn(push.payload)]);
      for (const check of [...this.#checks]) check();
    });
    await desktop.ask('board:watch', {});
  }

  /** Resolves when every viewer has been told of so many calls. */
  allShown(calls: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (this.queuedAt.length < calls || this.#seen.some((seen) => (seen.at(-1)?.[1] ?? 0) < calls)) return;
        clearTimeout(limit);
        this.#checks.delete(check);
        resolve();
      };
      const limit = setTimeout(() => {
        const known = this.#seen.map((seen) => seen.at(-1)?.[1] ?? 0).join();
        reject(new Error(`not everybody was told of ${calls} calls within 10 s: ${known}; ${this.queuedAt.length} were queued`));
      }, 10_000);
      this.#checks.add(check);
      check();
    });
  }

  latencies(queuedAt: readonly number[], before: number, until: 'received' | 'drawn' = 'received'): number[] {
    if (until === 'drawn') return latencies(queuedAt, before, this.#drawn);
    return this.#seen.flatMap((seen) => latencies(queuedAt, before, seen));
  }
}

/** For each call, the time until the first board that knew of as many as had come by then. `before`: how many had come earlier. */
function latencies(queuedAt: readonly number[], before: number, seen: readonly Seen[]): number[] {
  return queuedAt.map((at, index) => {
    const shown = seen.find(([, calls]) => calls > before + index);
    return shown ? shown[0] - at : Number.POSITIVE_INFINITY;
  });
}

/** The board in a tab that nobody sees; when its numbers changed is kept in `boardSeen`. */
async function openHiddenBoard(tab: TabBehind): Promise<void> {
  await tab.type('[name=username]', `watch.${viewers}`);
  await tab.type('[name=password]', demoPassword);
  await tab.press({ key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' });
  await tab.until(`[...document.querySelectorAll('button')].some((button) => button.textContent.trim() === 'Board')`);
  await tab.press({ key: 'b', code: 'KeyB', keyCode: 66, isAlt: true });
  const number = (name: string) => `[aria-label^="${name}, ${queue.name}: "]`;
  await tab.until(`document.querySelector('${number('Waiting')}') !== null`);
  await tab.evaluate(`(() => {
    const number = (selector) => Number(document.querySelector(selector)?.textContent ?? 0);
    const calls = () => number('${number('Waiting')}') + number('${number('Abandoned')}');
    window.boardSeen = [[Date.now(), calls()]];
    new MutationObserver(() => {
      const known = calls();
      if (known !== boardSeen.at(-1)[1]) boardSeen.push([Date.now(), known]);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  })()`);
  await tab.putBehind();
}

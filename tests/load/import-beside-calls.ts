import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { databaseFile } from '../../cti-bridge/store/database.ts';
import { hotlines } from '../../cti-bridge/store/seed/demo-people.ts';
import { demoSize } from '../../cti-bridge/store/seed/ordinary-people.ts';
import { numberOfSeededPerson } from '../../cti-bridge/store/seed/people.ts';
import { SeededRandom } from '../../cti-bridge/store/seed/random.ts';
import type { ImportView } from '../../shared/contracts/imports.ts';
import type { Figure } from '../../tools/figures.ts';
import { BridgeUnderLoad, changeUsers, figure, percentiles, progress, signInLoad, withLoadAgents } from '../support/bridge-under-load.ts';
import { ScriptedDesktop } from '../support/scripted-desktop.ts';
import { ScriptedPhone } from '../support/scripted-phone/index.ts';
import { type Stretch, withTimeTaken } from './processor-time.ts';

const desktops = 40;
const callsPerSecond = 10;
const warmUpMs = 30_000;
/** What is compared takes turns: the speed of a machine that is shared with others changes from minute to minute, and all of it with that. */
const rounds = Number(process.env.RECORD_BENCH_ROUNDS ?? 4);
const stretchMs = { alone: 15_000, searches: 15_000, import: 20_000, after: 10_000 } as const;
/** The words of the imported people are written in the quiet before the next round. */
const settleMs = 120_000;
const rows = Number(process.env.RECORD_BENCH_ROWS ?? 1_000_000);
const rowsBeside = 150_000;
const endings: readonly ImportView['state'][] = ['done', 'failed', 'canceled'];

/**
 * Ten calls a second, each until its pop is on a desktop: alone, while somebody types searches, while a file is taken in, and after that, in
 * several rounds. Then a file of a million rows while nobody calls. The callers, the desktops and the bridge share this machine, and so does the import.
 */
export async function importBesideCalls(folder: string, people: number): Promise<Figure[]> {
  await changeUsers(folder, (demo) => withLoadAgents(demo, desktops, { billing: 8 }));
  const bridge = await BridgeUnderLoad.start(folder);
  const owned: (() => unknown)[] = [() => bridge.stop()];
  try {
    const agents = await signInLoad(bridge.http, desktops);
    owned.push(() => Promise.all(agents.map((agent) => agent.close())));
    const admin = await ScriptedDesktop.logIn({ bridge: bridge.http, username: 'admin', password: 'demo', phoneMedia: null });
    owned.push(() => admin.close());
    const calls = await Calls.start(bridge, people);
    owned.push(() => calls.stop());

    // The making of the people is still felt for a while, by the disk and by the memory.
    await calls.during(warmUpMs);
    const quiet: Delivered[] = [];
    const besideSearch: Delivered[] = [];
    const besideImport: Delivered[] = [];
    const afterImport: Delivered[] = [];
    const imports: Figure[] = [];
    let searches = 0;
    for (let round = 0; round < rounds; round++) {
      progress(`round ${round + 1} of ${rounds}: ${callsPerSecond} calls a second`);
      quiet.push(await calls.during(stretchMs.alone));
      const typing = typeSearches(admin);
      besideSearch.push(await calls.during(stretchMs.searches));
      await typing.stop();
      searches += typing.count();
      const file = await writeRows(join(folder, 'more-rows.csv'), rows + round * rowsBeside, rowsBeside);
      const run = runImport(bridge, admin, file, `${callsPerSecond} calls a second beside it, round ${round + 1}`);
      await run.begun;
      besideImport.push(await calls.during(stretchMs.import));
      await run.stop();
      imports.push(...(await run.ended).filter(({ name }) => name === 'import'));
      afterImport.push(await calls.during(stretchMs.after));
      calls.pause();
      await wordsWritten(folder);
      calls.resume();
      await calls.during(2_000);
    }
    await calls.stop();
    progress(`the import of ${rows.toLocaleString('en')} rows while nobody calls`);
    const quietImport = await runImport(bridge, admin, await writeRows(join(folder, 'rows.csv'), 0, rows), 'nobody calls').ended;
    const at = `${callsPerSecond} calls a second, ${people.toLocaleString('en')} people`;
    return [
      ...inRounds('INVITE to pop delivered, alone', quiet, at),
      ...inRounds('INVITE to pop delivered, beside searches', besideSearch, `${at}, ${searches} searches`),
      ...inRounds('INVITE to pop delivered, beside an import', besideImport, at),
      ...inRounds('INVITE to pop delivered, after it, while its people are indexed', afterImport, at),
      ...quietImport,
      ...imports,
    ];
  } finally {
    for (const end of owned.reverse()) await end();
  }
}

/** Milliseconds from the received INVITE to the delivered pop, of the calls of one stretch. */
type Delivered = Stretch<readonly number[]>;

/** Of all rounds together; of each round its own p95 and what was taken of the processors, without which nothing here can be compared. */
function inRounds(name: string, stretches: readonly Delivered[], at: string): Figure[] {
  const p95s = stretches.map(({ measured, taken }) => {
    const p95 = percentiles(name, measured, at)[1]?.value ?? Number.NaN;
    return `${p95.toFixed(0)} (${(taken * 100).toFixed(0)} % taken)`;
  });
  const of = stretches.flatMap(({ measured }) => measured);
  return percentiles(name, of, `${at}, p95 of the rounds ${p95s.join(', ')}`);
}

/** Or not, after the longest wait: then the next round has it beside it. */
async function wordsWritten(folder: string): Promise<void> {
  const sqlite = new Sqlite(join(folder, databaseFile), { readonly: true });
  const due = sqlite.prepare('select count(*) from search_due').pluck();
  for (const startedAt = performance.now(); Number(due.get()) > 0 && performance.now() - startedAt < settleMs; ) await pause(500);
  sqlite.close();
}

/** Somebody calls every tenth of a second and hangs up when the pop is there. */
class Calls {
  readonly #phone: ScriptedPhone;
  readonly #delivered: number[] = [];
  #isStopped = false;
  #isPaused = false;
  #told: Promise<void>;

  private constructor(bridge: BridgeUnderLoad, phone: ScriptedPhone, people: number) {
    this.#phone = phone;
    bridge.onLine((line) => {
      if (line.msg === 'pop:delivered') this.#delivered.push(Number(line.sinceReceivedMs));
    });
    this.#told = this.#call(people);
  }

  static async start(bridge: BridgeUnderLoad, people: number): Promise<Calls> {
    return new Calls(bridge, await ScriptedPhone.onTrunk({ sip: bridge.sip, name: 'calls' }), people);
  }

  async during(ms: number): Promise<Delivered> {
    this.#delivered.length = 0;
    return withTimeTaken(async () => {
      await pause(ms);
      return [...this.#delivered];
    });
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.#told;
    await this.#phone.close();
  }

  async #call(people: number): Promise<void> {
    const random = new SeededRandom(10);
    const running = new Set<Promise<void>>();
    while (!this.#isStopped) {
      await pause(1_000 / callsPerSecond);
      if (this.#isPaused) continue;
      const one = this.#one(numberOfSeededPerson(random.between(demoSize.people, people - 1)));
      running.add(one);
      void one.finally(() => running.delete(one));
    }
    await Promise.all(running);
  }

  async #one(from: string): Promise<void> {
    try {
      const call = await this.#phone.call({ to: hotlines.direct, from });
      await call.answered();
      await pause(700);
      await call.hangUp();
    } catch (error) {
      progress(`a call failed: ${String(error)}`);
    }
  }
}

function typeSearches(desktop: ScriptedDesktop) {
  const texts = ['zhang wei', '陈志远', 'czy', '1390000', 'customer123@example.com', 'smith'];
  let count = 0;
  let isStopped = false;
  const typing = (async () => {
    for (let turn = 0; !isStopped; turn++) {
      const text = texts[turn % texts.length] ?? '';
      for (let length = 1; length <= text.length && !isStopped; length++) {
        await desktop.ask('customer:search', { text: text.slice(0, length), limit: 12 });
        count++;
        await pause(80);
      }
    }
  })();
  return {
    count: () => count,
    async stop() {
      isStopped = true;
      await typing;
    },
  };
}

/** The rows of a file in the order of its customer numbers: their other numbers, names and addresses come in no order. */
const scattered = (index: number) => String((index * 61_803_399) % 100_000_000).padStart(8, '0');

/** People who are not there yet: a name, a mobile number, a line at home, an e-mail address, a customer number. */
async function writeRows(path: string, first: number, count: number): Promise<string> {
  const random = new SeededRandom(11);
  const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
  const given = ['伟', '芳', '娜', '秀英', '敏', '静', '丽', '强', '磊', '洋', '志远', '国良', '晓燕', '建平'];
  const file = createWriteStream(path);
  file.write('客户编号,姓名,手机,固定电话,邮箱,单位\n');
  for (let index = first; index < first + count; index++) {
    const name = `${random.pick(surnames as never)}${random.pick(given as never)}`;
    const digits = scattered(index);
    const home = scattered(index + 50_000_000).slice(1);
    const line = `I-${String(index).padStart(8, '0')},${name},177${digits},0571-8${home},${digits}.row@example.org,\n`;
    if (!file.write(line)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  file.end();
  await finished(file);
  return path;
}

/** Uploads, takes the mapping as it is guessed, and runs to the end or until it is stopped. */
function runImport(bridge: BridgeUnderLoad, desktop: ScriptedDesktop, file: string, beside: string) {
  const begun = Promise.withResolvers<string>();
  let isOver = false;
  const ended = (async (): Promise<Figure[]> => {
    const uploadedAt = performance.now();
    const reply = await fetch(`${bridge.http}/api/imports`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': 'rows.csv',
        'content-length': String(statSync(file).size),
        authorization: `Bearer ${desktop.login.token}`,
      },
      body: Readable.toWeb(createReadStream(file)) as unknown as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    const { value } = (await reply.json()) as { value: { importId: string } };
    const { importId } = value;
    const uploadMs = performance.now() - uploadedAt;
    const { guess } = await desktop.ask('import:preview', { importId });
    const before = bridge.memory().ownMb;
    let highest = before;
    const startedAt = performance.now();
    const over = new Promise<ImportView>((resolve) => {
      desktop.onPush((push) => {
        if (push.name !== 'import:changed' || push.payload.importId !== importId) return;
        highest = Math.max(highest, bridge.memory().ownMb);
        isOver = endings.includes(push.payload.state);
        if (isOver) resolve(push.payload);
      });
    });
    await desktop.ask('import:start', { importId, mapping: guess });
    begun.resolve(importId);
    const view = await over;
    const seconds = (performance.now() - startedAt) / 1_000;
    if (view.state === 'failed') throw new Error(`the import failed: ${view.failure}`);
    const at = `${view.created.toLocaleString('en')} people created, ${view.refused} rows refused, ${beside}`;
    return [
      figure('upload', uploadMs / 1_000, 's', `${(statSync(file).size / 1_000_000).toFixed(0)} MB`),
      figure('import', view.read / seconds, 'rows/s', `${at}, aim >= 20,000`),
      figure('memory of the bridge before the import', before, 'MB', at),
      figure('memory of the bridge at most during it', highest, 'MB', at),
    ];
  })();
  return {
    begun: begun.promise,
    ended,
    async stop() {
      const importId = await begun.promise;
      if (!isOver) await desktop.ask('import:cancel', { importId });
      await ended;
    },
  };
}

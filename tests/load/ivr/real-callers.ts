import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import type { Flow, FlowNode } from '../../../cti-bridge/ivr/index.ts';
import { tone, writeWav } from '../../../cti-bridge/media/index.ts';
import type { FlowEntry } from '../../../shared/contracts/ivr/commands.ts';
import type { Figure } from '../../../tools/figures.ts';
import { BridgeUnderLoad, figure, fillStore, percentiles, progress } from '../../support/bridge-under-load.ts';
import type { CallersJudgement, CallersOrder } from './callers.ts';

const dial = '1099';
/** Whole waves in a packet, so that each packet is recognised by itself. */
const menus = [
  [500, 700],
  [900, 1_100],
] as const;
const firstToneMs = 1_500;
const secondToneMs = 30_000;

/**
 * Callers with telephones in a whole bridge, all in menus at the same time: how soon after a key the next prompt is heard, and whether prompts
 * that follow one another have a gap. The prompts are tones, known by every packet of them; the callers are a process of their own.
 */
export async function realCallerFigures({
  callers,
  measuredMs,
}: {
  readonly callers: number;
  readonly measuredMs: number;
}): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-ivr-'));
  try {
    await fillStore(folder, { change: (demo) => demo });
    putFlow(folder);
    putPrompts(folder);
    const load = loadavg()[0] ?? 0;
    progress(`${callers} callers in menus`);
    const bridge = await BridgeUnderLoad.start(folder);
    try {
      // The workers of sound start beside it; what comes before them is refused.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const [own, workers] = [bridge.processorMs(), bridge.workersProcessorMs()];
      const startedAt = performance.now();
      const heard = await ask({ sip: bridge.sip, dial, callers, measuredMs, menus });
      const tookMs = performance.now() - startedAt;
      const at = `${callers} callers, key held 80 ms`;
      const whole = (callers * measuredMs) / 20;
      return [
        ...percentiles('key pressed to next prompt', heard.sincePressed, `${at}; aim p95 at most 150`),
        ...percentiles('key let go to next prompt', heard.sinceLetGo, at),
        ...percentiles('silence between two prompts of a menu', heard.gaps, 'one right after the other'),
        figure('silence between two prompts of a menu, longest', Math.max(0, ...heard.gaps), 'ms', `n=${heard.gaps.length}`),
        figure('keys without a next prompt', heard.unanswered, '', `of ${heard.presses}; those of the last moment among them`),
        figure('pauses of more than 60 ms in the sound', heard.pauses.length, '', `in ${heard.packets} packets of ${whole}`),
        figure('lateness of the callers themselves, p99', heard.ownLatenessMs, 'ms', 'what a busy machine adds'),
        figure('lateness of the callers themselves, longest', heard.longestOwnLatenessMs, 'ms', ''),
        figure('pause in the sound, longest', Math.max(0, ...heard.pauses), 'ms', ''),
        figure(
          'processor of the bridge',
          ((bridge.processorMs() - own) * 100) / tookMs,
          '%',
          'of one core, calls coming and going included',
        ),
        figure('processor of its media worker', ((bridge.workersProcessorMs() - workers) * 100) / tookMs, '%', 'of one core'),
        figure('load of the machine', load, '', 'before, one minute'),
      ];
    } finally {
      await bridge.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ask(order: CallersOrder): Promise<CallersJudgement> {
  const child = fork(fileURLToPath(new URL('callers.ts', import.meta.url)), [], { execPath: process.execPath, execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', ({ judgement, error }: { judgement?: CallersJudgement; error?: string }) =>
      judgement ? resolve(judgement) : reject(new Error(error)),
    );
    child.once('exit', (code) => reject(new Error(`the callers ended with ${code}`)));
    child.send(order);
  });
}

/** Two menus that lead to each other, with what flows do in between. */
function benchFlow(): Flow {
  const menu = (index: 0 | 1, to: string): FlowNode => ({
    kind: 'menu',
    prompts: promptsOf(index),
    onSilence: null,
    onWrongKey: null,
    keys: { '1': { en: 'On', zh: '继续' } },
    waitMs: 60_000,
    attempts: 1,
    exits: { '1': to, noInput: 'end' },
  });
  return {
    format: 1,
    flowId: 'bench',
    name: { en: 'Bench', zh: '测量' },
    start: 'answer',
    fallback: { queueId: 'general', prompt: 'technical-difficulty' },
    nodes: {
      answer: { kind: 'answer', exits: { next: 'one' } },
      one: menu(0, 'remember'),
      remember: { kind: 'set', priority: 3, skills: null, attributes: { at: '{now.time}' }, exits: { next: 'known' } },
      known: {
        kind: 'branch',
        cases: [{ id: 'yes', label: '', all: [{ fact: 'customer.known', is: 'known', value: '' }] }],
        exits: { yes: 'other', otherwise: 'other' },
      },
      other: menu(1, 'one'),
      end: { kind: 'hangUp', prompts: [], exits: {} },
    },
    layout: {},
    tests: [],
  };
}

const promptsOf = (menu: 0 | 1) => menus[menu].map((frequency) => `bench-${frequency}`);

function putFlow(folder: string): void {
  const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
  const flow = benchFlow();
  const entry: FlowEntry = { dnis: dial, name: flow.name, flows: [{ hoursId: null, flowId: flow.flowId }] };
  sqlite.prepare("insert into flow (flow_id, revision, live_version) values ('bench', 0, 1)").run();
  sqlite
    .prepare("insert into flow_version (flow_id, version, body, at, by_name, note) values ('bench', 1, ?, 0, 'bench', '')")
    .run(JSON.stringify(flow));
  sqlite.prepare('insert into flow_entry (dnis, position, body) values (?, 999, ?)').run(dial, JSON.stringify(entry));
  sqlite.close();
}

/** Sounds that somebody brought, as the library keeps them. */
function putPrompts(folder: string): void {
  const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
  mkdirSync(join(folder, 'prompts'), { recursive: true });
  for (const tones of menus) {
    for (const [index, frequency] of tones.entries()) {
      const durationMs = index === 0 ? firstToneMs : secondToneMs;
      const promptId = `bench-${frequency}`;
      writeFileSync(join(folder, 'prompts', `${promptId}.wav`), writeWav(tone(frequency, durationMs, 8_000), 8_000));
      sqlite.prepare("insert into prompt (prompt_id, revision, text_en, text_zh) values (?, 1, '', '')").run(promptId);
      for (const locale of ['en', 'zh'])
        sqlite
          .prepare("insert into prompt_sound values (?, ?, ?, 'uploaded', ?, 0, 'bench', 'bench')")
          .run(promptId, locale, promptId, durationMs);
    }
  }
  sqlite.close();
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hotlines } from '../../cti-bridge/store/seed/demo-people.ts';
import { numberOfSeededPerson } from '../../cti-bridge/store/seed/people.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { Bench, Figure } from '../../tools/figures.ts';
import {
  BridgeUnderLoad,
  figure,
  fillStore,
  type LogLine,
  percentiles,
  progress,
  signInLoad,
  withLoadAgents,
} from '../support/bridge-under-load.ts';
import { TestBrowser } from '../support/browser.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../support/desktop-page.ts';
import type { ScriptedDesktop } from '../support/scripted-desktop.ts';
import { ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

/**
 * What our users feel first: how long from the INVITE's arrival at the bridge's socket until the customer's record is painted on a real
 * desktop, and from the click on Answer until both hear each other. One Chromium desktop among 50; the other 49 are scripted, hold their
 * sockets and phones, and take a background of calls. The bridge is its own process, started as `npm start` starts it.
 *
 * `BENCH_DEAD_RELAYS=1`: all desktops are told of three relays that nobody answers at, which must change none of it.
 *
 * Aims: pop painted p99 <= 100 ms; click to first audio each way p95 <= 300 ms; bridge and one media worker at rest <= 250 MB.
 */
const people = 100_000;
const scriptedDesktops = 49;
const pops = 200;
const answers = 40;
const deadRelays = ['turn:127.0.0.1:9', 'turn:192.0.2.1:3478', 'turns:127.0.0.1:9?transport=tcp'];
const hasDeadRelays = process.env.BENCH_DEAD_RELAYS === '1';

export const bench: Bench = {
  name: 'pop',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-'));
    const owned: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
    try {
      progress(`storing ${people} people`);
      await fillStore(join(folder, 'data'), { people, change: withLoad });
      progress('starting the bridge');
      const bridge = await BridgeUnderLoad.start(join(folder, 'data'), { env: relaysIn(folder) });
      owned.push(() => bridge.stop());
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      const memory = memoryFigures(bridge);

      progress(`signing in ${scriptedDesktops} scripted desktops and Chromium`);
      const desktops = await signInLoad(bridge.http, scriptedDesktops);
      owned.push(() => Promise.all(desktops.map((desktop) => desktop.close())));
      const microphone = writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000);
      const browser = await TestBrowser.open({ microphone });
      owned.push(() => browser.close());
      const page = await openDesktop(browser, bridge.http);
      const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
      owned.push(() => phone.close());

      const background = backgroundCalls(bridge, desktops);
      owned.push(() => background.stop());
      progress(`${pops} pops`);
      const popped = await measurePops(bridge, phone);
      progress(`${answers} answers at once, ${answers} after a second`);
      const answered = await measureAnswers(bridge, phone, page);
      return [
        ...memory,
        ...popped,
        ...answered,
        figure('other calls rung and answered meanwhile', background.answered(), 'calls', 'by the scripted desktops, without sound'),
      ];
    } finally {
      for (const end of owned.reverse()) await end();
    }
  },
};

function relaysIn(folder: string): Readonly<Record<string, string>> {
  if (!hasDeadRelays) return {};
  const file = join(folder, 'turn.secret');
  writeFileSync(file, 'of nobody\n');
  return { CROSSPOINT_TURN: JSON.stringify({ urls: deadRelays, secret: { file }, lifeSeconds: 3_600, relayOnly: false }) };
}

/** Accounts for the scripted desktops; the desktop that is measured gets none of the background's calls. */
function withLoad(demo: Configuration): Configuration {
  const users = demo.users.map((user) => {
    if (user.username !== 'lena.hartmann' || !user.agent) return user;
    const { technical: _, ...skills } = user.agent.skills;
    return { ...user, agent: { ...user.agent, skills } };
  });
  return withLoadAgents({ ...demo, users }, scriptedDesktops, { technical: 3 });
}

function memoryFigures(bridge: BridgeUnderLoad): Figure[] {
  const { ownMb, workersMb, workers } = bridge.memory();
  return [
    figure('memory of the bridge at rest', ownMb, 'MB', `${people} people`),
    figure('memory of the media worker at rest', workersMb, 'MB', `${workers} worker`),
    figure('memory together', ownMb + workersMb, 'MB', 'aim <= 250 MB'),
  ];
}

async function openDesktop(browser: TestBrowser, bridge: string): Promise<Page> {
  await browser.context.addInitScript(markAnswers);
  const { page } = await browser.page(bridge);
  await signIn(page);
  await becomeAvailable(page);
  return page;
}

/** Somebody calls the technical queue every second and talks a moment with one of the scripted desktops. */
function backgroundCalls(bridge: BridgeUnderLoad, desktops: readonly ScriptedDesktop[]) {
  let isStopped = false;
  let answered = 0;
  for (const desktop of desktops) {
    desktop.phone.onCall((call) => {
      answered++;
      void call.answer();
    });
    desktop.onPush((push) => {
      if (push.name !== 'wrap-up:changed') return;
      const { interactionId } = push.payload;
      void desktop
        .command('interaction:complete', { interactionId, dispositionCode: 'information', note: '', then: 'available' })
        .catch(() => {}); // the bench is over
    });
  }
  const caller = (async () => {
    const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, name: 'background' });
    for (let index = 0; !isStopped; index++) {
      const call = await phone.call({ to: hotlines.shortEn, from: numberOfSeededPerson(50_000 + index) });
      await call.answered();
      await call.press('2#');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await call.hangUp();
    }
    await phone.close();
  })();
  return {
    answered: () => answered,
    async stop() {
      isStopped = true;
      await caller;
    },
  };
}

async function measurePops(bridge: BridgeUnderLoad, phone: ScriptedPhone): Promise<Figure[]> {
  const delivered: number[] = [];
  const painted: number[] = [];
  // The first pop of a desktop that has just been opened is told by itself: its code runs for the first time.
  for (let index = 0; index <= pops; index++) {
    const received = bridge.next((line) => line.msg === 'interaction:received' && line.dnis === hotlines.direct);
    const call = await phone.call({ to: hotlines.direct, from: numberOfSeededPerson(1_000 + index * 401) });
    const { interactionId } = await received;
    const isMine = (msg: string) =>
      Object.assign((line: LogLine) => line.msg === msg && line.interactionId === interactionId, { what: msg });
    const [stored, seen] = await Promise.all([bridge.next(isMine('pop:delivered')), bridge.next(isMine('pop:painted'))]);
    delivered.push(Number(stored.sinceReceivedMs));
    painted.push(Number(seen.sinceReceivedMs));
    const ended = bridge.next(isMine('interaction:ended'));
    await call.hangUp();
    await ended;
    // An agent's desktop has come to rest before the next call; one that rings again at once is not what is measured.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const at = `${people} people, 50 desktops`;
  const first = figure('INVITE to the first pop painted', painted.shift() ?? Number.NaN, 'ms', 'desktop just opened');
  delivered.shift();
  return [
    first,
    ...percentiles('INVITE to pop delivered', delivered, at),
    ...percentiles('INVITE to pop painted', painted, `${at}, aim p99 <= 100`),
  ];
}

/** How soon after the pop is painted the agent clicks: at once, as nobody does, and after a second, as people do. */
const clickPauses = [
  { pauseMs: 0, at: 'click at once' },
  { pauseMs: 1_000, at: 'click after 1 s' },
] as const;

async function measureAnswers(bridge: BridgeUnderLoad, phone: ScriptedPhone, page: Page): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { pauseMs, at: click } of clickPauses) {
    const at = hasDeadRelays ? `${click}, three dead relays` : click;
    const toAgent: number[] = [];
    const toCaller: number[] = [];
    for (let index = 0; index < answers; index++) {
      const { sentAfterMs, toAgentMs, toCallerMs } = await measureAnswer(
        bridge,
        phone,
        page,
        numberOfSeededPerson(2_000 + index * 401),
        pauseMs,
      );
      toAgent.push(sentAfterMs + toAgentMs);
      toCaller.push(sentAfterMs + toCallerMs);
    }
    figures.push(
      ...percentiles('click to first audio to the agent', toAgent, `${at}, aim p95 <= 300`),
      ...percentiles('click to first audio to the caller', toCaller, `${at}, aim p95 <= 300`),
    );
  }
  return figures;
}

/** One call answered by a click: from the click to the 200 in the page, and from the 200's arrival to the first audio at the bridge. */
async function measureAnswer(bridge: BridgeUnderLoad, phone: ScriptedPhone, page: Page, from: string, pauseMs: number) {
  const painted = bridge.next((line) => line.msg === 'pop:painted');
  const call = await phone.call({ to: hotlines.direct, from });
  call.mouth.playTone(1_000);
  const { interactionId } = await painted;
  const isMine = (msg: string) => Object.assign((line: LogLine) => line.msg === msg && line.interactionId === interactionId, { what: msg });
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  const flowing = bridge.next(isMine('call:audioFlowing'));
  await page.getByRole('button', { name: 'Answer' }).first().click();
  const audio = await flowing;
  const sentAfterMs = await page.evaluate(() => {
    const { clickedAt, answeredAt } = window as unknown as AnswerMarks;
    return answeredAt - clickedAt;
  });
  const ended = bridge.next(isMine('wrapUp:started'));
  await call.hangUp();
  await ended;
  const completed = bridge.next(isMine('interaction:completed'));
  await finishWrapUp(page, 'Not coded');
  await completed;
  return { sentAfterMs, toAgentMs: Number(audio.toAgentMs), toCallerMs: Number(audio.toCallerMs) };
}

interface AnswerMarks {
  clickedAt: number;
  answeredAt: number;
}

/** Runs in the page: notes when Answer was clicked and when the 200 to an INVITE was handed to the WebSocket. */
function markAnswers(): void {
  const marks = window as unknown as AnswerMarks;
  document.addEventListener(
    'click',
    (event) => {
      if ((event.target as Element).closest('button')?.textContent?.includes('Answer')) marks.clickedAt = performance.now();
    },
    { capture: true },
  );
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string' && data.startsWith('SIP/2.0 200') && /^CSeq: \d+ INVITE/im.test(data))
      marks.answeredAt = performance.now();
    return send.call(this, data);
  };
}

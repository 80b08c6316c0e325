import type { Page } from 'playwright-core';
import type { Composed } from '../../../shared/contracts/messages/conversation.ts';
import type { Figure } from '../../../tools/figures.ts';
import { figure, percentiles, progress } from '../../support/bridge-under-load.ts';
import { TestBrowser } from '../../support/browser.ts';
import { becomeAvailable, signIn } from '../../support/desktop-page.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import type { ChatOrders } from './chat-visitors.ts';
import { LoadProcess } from './load-process.ts';
import { clockMs, stamped, stampOf } from './stamps.ts';
import { inWrittenHouse, type WrittenHouse, withRoomFor } from './written-house.ts';

export interface ChatSizes {
  readonly chats: number;
  readonly chatsOfAnAgent: number;
  /** Between two lines of a visitor; each is answered. */
  readonly everyMs: number;
  readonly measuredMs: number;
  /** Lines seen by one desktop in Chromium. */
  readonly painted: number;
}

const warmUpMs = 5_000;
const answersAfterMs = 400;
const paintedEveryMs = 600;

/** Chats that are all open at the same time, each with an agent who answers: how soon a line is on the other side, both ways. */
export function chatFigures({ chats, chatsOfAnAgent, everyMs, measuredMs, painted }: ChatSizes): Promise<Figure[]> {
  const agents = Math.ceil(chats / chatsOfAnAgent);
  return inWrittenHouse({ agents, change: (demo) => withRoomFor(demo, 'chat', chatsOfAnAgent) }, async (house) => {
    const { bridge, desktops, own } = house;
    const visitors = new LoadProcess<ChatOrders>('chat-visitors.ts');
    own(() => visitors.stop());
    const heard = desktops.map((desktop) => new ChattingAgent(desktop));
    progress(`opening ${chats} chats`);
    const socket = `${bridge.http.replace('http', 'ws')}/chat/sites/shop/socket`;
    const withAgent = await visitors.ask('open', socket, chats);
    if (withAgent < chats) throw new Error(`only ${withAgent} of ${chats} chats are with an agent`);
    progress('talking');
    await visitors.ask('talk', everyMs, warmUpMs);
    for (const agent of heard) agent.received.length = 0;
    await house.loopP99Ms();
    const processorBefore = bridge.processorMs();
    const talk = await visitors.ask('talk', everyMs, measuredMs);
    const processor = ((bridge.processorMs() - processorBefore) * 100) / measuredMs;
    const loop = await house.loopP99Ms();
    const received = heard.flatMap((agent) => agent.received);
    const perSecond = Math.round((chats * 1_000) / everyMs);
    const at = `${chats} chats, ${perSecond} lines a second each way`;
    const faults = heard.reduce((sum, agent) => sum + agent.failed + agent.desktop.gaps.length, 0);
    return [
      ...percentiles('chat: widget to the agent', received, `${at}, aim p95 <= 50`),
      ...percentiles('chat: agent to the widget', talk.answers, at),
      ...percentiles('chat: written until known to be stored', talk.written, at),
      figure('chat: lines lost', talk.sent - received.length + talk.notWritten, '', `of ${talk.sent}; refused ${talk.refused}`),
      figure('chat: answers lost', talk.sent - talk.answers.length, '', `of ${talk.sent}; failed, or missed by a desktop: ${faults}`),
      figure('chat: lines out of their order', talk.outOfOrder, '', 'by their numbers, in the widgets'),
      figure('chat: event loop of the bridge, p99', loop, 'ms', 'its lateness'),
      figure('chat: processor of the bridge', processor, '%', 'of one core, all threads'),
      ...(painted > 0 ? await paintedFigures(house, visitors, socket, painted) : []),
    ];
  });
}

const composed = (text: string): Composed => ({
  ...{ kind: 'reply', about: null, to: [], cc: [], bcc: [], subject: '', text, html: null, fileIds: [] },
});

/** Takes what is offered, reads what comes and answers it. */
class ChattingAgent {
  readonly desktop: ScriptedDesktop;
  /** From the widget's writing to this desktop's socket, in ms. */
  readonly received: number[] = [];
  failed = 0;
  readonly #interactions = new Map<string, string>();

  constructor(desktop: ScriptedDesktop) {
    this.desktop = desktop;
    desktop.onPush((push) => {
      if (push.name === 'reservation:offered') void this.#accept(push.payload.reservationId);
      if (push.name !== 'message:changed' || push.payload.kind !== 'in') return;
      const stamp = stampOf(push.payload.text);
      if (!stamp) return;
      this.received.push(clockMs() - stamp.atMs);
      const { conversationId, seq } = push.payload;
      const interactionId = this.#interactions.get(conversationId);
      if (interactionId === undefined) return;
      void this.#ask(desktop.command('conversation:seen', { interactionId, seq }));
      setTimeout(() => void this.#answer(interactionId, stamp.number), answersAfterMs);
    });
  }

  async #accept(reservationId: string): Promise<void> {
    const taken = await this.desktop.command('reservation:accept', { reservationId }).catch(() => null);
    if (!taken?.ok) return void this.failed++;
    this.#interactions.set(taken.value.conversation.conversationId, taken.value.interactionId);
  }

  #answer(interactionId: string, number: number): Promise<void> {
    const text = stamped('Yes, the numbers stay, and moving them is free of charge this month.', number);
    return this.#ask(this.desktop.command('message:send', { interactionId, clientId: `answer-${number}`, composed: composed(text) }));
  }

  async #ask(command: Promise<{ readonly ok: boolean }>): Promise<void> {
    const answer = await command.catch(() => ({ ok: false }));
    if (!answer.ok) this.failed++;
  }
}

/** One chat more, with an agent whose desktop is a page in Chromium; the others go on. */
async function paintedFigures(
  { bridge, own }: WrittenHouse,
  visitors: LoadProcess<ChatOrders>,
  socket: string,
  lines: number,
): Promise<Figure[]> {
  progress(`${lines} lines in Chromium`);
  const browser = await TestBrowser.open();
  own(() => browser.close());
  await browser.context.addInitScript(noteLines);
  const { page } = await browser.page(bridge.http);
  await signIn(page);
  await becomeAvailable(page);
  const opened = visitors.ask('open', socket, 1);
  opened.catch(() => {}); // heard below
  await page
    .getByRole('button', { name: /^Accept/ })
    .first()
    .click();
  await page.locator('.conversation').waitFor();
  await opened;
  await page.waitForTimeout(1_500);
  await readSeen(page);
  await visitors.ask('writeAlone', lines, paintedEveryMs);
  await page.waitForTimeout(1_000);
  const seen = await readSeen(page);
  return [
    ...percentiles('chat: widget to painted in Chromium', seen, 'one desktop, the others at rest'),
    figure('chat: lines not painted', lines - seen.length, '', `of ${lines}`),
  ];
}

interface SeenLines {
  seenLines: number[];
}

/** What was painted since the last time, in ms after its writing. */
const readSeen = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as SeenLines).seenLines.splice(0, Number.MAX_SAFE_INTEGER));

/** Runs in the page: notes when a frame with a line in a conversation has been painted. */
function noteLines(): void {
  const page = window as unknown as SeenLines;
  page.seenLines = [];
  const known = new Set<string>();
  const look = () => {
    for (const bubble of document.querySelectorAll('.conversation .message-bubble')) {
      const found = /\[(\d+)@(\d+\.\d+)\]/.exec(bubble.textContent ?? '');
      if (!found || known.has(found[1] ?? '')) continue;
      known.add(found[1] ?? '');
      requestAnimationFrame(() => setTimeout(() => page.seenLines.push(performance.timeOrigin + performance.now() - Number(found[2]))));
    }
  };
  const watch = () => new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  if (document.body) watch();
  else addEventListener('DOMContentLoaded', watch);
}

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { BusinessEvent } from '../../../cti-bridge/interactions/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { type Board, type BoardFigure, boardFigures, boardSchema } from '../../../shared/contracts/board.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { BridgeStage } from './bridge-stage.ts';

/** The board over the real socket, from a whole bridge: real calls, a real database, a supervisor who looks. */

const billing = 'billing';
const lena = 'agent-lena-hartmann';
let stage: BridgeStage;

afterEach(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

/** Somebody who looks at the board, without a telephone. */
async function supervisor(username = 'dana.whitlock') {
  const desktop = await stage.signIn(username, { phoneMedia: null });
  const first = await desktop.ask('board:watch', {});
  let heard = 0;
  return {
    desktop,
    first,
    /** What has to happen takes as long as it takes on a busy machine; the board that shows it is promised within a second of it. */
    async boardOf(what: BusinessEvent['type'], fits: (board: Board) => boolean, after = 0): Promise<Board> {
      const { events } = stage.bridge;
      const happened = await stage.bridge.event(what, (event) => events.indexOf(event) >= heard);
      heard = events.indexOf(happened) + 1;
      return desktop.push('board:changed', fits, 2_000, after);
    },
    list: async (figure: BoardFigure, queueId: string | null = billing) =>
      (await desktop.ask('board:contacts', { queueId, figure })).contacts,
  };
}

const row = (board: Board, queueId = billing) => {
  const found = board.queues.find((queue) => queue.queueId === queueId);
  if (!found) throw new Error(`no row of ${queueId}`);
  return found;
};
const person = (board: Board, agentId = lena) => board.agents.find((agent) => agent.agentId === agentId);

/** As the board is now, each number is its list. */
async function expectNumbersToBeTheirLists({ desktop, list }: Awaited<ReturnType<typeof supervisor>>): Promise<Board> {
  const board = await desktop.ask('board:watch', {});
  for (const queue of board.queues)
    for (const figure of boardFigures)
      if (figure !== 'answeredInTime') expect([figure, (await list(figure, queue.queueId)).length]).toEqual([figure, queue[figure]]);
  expect(await list('answeredInTime')).toHaveLength(row(board).serviceLevelToday.inTime);
  return board;
}

async function callAnswered(agent: ScriptedDesktop) {
  await agent.becomeAvailable();
  return stage.talking(agent);
}

describe('the live board', () => {
  it('follows a call from waiting to its outcome, and every number is its list', async () => {
    stage = await BridgeStage.open();
    const dana = await supervisor();
    expect(boardSchema.parse(dana.first)).toEqual(dana.first);
    expect(row(dana.first)).toMatchObject({ waiting: 0, answered: 0, isOpen: true });
    // In the order in which they are set up.
    expect(dana.first.queues.map(({ queueId }) => queueId)).toEqual([
      ...['billing', 'technical', 'sales', 'general'],
      ...['mail', 'texts', 'chats', 'letters'],
    ]);

    const call = await stage.callBilling();
    const waiting = await dana.boardOf('workItem:queued', (board) => row(board).waiting === 1);
    expect(row(waiting).longestWaitSince).toBeGreaterThan(waiting.at - 5_000);
    expect(await dana.list('waiting')).toMatchObject([{ who: 'Margaret Okafor', contactId: margaretOkafor.contactId, agentId: null }]);
    await expectNumbersToBeTheirLists(dana);

    const agent = await stage.signIn();
    await agent.becomeAvailable();
    const answered = await agent.answer();
    const talking = await dana.boardOf('interaction:answered', (board) => row(board).handling === 1);
    expect(row(talking)).toMatchObject({ waiting: 0, answered: 1, people: { engaged: 1 } });
    expect(person(talking)).toMatchObject({ name: 'Lena Hartmann', workState: 'engaged', works: [{ state: 'engaged', queueId: billing }] });
    await expectNumbersToBeTheirLists(dana);

    const { interactionId } = await agent.push('interaction:assigned');
    expect(await agent.ask('help:ask', { interactionId, words: 'A credit' })).toEqual({ told: 1 });
    const asked = await dana.desktop.push('help:changed');
    expect(asked.calls).toMatchObject([{ agentName: 'Lena Hartmann', words: 'A credit', channel: 'voice', taken: null }]);
    await dana.desktop.ask('help:take', { interactionId });
    await agent.push('help:changed', ({ calls }) => calls[0]?.taken?.name === 'Dana Whitlock');
    await call.hangUp();
    await answered.ended();
    for (const desktop of [agent, dana.desktop]) await desktop.push('help:changed', ({ calls }) => calls.length === 0);
    await dana.boardOf('wrapUp:started', (board) => person(board)?.works[0]?.state === 'wrappingUp');
    await agent.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: '', then: 'notReady' });
    const over = await dana.boardOf('interaction:completed', (board) => person(board)?.handledToday === 1);
    expect(person(over)).toMatchObject({ works: [], presence: 'notReady' });
    const board = await expectNumbersToBeTheirLists(dana);
    expect(row(board)).toMatchObject({ handling: 0, answered: 1 });
    // What the agent reads of their own day is what stands on the board, and as long as its list.
    const { today } = await agent.push('interaction:completed');
    expect(today.handled).toBe(person(board)?.handledToday);
    const { inTime, of } = row(board).serviceLevelToday;
    expect(today.queues?.find(({ queueId }) => queueId === billing)).toMatchObject({ inTime, of });
    const own = await agent.ask('figures:contacts', { figure: 'handled' });
    expect(own.contacts).toMatchObject([{ interactionId, who: 'Margaret Okafor', contactId: margaretOkafor.contactId }]);
    const counted = await agent.ask('figures:contacts', { figure: 'serviceLevel' });
    expect(counted.contacts).toHaveLength(today.queues?.reduce((sum, queue) => sum + queue.of, 0) ?? -1);

    const gaveUp = await stage.callBilling();
    await dana.boardOf('workItem:queued', (board) => row(board).waiting === 1, dana.desktop.pushes.length);
    await gaveUp.hangUp();
    await dana.boardOf('interaction:ended', (board) => row(board).abandoned === 1);
    await expectNumbersToBeTheirLists(dana);
    expect(dana.desktop.gaps).toEqual([]);
  });

  it('has the same numbers after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crosspoint-board-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    stage = await BridgeStage.open();
    await cp(stage.bridge.folder, folder, { recursive: true });
    await stage.close();

    stage = await BridgeStage.open({ folder });
    let dana = await supervisor();
    const agent = await stage.signIn();
    const { call } = await callAnswered(agent);
    await call.hangUp();
    await dana.boardOf('wrapUp:started', (board) => person(board)?.works[0]?.state === 'wrappingUp');
    await agent.ask('agent:set-presence', { presence: 'notReady', reason: 'meal' });
    const leaves = await stage.callBilling();
    await dana.boardOf('workItem:queued', (board) => row(board).waiting === 1, dana.desktop.pushes.length);
    await leaves.hangUp();
    const { answered, abandoned, averageAnswerMs, serviceLevelToday } = row(
      await dana.boardOf('interaction:ended', (board) => row(board).abandoned === 1),
    );
    const listed = await dana.list('answered');
    await stage.close();

    stage = await BridgeStage.open({ folder });
    dana = await supervisor();
    expect(row(dana.first)).toMatchObject({ answered, abandoned, averageAnswerMs, serviceLevelToday, waiting: 0, handling: 0 });
    expect((await dana.list('answered')).map(({ workItemId }) => workItemId)).toEqual(listed.map(({ workItemId }) => workItemId));
    await expectNumbersToBeTheirLists(dana);
  });
});

describe('a supervisor', () => {
  it('asks why a call waits, makes somebody available, and asks why it went there', async () => {
    stage = await BridgeStage.open();
    const dana = await supervisor();
    const agent = await stage.signIn();
    await stage.callBilling();
    await dana.boardOf('workItem:queued', (board) => row(board).waiting === 1);
    const [contact] = await dana.list('waiting');
    const workItemId = contact?.workItemId ?? '';
    const waits = await dana.desktop.ask('why:item', { workItemId });
    expect(waits.now.map(({ code }) => code)).toContain('positionInQueue');
    expect(waits.steps.map(({ kind }) => kind)).toEqual(['queued']);
    expect((await dana.desktop.ask('why:agent', { agentId: lena })).now.map(({ code }) => code)).toContain('agentNotReady');
    expect(await agent.command('why:item', { workItemId })).toMatchObject({ ok: false, error: { code: 'not_found' } });

    await dana.desktop.ask('supervisor:set-presence', { agentId: lena, set: { presence: 'available' } });
    await agent.answer();
    await agent.push('interaction:assigned');
    await stage.bridge.event('agent:presenceChanged', ({ by, presence }) => by === 'user-dana-whitlock' && presence === 'available');
    const went = await agent.ask('why:item', { workItemId });
    expect(went.now).toMatchObject([{ code: 'itemAssigned', facts: { agent: 'Lena Hartmann' } }]);
    expect(went.steps.map(({ kind }) => kind)).toEqual(['queued', 'offered', 'accepted']);
    for (const step of went.steps.slice(1)) expect(step).toMatchObject({ agentId: lena, agentName: 'Lena Hartmann' });
  });

  it('takes a customer from an agent: they hear music and are first in line; the next release finds nobody', async () => {
    stage = await BridgeStage.open();
    const dana = await supervisor();
    const agent = await stage.signIn();
    const { call, agent: phone, interactionId } = await callAnswered(agent);
    await agent.ask('agent:set-presence', { presence: 'notReady', reason: 'break' });
    await dana.desktop.ask('supervisor:release', { interactionId });
    await phone.ended();
    await call.ears.music();
    await dana.boardOf(
      'workItem:returned',
      (board) => row(board).waiting === 1 && row(board).handling === 0,
      dana.desktop.pushes.length - 1,
    );
    expect(await dana.list('waiting')).toMatchObject([{ interactionId }]);
    expect(await dana.desktop.command('supervisor:release', { interactionId })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await stage.bridge.event('supervisor:acted', ({ what }) => what === 'released');
    await expectNumbersToBeTheirLists(dana);
  });

  it('moves a waiting call to another queue and gives somebody the skill for it, who then gets it', async () => {
    stage = await BridgeStage.open();
    const dana = await supervisor('admin');
    const agent = await stage.signIn('sofia.marin');
    await stage.callBilling();
    await dana.boardOf('workItem:queued', (board) => row(board).waiting === 1);
    const [contact] = await dana.list('waiting');
    const workItemId = contact?.workItemId ?? '';
    await dana.desktop.ask('supervisor:move-item', { workItemId, priority: null, queueId: 'technical' });
    const moved = await dana.boardOf('workItem:moved', (board) => row(board, 'technical').waiting === 1);
    expect(row(moved).waiting).toBe(0);
    await agent.becomeAvailable();
    await dana.desktop.ask('supervisor:set-skills', {
      agentId: 'agent-sofia-marin',
      skills: { technical: 5 },
      leftQueueIds: [billing],
    });
    await agent.answer();
    const took = await dana.boardOf('interaction:answered', (board) => row(board, 'technical').handling === 1);
    expect(person(took, 'agent-sofia-marin')).toMatchObject({ skills: [{ skill: 'technical', level: 5 }], queueIds: ['technical'] });
    const { revisions } = await dana.desktop.ask('configuration:history', { before: null, limit: 1 });
    expect(revisions).toMatchObject([{ note: 'supervisor', by: { userId: 'user-admin' } }]);
    await expectNumbersToBeTheirLists(dana);
  });
});

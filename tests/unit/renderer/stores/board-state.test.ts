import { describe, expect, it } from 'vitest';
import {
  agentsInScope,
  type BoardState,
  changeTop,
  closePanel,
  countFloor,
  emptyBoard,
  figureOf,
  floorState,
  levelTone,
  newAlerts,
  openFirst,
  openPanel,
  queuesInScope,
  receiveBoard,
  scopesOf,
  sumOf,
  totalsOf,
} from '../../../../renderer/stores/index.ts';
import { presenceSchema, workStateSchema } from '../../../../shared/contracts/agent.ts';
import { boardFigures, boardSchema } from '../../../../shared/contracts/board.ts';
import { stageBoard, stageContacts } from '../../../support/ui-stage/floor.ts';

const now = 1_700_000_000_000;
const board = stageBoard(now);

describe('the board as it was told', () => {
  it('is replaced as a whole, and never by an older one', () => {
    const first = receiveBoard(emptyBoard, board);
    expect(first.board).toBe(board);
    const later = { ...board, at: now + 1_000, queues: [] };
    const second = receiveBoard(first, later);
    expect(second.board).toBe(later);
    expect(receiveBoard(second, board).board).toBe(later);
  });

  it('of the stage is one that the contract allows', () => {
    expect(boardSchema.safeParse(board).success).toBe(true);
  });

  it('tells as new what did not stand on it before, and nothing the first time', () => {
    expect(newAlerts(null, board)).toEqual([]);
    expect(newAlerts(board, board)).toEqual([]);
    const [first, ...others] = board.alerts;
    expect(newAlerts({ ...board, alerts: others }, board)).toEqual([first]);
    expect(newAlerts(board, { ...board, alerts: others })).toEqual([]);
  });
});

describe('numbers over several queues', () => {
  it('are made of sums: a share is never a mean of shares', () => {
    const [busy, quiet] = board.queues;
    if (!busy || !quiet) throw new Error('The stage has fewer queues than this test needs.');
    const level = (inTime: number, of: number) => ({ percent: (100 * inTime) / of, inTime, of });
    const totals = totalsOf([
      { ...busy, serviceLevelToday: level(90, 100), answered: 100, abandoned: 0 },
      { ...quiet, serviceLevelToday: level(0, 10), answered: 6, abandoned: 4 },
    ]);
    expect(totals.serviceLevelToday).toEqual({ percent: 9_000 / 110, inTime: 90, of: 110 });
    expect(totals.abandonedPercent).toBe(400 / 110);
  });

  it('have no share where there was nothing to count, and no target where targets differ', () => {
    const nothing = totalsOf([]);
    expect([nothing.serviceLevelNow.percent, nothing.abandonedPercent, nothing.longestWaitSince]).toEqual([null, null, null]);
    const [first, second] = board.queues;
    if (!first || !second) throw new Error('The stage has fewer queues than this test needs.');
    expect(totalsOf([first, second]).targetPercent).toBe(80);
    expect(totalsOf([first, { ...second, target: { percent: 90, thresholdMs: 20_000 } }])).toMatchObject({
      targetPercent: null,
      thresholdMs: 20_000,
    });
  });

  it('take the wait that began first as the longest', () => {
    expect(totalsOf(board.queues).longestWaitSince).toBe(now - 192_000);
  });

  it.each(boardFigures)('have as many contacts behind them as they say: %s', (figure) => {
    for (const row of board.queues) expect(stageContacts(board, row.queueId, figure, 'en')).toHaveLength(figureOf(row, figure));
    expect(stageContacts(board, null, figure, 'en')).toHaveLength(sumOf(board.queues, figure));
  });

  it('near the target warn, clearly below it alarm', () => {
    expect([null, 85, 80, 79.9, 70, 69.9].map((percent) => levelTone(percent, 80))).toEqual([
      'plain',
      'plain',
      'plain',
      'waiting',
      'waiting',
      'broken',
    ]);
    expect(levelTone(10, null)).toBe('plain');
  });
});

describe('people', () => {
  it('are in exactly one state, whatever they chose and whatever is known', () => {
    for (const presence of presenceSchema.options)
      for (const workState of workStateSchema.options) expect(floorState({ presence, workState })).toBeTypeOf('string');
    expect(floorState({ presence: 'loggedOut', workState: 'engaged' })).toBe('engaged');
    expect(floorState({ presence: 'loggedOut', workState: 'notReachable' })).toBe('signedOut');
    expect(floorState({ presence: 'available', workState: 'notReachable' })).toBe('notReachable');
    expect(floorState({ presence: 'notReady', workState: 'idle' })).toBe('notReady');
    const counts = countFloor(board.agents);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(board.agents.length);
    expect(counts).toMatchObject({ free: 5, ringing: 1, engaged: 24, wrappingUp: 3, notReady: 4, notReachable: 1, signedOut: 1 });
  });

  it('are seen by team, by office with the offices below it, and all', () => {
    expect(scopesOf(board, 'ag-7')).toEqual(['team', 'office', 'all']);
    expect(scopesOf(board, null)).toEqual(['all']);
    expect(agentsInScope(board, 'team', 'ag-7')).toHaveLength(24);
    const unit = (id: string, parent: string | null) => ({ id, parent, name: { en: id, zh: id } });
    const names = {
      teams: [],
      skills: [],
      reasons: [],
      hidesSupervision: null,
      orgUnits: [unit('zhejiang', null), unit('ningbo', 'zhejiang'), unit('hangzhou', 'zhejiang')],
    };
    const inProvince = {
      ...board,
      agents: board.agents.map((agent) => (agent.agentId === 'ag-7' ? { ...agent, orgUnitId: 'zhejiang' } : agent)),
    };
    expect(agentsInScope(inProvince, 'office', 'ag-7', names)).toHaveLength(board.agents.length);
    expect(agentsInScope(board, 'office', 'ag-7', names)).toHaveLength(24);
  });

  it('bring the queues they serve into sight', () => {
    const chatters = board.agents.filter(({ queueIds }) => queueIds.includes('chat'));
    expect(queuesInScope(board, 'team', chatters).map(({ queueId }) => queueId)).toEqual(['chat']);
    expect(queuesInScope(board, 'all', [])).toHaveLength(board.queues.length);
  });
});

describe('what stands at the right', () => {
  const people = { kind: 'people', queueId: null } as const;
  const agent = { kind: 'agent', agentId: 'ag-1', why: { phase: 'asking' }, isEditing: false } as const;

  it('is a stack: what is opened from a panel goes back to it, what is opened from the board stands alone', () => {
    let state: BoardState = openFirst(emptyBoard, people);
    state = openPanel(state, agent);
    expect(closePanel(state).panels).toEqual([people]);
    expect(openFirst(state, agent).panels).toEqual([agent]);
    expect(closePanel(closePanel(closePanel(state))).panels).toEqual([]);
  });

  it('takes an answer only if it is still the one that was asked about', () => {
    const state = openFirst(emptyBoard, agent);
    const edit = (agentId: string) =>
      changeTop(
        state,
        'agent',
        (panel) => panel.agentId === agentId,
        (panel) => ({ ...panel, isEditing: true }),
      );
    expect(edit('ag-2')).toBe(state);
    expect(edit('ag-1').panels).toEqual([{ ...agent, isEditing: true }]);
    expect(
      changeTop(
        openPanel(state, people),
        'agent',
        () => true,
        (panel) => ({ ...panel, isEditing: true }),
      ).panels,
    ).toEqual([agent, people]);
  });
});

import type { AgentRow, Board, BoardAlert, BoardContact, BoardFigure, BoardFormula, QueueRow } from '../../shared/contracts/board.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { ContactRecord } from '../../shared/contracts/contact.ts';
import type { Why } from '../../shared/contracts/queue.ts';
import type { LoginFailure } from './stores.ts';

/**
 * The live board as the bridge last told it, and what the supervisor looks at. Every push is the whole board, so that whatever was missed
 * does not matter. What is derived (sums, who is in a scope) is computed from it here and nowhere else.
 */
export interface BoardState {
  /** Null until the first one; kept while the connection is lost, with its time beside it. */
  readonly board: Board | null;
  readonly failure: LoginFailure | null;
  readonly names: BoardNames;
  readonly isSoundOn: boolean;
  readonly scope: BoardScope;
  readonly grouping: 'state' | 'queue';
  /** What stands at the right, the last on top; the alerts when there is none. */
  readonly panels: readonly BoardPanel[];
}

/** Whose floor: people of the same team, of the same office, or everybody the bridge shows. */
export type BoardScope = 'team' | 'office' | 'all';

export type BoardPanel =
  | {
      readonly kind: 'contacts';
      readonly queueId: string | null;
      readonly figure: BoardFigure;
      /** The formula of the number that was opened. */
      readonly formula: BoardFormula;
      /** Null while it is read for the first time. */
      readonly contacts: readonly BoardContact[] | null;
      readonly failure: LoginFailure | null;
    }
  | { readonly kind: 'people'; readonly queueId: string | null }
  | {
      readonly kind: 'contact';
      readonly contact: BoardContact;
      readonly why: WhyAnswer;
      /** Null until read, and for somebody who is not known. */
      readonly record: ContactRecord | null;
    }
  | { readonly kind: 'agent'; readonly agentId: string; readonly why: WhyAnswer; readonly isEditing: boolean };

export type WhyAnswer =
  | { readonly phase: 'asking' }
  | { readonly phase: 'told'; readonly why: Why; readonly at: number }
  | { readonly phase: 'failed'; readonly code: LoginFailure };

interface Named {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
}

/** What the organisation calls its parts; empty until read, and then ids are shown as they are. */
export interface BoardNames {
  readonly teams: readonly Named[];
  readonly orgUnits: readonly (Named & { readonly parent: string | null })[];
  readonly skills: readonly Named[];
  readonly reasons: readonly Named[];
  /** Whether agents are told who is in their calls. */
  readonly hidesSupervision: boolean | null;
}

const noNames: BoardNames = { teams: [], orgUnits: [], skills: [], reasons: [], hidesSupervision: null };

export const emptyBoard: BoardState = {
  board: null,
  failure: null,
  names: noNames,
  isSoundOn: true,
  scope: 'all',
  grouping: 'state',
  panels: [],
};

export function namesOf(configuration: Configuration): BoardNames {
  const { teams, orgUnits, skills, reasons, organisation } = configuration;
  return { teams, orgUnits, skills, reasons, hidesSupervision: organisation.hidesSupervision === true };
}

/** A board that was told. An older one that arrives late changes nothing. */
export function receiveBoard(state: BoardState, board: Board): BoardState {
  if (state.board && board.at < state.board.at) return state;
  return { ...state, board, failure: null };
}

/** Alerts that were not standing on the board before. The first board tells none: what stands already was heard by whoever was there. */
export function newAlerts(before: Board | null, now: Board): readonly BoardAlert[] {
  if (!before) return [];
  const known = new Set(before.alerts.map(({ alertId }) => alertId));
  return now.alerts.filter(({ alertId }) => !known.has(alertId));
}

// ---- What the supervisor looks at ---------------------------------------------------------------------------------------------

export function openPanel(state: BoardState, panel: BoardPanel): BoardState {
  return { ...state, panels: [...state.panels, panel] };
}

/** Opened from the board itself, not from another panel: it stands alone. */
export function openFirst(state: BoardState, panel: BoardPanel): BoardState {
  return { ...state, panels: [panel] };
}

export function closePanel(state: BoardState): BoardState {
  return { ...state, panels: state.panels.slice(0, -1) };
}

/** Changes the panel on top if it is still the one that something was asked for. */
export function changeTop<Kind extends BoardPanel['kind']>(
  state: BoardState,
  kind: Kind,
  isIt: (panel: Extract<BoardPanel, { kind: Kind }>) => boolean,
  change: (panel: Extract<BoardPanel, { kind: Kind }>) => BoardPanel,
): BoardState {
  const top = state.panels.at(-1);
  if (top?.kind !== kind) return state;
  const panel = top as Extract<BoardPanel, { kind: Kind }>;
  return isIt(panel) ? { ...state, panels: [...state.panels.slice(0, -1), change(panel)] } : state;
}

// ---- People -------------------------------------------------------------------------------------------------------------------

export const floorStates = ['free', 'ringing', 'engaged', 'wrappingUp', 'supervising', 'notReady', 'notReachable', 'signedOut'] as const;
export type FloorState = (typeof floorStates)[number];

/** What somebody does, in one word: signed out before all, then what the system knows, then what they chose. */
export function floorState({ presence, workState }: Pick<AgentRow, 'presence' | 'workState'>): FloorState {
  if (presence === 'loggedOut' && (workState === 'idle' || workState === 'notReachable')) return 'signedOut';
  switch (workState) {
    case 'reserved':
      return 'ringing';
    case 'engaged':
    case 'wrappingUp':
    case 'supervising':
    case 'notReachable':
      return workState;
    case 'idle':
      return presence === 'available' ? 'free' : 'notReady';
  }
}

/** The scopes that would not show the same as a wider one. Somebody who is not on the board has no team and no office to look at. */
export function scopesOf(board: Board, ownAgentId: string | null): readonly BoardScope[] {
  const self = board.agents.find(({ agentId }) => agentId === ownAgentId);
  return [...(self?.teamId ? (['team'] as const) : []), ...(self?.orgUnitId ? (['office'] as const) : []), 'all' as const];
}

export function agentsInScope(
  board: Board,
  scope: BoardScope,
  ownAgentId: string | null,
  names: BoardNames = noNames,
): readonly AgentRow[] {
  const self = board.agents.find(({ agentId }) => agentId === ownAgentId);
  if (scope === 'team' && self?.teamId) return board.agents.filter(({ teamId }) => teamId === self.teamId);
  if (scope === 'office' && self?.orgUnitId) {
    const units = unitsBelow(names, self.orgUnitId);
    return board.agents.filter(({ orgUnitId }) => orgUnitId !== null && units.has(orgUnitId));
  }
  return board.agents;
}

function unitsBelow({ orgUnits }: BoardNames, top: string): ReadonlySet<string> {
  const units = new Set([top]);
  for (let size = 0; size !== units.size; ) {
    size = units.size;
    for (const { id, parent } of orgUnits) if (parent !== null && units.has(parent)) units.add(id);
  }
  return units;
}

/** The queues that somebody in the scope serves; all of them for the widest. */
export function queuesInScope(board: Board, scope: BoardScope, agents: readonly AgentRow[]): readonly QueueRow[] {
  if (scope === 'all') return board.queues;
  const served = new Set(agents.flatMap(({ queueIds }) => queueIds));
  return board.queues.filter(({ queueId }) => served.has(queueId));
}

export type FloorCounts = Readonly<Record<FloorState, number>>;

export function countFloor(agents: readonly AgentRow[]): FloorCounts {
  const counts = Object.fromEntries(floorStates.map((state) => [state, 0])) as Record<FloorState, number>;
  for (const agent of agents) counts[floorState(agent)] += 1;
  return counts;
}

// ---- Numbers ------------------------------------------------------------------------------------------------------------------

/** The number of a queue that a list of contacts stands behind. */
export function figureOf(row: QueueRow, figure: BoardFigure): number {
  return figure === 'answeredInTime' ? row.serviceLevelToday.inTime : row[figure];
}

export function sumOf(rows: readonly QueueRow[], figure: BoardFigure): number {
  return rows.reduce((sum, row) => sum + figureOf(row, figure), 0);
}

export interface Totals {
  readonly waiting: number;
  readonly longestWaitSince: number | null;
  readonly serviceLevelNow: QueueRow['serviceLevelNow'];
  readonly serviceLevelToday: QueueRow['serviceLevelToday'];
  /** Null where the queues have different ones. */
  readonly targetPercent: number | null;
  readonly thresholdMs: number | null;
  readonly answered: number;
  readonly abandoned: number;
  /** Of all who were answered or gave up, those who gave up; null when there was nobody. */
  readonly abandonedPercent: number | null;
  readonly diverted: number;
  readonly handling: number;
}

/** Sums over queues. Shares are of the summed numbers, never means of shares. */
export function totalsOf(rows: readonly QueueRow[]): Totals {
  const since = rows.flatMap(({ longestWaitSince }) => (longestWaitSince === null ? [] : [longestWaitSince]));
  const answered = sumOf(rows, 'answered');
  const abandoned = sumOf(rows, 'abandoned');
  return {
    waiting: sumOf(rows, 'waiting'),
    longestWaitSince: since.length === 0 ? null : Math.min(...since),
    serviceLevelNow: sumLevels(rows.map((row) => row.serviceLevelNow)),
    serviceLevelToday: sumLevels(rows.map((row) => row.serviceLevelToday)),
    targetPercent: same(rows.map(({ target }) => target.percent)),
    thresholdMs: same(rows.map(({ target }) => target.thresholdMs)),
    answered,
    abandoned,
    abandonedPercent: answered + abandoned === 0 ? null : (100 * abandoned) / (answered + abandoned),
    diverted: sumOf(rows, 'diverted'),
    handling: sumOf(rows, 'handling'),
  };
}

function sumLevels(levels: readonly QueueRow['serviceLevelNow'][]): QueueRow['serviceLevelNow'] {
  const inTime = levels.reduce((sum, level) => sum + level.inTime, 0);
  const of = levels.reduce((sum, level) => sum + level.of, 0);
  return { percent: of === 0 ? null : (100 * inTime) / of, inTime, of };
}

function same(values: readonly number[]): number | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** How a share stands to its target: near it is a warning, clearly below is an alarm. */
export function levelTone(percent: number | null, targetPercent: number | null): 'plain' | 'waiting' | 'broken' {
  if (percent === null || targetPercent === null || percent >= targetPercent) return 'plain';
  return percent >= targetPercent - 10 ? 'waiting' : 'broken';
}

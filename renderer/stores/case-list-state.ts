import type { CaseFile } from '../../shared/contracts/record.ts';
import type { LoginFailure } from './stores.ts';

/** Cases as a list of work, over all customers one may see. The list is the bridge's; which are shown and which is open is ours. */
export interface CaseListState {
  readonly whose: 'mine' | 'all';
  readonly state: 'open' | 'overdue' | 'closed';
  readonly phase: 'none' | 'loading' | 'ready' | 'failed';
  readonly failure: LoginFailure | null;
  readonly cases: readonly CaseFile[];
  readonly total: number;
  readonly openId: string | null;
}

export const noCaseList: CaseListState = {
  whose: 'mine',
  state: 'open',
  phase: 'none',
  failure: null,
  cases: [],
  total: 0,
  openId: null,
};

/** The overdue first, then by deadline; those without one last, the more urgent before the less, the older before the newer. */
export function byDeadline(a: CaseFile, b: CaseFile): number {
  return nextDeadline(a) - nextDeadline(b) || b.priority - a.priority || a.openedAt - b.openedAt || (a.caseId < b.caseId ? -1 : 1);
}

const never = Number.MAX_SAFE_INTEGER;

/** Whichever is owed first: an answer while there was none, or the solution. */
export function nextDeadline(file: Pick<CaseFile, 'responseDueAt' | 'respondedAt' | 'dueAt'>): number {
  const response = file.respondedAt === null ? file.responseDueAt : null;
  return Math.min(response ?? never, file.dueAt ?? never);
}

export function isClosed(file: Pick<CaseFile, 'status'>): boolean {
  return file.status === 'solved' || file.status === 'closed';
}

/** A case that was changed, in the list and in its order. */
export function receiveCase(state: CaseListState, file: CaseFile): CaseListState {
  if (!state.cases.some(({ caseId }) => caseId === file.caseId)) return state;
  return { ...state, cases: state.cases.map((each) => (each.caseId === file.caseId ? file : each)).sort(byDeadline) };
}

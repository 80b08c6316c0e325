import type { FlowChange, FlowEntry, FlowSummary, FlowVersion } from '../../shared/contracts/ivr/commands.ts';
import type { FlowProblem } from '../../shared/contracts/ivr/flow.ts';
import type { Asked } from './account-state.ts';
import type { FlowHistory } from './flow-draft.ts';
import type { LoginFailure } from './stores.ts';

interface Named {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
}

/** What a flow may name, with the names people know it by. */
export interface FlowReferences {
  readonly queues: readonly Named[];
  readonly hours: readonly Named[];
  readonly skills: readonly Named[];
  readonly prompts: readonly string[];
}

/** How far the draft on the screen has come to the bridge. */
export type DraftSaving =
  | { readonly phase: 'saved' | 'typing' | 'saving' }
  /** Something in it has no value yet, or one that cannot be kept; the problems say what. */
  | { readonly phase: 'refused' }
  /** Somebody else saved another draft since this one was read. */
  | { readonly phase: 'conflict' }
  | { readonly phase: 'failed'; readonly code: LoginFailure };

/** The flow on the drawing board. */
export interface OpenFlow {
  readonly flowId: string;
  /** From opening it to closing it. */
  readonly writingId: string;
  readonly history: FlowHistory;
  /** Of the draft on the bridge; null where there is none, and what is drawn is the live version. */
  readonly revision: number | null;
  readonly live: number | null;
  readonly saving: DraftSaving;
  /** Null until they were asked for. */
  readonly problems: readonly FlowProblem[] | null;
  readonly selected: readonly string[];
  /** A setting to put the keyboard into as soon as it is on the screen; empty: the form itself. */
  readonly wanted: string | null;
  readonly dialog: FlowDialog | null;
}

export type FlowDialog =
  | { readonly kind: 'publish'; readonly isBusy: boolean; readonly isRefused: boolean; readonly failure: LoginFailure | null }
  | { readonly kind: 'versions'; readonly versions: readonly FlowVersion[] | null; readonly failure: LoginFailure | null }
  /** `before` and `after` name versions; null is the draft. */
  | {
      readonly kind: 'compare';
      readonly before: number | null;
      readonly after: number | null;
      readonly changes: readonly FlowChange[] | null;
      readonly failure: LoginFailure | null;
    }
  | { readonly kind: 'discard' };

/** The numbers that are called, while their order and flows are changed. */
export interface NumbersDraft {
  readonly entries: readonly FlowEntry[];
  readonly basedOn: number;
  readonly isBusy: boolean;
  readonly isConflict: boolean;
  readonly failure: LoginFailure | null;
  /** `what` null: it is no number at all. */
  readonly problems: readonly { readonly dnis: string; readonly what: string | null }[];
}

export interface FlowsState {
  readonly asked: Asked;
  readonly flows: readonly FlowSummary[];
  readonly entries: readonly FlowEntry[];
  readonly entriesRevision: number;
  readonly references: FlowReferences;
  readonly page: 'flows' | 'numbers';
  readonly open: OpenFlow | null;
  /** Being fetched. */
  readonly opening: string | null;
  /** Null: as they are on the bridge. */
  readonly numbers: NumbersDraft | null;
}

export const noReferences: FlowReferences = { queues: [], hours: [], skills: [], prompts: [] };
export const noFlows: FlowsState = {
  asked: { phase: 'none' },
  flows: [],
  entries: [],
  entriesRevision: 0,
  references: noReferences,
  page: 'flows',
  open: null,
  opening: null,
  numbers: null,
};

/** Changes of the flow on the board; of none where another one is open by now. */
export function withOpen(state: FlowsState, flowId: string, change: (open: OpenFlow) => Partial<OpenFlow>): Partial<FlowsState> {
  return state.open?.flowId === flowId ? { open: { ...state.open, ...change(state.open) } } : {};
}

/** What somebody drew and the bridge does not have yet. */
export function hasUnsavedFlow({ open }: FlowsState): boolean {
  return open !== null && open.saving.phase !== 'saved';
}

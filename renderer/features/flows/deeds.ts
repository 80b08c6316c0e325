import type { FlowEntry } from '../../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowDialog, FlowEdit, LoginFailure } from '../../stores/index.ts';

/** What somebody at the flows asks of whoever speaks with the bridge. */
export interface FlowDeeds {
  /** Reads the list; what is on the drawing board stays. */
  open(): Promise<void>;
  /** Puts a flow on the drawing board; null shows the list again. What was drawn is saved before. */
  show(flowId: string | null): Promise<void>;
  /** Null when the new flow is there and on the board, otherwise why not. */
  create(flow: Flow): Promise<LoginFailure | null>;
  remove(flowId: string): Promise<LoginFailure | null>;
  /** Draws; checked and saved by itself as soon as the hand rests. */
  change(edit: FlowEdit): void;
  undo(): void;
  redo(): void;
  select(nodeIds: readonly string[], wanted?: string | null): void;
  /** Saves what is drawn now. */
  save(): Promise<void>;
  /** After a conflict: their draft in place of one's own, or one's own over theirs. */
  settle(whose: 'theirs' | 'mine'): Promise<void>;
  ask(kind: FlowDialog['kind'] | null): void;
  publish(note: string): Promise<void>;
  rollBack(version: number): Promise<void>;
  compare(before: number | null, after: number | null): Promise<void>;
  discard(): Promise<void>;
  changeNumbers(entries: readonly FlowEntry[] | null): void;
  saveNumbers(): Promise<void>;
}

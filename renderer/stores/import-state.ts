import type { CommandAnswer } from '../../shared/contracts/bridge-events.ts';
import type { ImportMapping, ImportPreview, ImportProblem, ImportTarget, ImportView } from '../../shared/contracts/imports.ts';
import type { Asked } from './account-state.ts';
import type { LoginFailure } from './stores.ts';

export type ImportChecked = CommandAnswer<'import:check'>;

/** The import on the screen, from its file to its undoing. */
export interface ImportOpen {
  readonly importId: string;
  readonly view: ImportView;
  /** Null until the file has been looked into, and for one that has been started. */
  readonly preview: ImportPreview | null;
  readonly mapping: ImportMapping | null;
  /** What the dry run said of this very mapping; null after every change of it. */
  readonly checked: ImportChecked | null;
  /** What is being done. */
  readonly busy: 'looking' | 'checking' | 'starting' | 'canceling' | 'continuing' | 'undoing' | 'forgetting' | null;
  readonly failure: LoginFailure | null;
  readonly problems: readonly ImportProblem[];
  /** Behind the last problem that was read; null when there are no more. */
  readonly nextProblem: number | null;
  readonly kept: CommandAnswer<'import:kept'>['people'];
}

export interface ImportState {
  readonly asked: Asked;
  /** The newest first. */
  readonly imports: readonly ImportView[];
  /** A file on its way up. */
  readonly upload: {
    readonly fileName: string;
    readonly bytes: number;
    readonly sent: number;
    readonly failure: LoginFailure | null;
  } | null;
  readonly open: ImportOpen | null;
  readonly isAskingUndo: boolean;
  /** Offices for the people of a file, and the administrator's own fields. */
  readonly orgUnits: readonly { readonly id: string; readonly name: { readonly en: string; readonly zh: string } }[];
}

export const noImports: ImportState = {
  asked: { phase: 'none' },
  imports: [],
  upload: null,
  open: null,
  isAskingUndo: false,
  orgUnits: [],
};

export function isUnderWay({ state }: ImportView): boolean {
  return state === 'waiting' || state === 'running' || state === 'undoing';
}

/** How much of the file has been read, 0 to 1. */
export function partRead({ state, bytes, bytesRead }: ImportView): number {
  if (state === 'done' || state === 'undone') return 1;
  return bytes > 0 ? Math.min(1, bytesRead / bytes) : 0;
}

/** An import got on: in the list and, where it is the open one, on the screen. Words of an older moment change nothing. */
export function foldImport(state: ImportState, view: ImportView): ImportState {
  const known = state.imports.find(({ importId }) => importId === view.importId);
  const isOlder = known !== undefined && known.state === view.state && known.read > view.read && view.state === 'running';
  if (isOlder) return state;
  const imports = known ? state.imports.map((each) => (each.importId === view.importId ? view : each)) : [view, ...state.imports];
  return { ...state, imports, open: state.open?.importId === view.importId ? { ...state.open, view } : state.open };
}

/** Another choice for the mapping; what the dry run said is no longer of it. */
export function changeMapping(open: ImportOpen, change: Partial<ImportMapping>): ImportOpen {
  return open.mapping ? { ...open, mapping: { ...open.mapping, ...change }, checked: null, failure: null } : open;
}

/**
 * The columns after one of them got another target. Numbers, addresses and notes may come from several columns; of another field the column
 * that had it before is left out, as nobody has two names.
 */
export function columnsWith(columns: readonly ImportTarget[], index: number, target: ImportTarget): ImportTarget[] {
  const isOnce = target !== 'skip' && !severalTimes.has(target);
  return columns.map((each, at) => (at === index ? target : isOnce && each === target ? 'skip' : each));
}

const severalTimes: ReadonlySet<ImportTarget> = new Set(['mobile', 'phone', 'email', 'note']);

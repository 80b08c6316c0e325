import type { Guide, GuideProblem, GuideSummary, GuideVersion } from '../../shared/contracts/guides.ts';
import type { Asked } from './account-state.ts';
import type { LoginFailure } from './stores.ts';

interface Named {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
}

/** The guide that is being written. What is typed is kept by itself when the hand rests. */
export interface GuideBeingWritten {
  readonly guide: Guide;
  /** From opening it to closing it, also over a page that is killed in between. */
  readonly writingId: string;
  /** Of the draft that was read or saved last; null where there is none. */
  readonly revision: number | null;
  readonly live: number | null;
  readonly problems: readonly GuideProblem[];
  readonly saving:
    | { readonly phase: 'saved' | 'typing' | 'saving' | 'refused' | 'conflict' }
    | { readonly phase: 'failed'; readonly code: LoginFailure };
  /** Null: the guide itself. */
  readonly stepId: string | null;
}

export interface GuideEditorState {
  readonly asked: Asked;
  readonly guides: readonly GuideSummary[];
  readonly open: GuideBeingWritten | null;
  /** Of the guide that is open, the newest first. */
  readonly versions: readonly GuideVersion[];
  readonly dialog: 'new' | 'publish' | 'versions' | 'withdraw' | 'trial' | null;
  /** What a guide may name. */
  readonly references: { readonly queues: readonly Named[]; readonly outcomes: readonly Named[] };
}

export const noGuideEditor: GuideEditorState = {
  asked: { phase: 'none' },
  guides: [],
  open: null,
  versions: [],
  dialog: null,
  references: { queues: [], outcomes: [] },
};

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Draft } from '../../shared/contracts/interaction.ts';

/**
 * Notes being written. A draft is on the bridge's disk within a second of the last key:
 *
 *   edit -> typing --300 ms quiet, or 700 ms of typing--> saving --stored--> saved
 *                                                          |  ^
 *                                                     failed  back-off 0.5 .. 4 s, or at once when the bridge is back
 *                                                          v  |
 *                                                          kept   (in memory and in the journal of this computer)
 *
 * One save at a time per draft; text typed meanwhile goes with the next. Whatever the bridge has not stored is in the journal, so that a
 * reload or a crash loses nothing.
 */
export type DraftStatus = 'empty' | 'typing' | 'saving' | 'saved' | 'kept';

export interface DraftView {
  readonly text: string;
  readonly status: DraftStatus;
  /** When the text shown was stored by the bridge, epoch ms; null while some of it is not. */
  readonly savedAt: number | null;
}

/** Text of an interaction that ended before the bridge had it. Nothing can be stored with that interaction any more. */
export interface LeftDraft {
  readonly interactionId: string;
  readonly text: string;
}

/** Where unsaved text outlives a reload. */
export interface DraftJournal {
  all(): readonly LeftDraft[];
  read(interactionId: string): string | null;
  write(interactionId: string, text: string): void;
  forget(interactionId: string): void;
}

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly savedAt: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed' };

export interface DraftsOptions {
  save(draft: { interactionId: string; text: string; revision: number }): Promise<SaveOutcome>;
  journal: DraftJournal;
}

export interface Drafts {
  readonly store: StoreApi<Readonly<Record<string, DraftView>>>;
  edit(interactionId: string, text: string): void;
  /** What the bridge holds, from a snapshot or an assignment. Unsaved text on this computer wins and is sent. */
  adopt(interactionId: string, stored: Draft | null): void;
  /** Sends everything unsaved now: the bridge is back, or the window closes. */
  flush(): void;
  /** Whether some of what was typed is not stored by the bridge. */
  isUnsaved(interactionId: string): boolean;
  /** What was written for interactions that are no longer open. It is not sent any more, and stays here until it is forgotten. */
  left(open: ReadonlySet<string>): readonly LeftDraft[];
  /** It became something of its own, such as a message: the next text begins empty, and its revisions go on counting. */
  used(interactionId: string): void;
  /** The note became part of the completed interaction, or its writer wants it no more. */
  forget(interactionId: string): void;
  stop(): void;
}

const quietMs = 300;
const longestTypingMs = 700;
const retryMs = [500, 1_000, 2_000, 4_000];

interface Entry {
  text: string;
  /** The last revision sent. A retry of the same text keeps it: the bridge then counts it as one action. */
  revision: number;
  sentText: string | null;
  storedText: string | null;
  typingSince: number | null;
  failures: number;
  isSaving: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createDrafts(options: DraftsOptions): Drafts {
  const store = createStore<Readonly<Record<string, DraftView>>>(() => ({}));
  const entries = new Map<string, Entry>();

  const show = (interactionId: string, view: DraftView) => store.setState({ [interactionId]: view });

  const entryOf = (interactionId: string): Entry => {
    let entry = entries.get(interactionId);
    if (!entry) {
      entry = {
        text: '',
        revision: 0,
        sentText: null,
        storedText: null,
        typingSince: null,
        failures: 0,
        isSaving: false,
        timer: undefined,
      };
      entries.set(interactionId, entry);
    }
    return entry;
  };

  const saveIn = (interactionId: string, entry: Entry, ms: number) => {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void save(interactionId, entry), ms);
  };

  async function save(interactionId: string, entry: Entry): Promise<void> {
    clearTimeout(entry.timer);
    if (entry.isSaving || entry.text === entry.storedText) return;
    const { text } = entry;
    if (entry.sentText !== text) {
      entry.revision += 1;
      entry.sentText = text;
    }
    entry.isSaving = true;
    entry.typingSince = null;
    show(interactionId, { text, status: 'saving', savedAt: null });
    const outcome = await options.save({ interactionId, text, revision: entry.revision }).catch((): SaveOutcome => ({ kind: 'failed' }));
    entry.isSaving = false;
    if (entries.get(interactionId) !== entry) return;

    if (outcome.kind === 'saved') {
      entry.failures = 0;
      entry.storedText = text;
      if (entry.text === text) {
        options.journal.forget(interactionId);
        show(interactionId, { text, status: 'saved', savedAt: outcome.savedAt });
      } else {
        saveIn(interactionId, entry, 0);
      }
      return;
    }
    // The interaction is over: there is nothing to store it with. The text stays in the journal and is not sent any more.
    if (outcome.kind === 'gone') {
      show(interactionId, { text: entry.text, status: 'kept', savedAt: null });
      return;
    }
    // A conflict means that a newer revision is stored (another window wrote): what is typed here goes on top of it.
    if (outcome.kind === 'conflict') entry.sentText = null;
    const isFirstConflict = outcome.kind === 'conflict' && entry.failures === 0;
    const pause = isFirstConflict ? 0 : (retryMs[Math.min(entry.failures, retryMs.length - 1)] ?? 4_000);
    entry.failures += 1;
    show(interactionId, { text: entry.text, status: 'kept', savedAt: null });
    saveIn(interactionId, entry, pause);
  }

  const drop = (interactionId: string) => {
    clearTimeout(entries.get(interactionId)?.timer);
    entries.delete(interactionId);
    const { [interactionId]: _gone, ...rest } = store.getState();
    store.setState(rest, true);
  };

  return {
    store,

    edit(interactionId, text) {
      const entry = entryOf(interactionId);
      if (text === entry.text) return;
      entry.text = text;
      options.journal.write(interactionId, text);
      const now = Date.now();
      entry.typingSince ??= now;
      show(interactionId, { text, status: entry.failures > 0 ? 'kept' : 'typing', savedAt: null });
      if (entry.isSaving) return;
      saveIn(interactionId, entry, Math.max(0, Math.min(quietMs, entry.typingSince + longestTypingMs - now)));
    },

    adopt(interactionId, stored) {
      const entry = entryOf(interactionId);
      entry.revision = Math.max(entry.revision, stored?.revision ?? 0);
      const unsaved = entry.text !== '' && entry.text !== entry.storedText ? entry.text : options.journal.read(interactionId);
      if (unsaved !== null && unsaved !== (stored?.text ?? '')) {
        entry.text = unsaved;
        entry.storedText = stored?.text ?? null;
        show(interactionId, { text: unsaved, status: 'kept', savedAt: null });
        saveIn(interactionId, entry, 0);
        return;
      }
      options.journal.forget(interactionId);
      entry.text = stored?.text ?? '';
      entry.storedText = entry.text;
      show(interactionId, { text: entry.text, status: stored ? 'saved' : 'empty', savedAt: stored?.savedAt ?? null });
    },

    flush() {
      for (const [interactionId, entry] of entries) {
        if (entry.text !== (entry.storedText ?? '')) void save(interactionId, entry);
      }
    },

    isUnsaved(interactionId) {
      const entry = entries.get(interactionId);
      return entry !== undefined && entry.text !== (entry.storedText ?? '');
    },

    left(open) {
      const left = options.journal.all().filter(({ interactionId }) => !open.has(interactionId));
      for (const { interactionId } of left) drop(interactionId);
      return left.filter(({ text }) => text.trim() !== '');
    },

    used(interactionId) {
      const entry = entryOf(interactionId);
      clearTimeout(entry.timer);
      Object.assign(entry, { text: '', sentText: null, storedText: '', typingSince: null, failures: 0 });
      options.journal.forget(interactionId);
      show(interactionId, { text: '', status: 'empty', savedAt: null });
    },

    forget(interactionId) {
      drop(interactionId);
      options.journal.forget(interactionId);
    },

    stop() {
      for (const entry of entries.values()) clearTimeout(entry.timer);
      entries.clear();
      store.setState({}, true);
    },
  };
}

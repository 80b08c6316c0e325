import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDrafts, type SaveOutcome } from '../../../../renderer/stores/index.ts';

type Sent = { interactionId: string; text: string; revision: number };

function memoryJournal() {
  const kept = new Map<string, string>();
  return {
    kept,
    all: () => [...kept].map(([interactionId, text]) => ({ interactionId, text })),
    read: (id: string) => kept.get(id) ?? null,
    write: (id: string, text: string) => void kept.set(id, text),
    forget: (id: string) => void kept.delete(id),
  };
}

describe('drafts', () => {
  let sent: Sent[];
  let outcome: SaveOutcome;
  let journal: ReturnType<typeof memoryJournal>;
  let drafts: ReturnType<typeof createDrafts>;
  const view = () => drafts.store.getState().i;
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    sent = [];
    outcome = { kind: 'saved', savedAt: 5 };
    journal = memoryJournal();
    drafts = createDrafts({
      journal,
      save: async (draft) => {
        sent.push(draft);
        return outcome;
      },
    });
  });
  afterEach(() => {
    drafts.stop();
    vi.useRealTimers();
  });

  it('saves once after a short quiet, and says when', async () => {
    drafts.edit('i', 'a');
    await pass(200);
    drafts.edit('i', 'ab');
    await pass(299);
    expect(sent).toEqual([]);
    expect(view()?.status).toBe('typing');
    await pass(1);
    expect(sent).toEqual([{ interactionId: 'i', text: 'ab', revision: 1 }]);
    expect(view()).toEqual({ text: 'ab', status: 'saved', savedAt: 5 });
  });

  it('is saved within a second even if the typing never pauses', async () => {
    for (let key = 1; key <= 10; key += 1) {
      drafts.edit('i', 'x'.repeat(key));
      await pass(100);
    }
    expect(sent.length).toBeGreaterThanOrEqual(1);
  });

  it('keeps what is not stored in the journal, and takes it out once it is', async () => {
    drafts.edit('i', 'a');
    expect(journal.kept.get('i')).toBe('a');
    await pass(300);
    expect(journal.kept.size).toBe(0);
  });

  it('says "kept" when it fails, retries the same revision with growing pauses, and recovers', async () => {
    outcome = { kind: 'failed' };
    drafts.edit('i', 'a');
    await pass(300);
    expect(view()?.status).toBe('kept');
    await pass(500);
    await pass(1_000);
    expect(sent.map((each) => each.revision)).toEqual([1, 1, 1]);
    outcome = { kind: 'saved', savedAt: 9 };
    await pass(2_000);
    expect(view()).toEqual({ text: 'a', status: 'saved', savedAt: 9 });
  });

  it('goes at once when the bridge is back', async () => {
    outcome = { kind: 'failed' };
    drafts.edit('i', 'a');
    await pass(300);
    outcome = { kind: 'saved', savedAt: 9 };
    drafts.flush();
    await pass(0);
    expect(view()?.status).toBe('saved');
  });

  it('sends text typed during a save with the next one, never two at a time', async () => {
    const answers: ((outcome: SaveOutcome) => void)[] = [];
    drafts = createDrafts({
      journal,
      save: (draft) => {
        sent.push(draft);
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    drafts.edit('i', 'a');
    await pass(300);
    drafts.edit('i', 'ab');
    await pass(2_000);
    expect(sent).toHaveLength(1);
    answers[0]?.({ kind: 'saved', savedAt: 1 });
    await pass(0);
    expect(sent[1]).toEqual({ interactionId: 'i', text: 'ab', revision: 2 });
    expect(journal.kept.get('i')).toBe('ab');
  });

  it('goes on top of a newer revision after a conflict', async () => {
    outcome = { kind: 'conflict' };
    drafts.edit('i', 'a');
    await pass(300);
    outcome = { kind: 'saved', savedAt: 2 };
    await pass(1);
    expect(sent.map((each) => each.revision)).toEqual([1, 2]);
    expect(view()?.status).toBe('saved');
  });

  it('does not send any more to an interaction that is over, and keeps the text', async () => {
    outcome = { kind: 'gone' };
    drafts.edit('i', 'a');
    await pass(60_000);
    expect(sent).toHaveLength(1);
    expect(journal.kept.get('i')).toBe('a');
  });

  it('takes over what the bridge holds, and counts on from its revision', async () => {
    drafts.adopt('i', { interactionId: 'i', text: 'stored', revision: 7, savedAt: 3 });
    expect(view()).toEqual({ text: 'stored', status: 'saved', savedAt: 3 });
    drafts.edit('i', 'stored more');
    await pass(300);
    expect(sent[0]?.revision).toBe(8);
  });

  it('finds unsaved text of before a reload and sends it', async () => {
    journal.write('i', 'typed before the reload');
    drafts.adopt('i', { interactionId: 'i', text: 'older', revision: 2, savedAt: 3 });
    expect(view()?.status).toBe('kept');
    await pass(0);
    expect(sent).toEqual([{ interactionId: 'i', text: 'typed before the reload', revision: 3 }]);
  });

  it('leaves nothing of a completed interaction on this computer', async () => {
    drafts.edit('i', 'a');
    drafts.forget('i');
    await pass(5_000);
    expect(journal.kept.size).toBe(0);
    expect(view()).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('hands out what was written for interactions that are over, stops sending it, and keeps it until told otherwise', async () => {
    outcome = { kind: 'failed' };
    journal.write('before the reload', 'older words');
    journal.write('blank', '  ');
    drafts.edit('i', 'a');
    drafts.edit('open', 'b');
    expect(drafts.isUnsaved('i')).toBe(true);
    expect(drafts.left(new Set(['open']))).toEqual([
      { interactionId: 'before the reload', text: 'older words' },
      { interactionId: 'i', text: 'a' },
    ]);
    await pass(5_000);
    expect(new Set(sent.map((each) => each.interactionId))).toEqual(new Set(['open']));
    expect(journal.kept.get('i')).toBe('a');
    drafts.forget('i');
    expect(journal.kept.has('i')).toBe(false);
  });
});

import * as z from 'zod/mini';
import type { DraftJournal } from '../../stores/index.ts';

/** What was typed in an editor and no bridge has yet. */
export interface Unsaved<Content> {
  readonly content: Content;
  /** The draft it was written on; null where there was none. */
  readonly basedOn: number | null;
  /** The hand that wrote it, where the editor tells one from another. */
  readonly writingId?: string | undefined;
}

/** Kept on this computer until it is stored, so that it outlives a page that is killed. */
export function unsavedWriting<Content>(journal: DraftJournal, schema: z.core.$ZodType<Content>) {
  const read = (text: string | null): Unsaved<Content> | null => {
    if (text === null) return null;
    try {
      const { content, basedOn, writingId } = JSON.parse(text) as Unsaved<unknown>;
      const judged = z.safeParse(schema, content);
      const isOne = judged.success || judged.error.issues.every(isUnfinished);
      const isKnown = (basedOn === null || Number.isInteger(basedOn)) && (writingId === undefined || typeof writingId === 'string');
      return isOne && isKnown ? { content: content as Content, basedOn, writingId } : null;
    } catch {
      return null;
    }
  };
  return {
    keep: (id: string, unsaved: Unsaved<Content>) => journal.write(id, JSON.stringify(unsaved)),
    /** Null where there is none, and for what another version of the program left there. */
    read: (id: string) => read(journal.read(id)),
    all: () => journal.all().map(({ interactionId: id, text }) => ({ id, unsaved: read(text) })),
    forget: (id: string) => journal.forget(id),
  };
}

/** Words that are too few or too many yet are what somebody was typing; everything else is of another shape. */
const isUnfinished = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_format' || ((issue.code === 'too_small' || issue.code === 'too_big') && issue.origin === 'string');

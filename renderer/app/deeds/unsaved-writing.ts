import * as z from 'zod/mini';
import type { DraftJournal } from '../../stores/index.ts';

/** What was typed in an editor and no bridge has yet, with the draft it was written on; null where there was none. */
export interface Unsaved<Content> {
  readonly content: Content;
  readonly basedOn: number | null;
}

/** Kept on this computer until it is stored, so that it outlives a page that is killed. */
export function unsavedWriting<Content>(journal: DraftJournal, schema: z.core.$ZodType<Content>) {
  const read = (text: string | null): Unsaved<Content> | null => {
    if (text === null) return null;
    try {
      const { content, basedOn } = JSON.parse(text) as Unsaved<unknown>;
      const judged = z.safeParse(schema, content);
      const isOne = judged.success || judged.error.issues.every(isUnfinished);
      return isOne && (basedOn === null || Number.isInteger(basedOn)) ? { content: content as Content, basedOn } : null;
    } catch {
      return null;
    }
  };
  return {
    keep: (id: string, content: Content, basedOn: number | null) => journal.write(id, JSON.stringify({ content, basedOn })),
    /** Null where there is none, and for what another version of the program left there. */
    read: (id: string) => read(journal.read(id)),
    all: () => journal.all().map(({ interactionId: id, text }) => ({ id, unsaved: read(text) })),
    forget: (id: string) => journal.forget(id),
  };
}

/** Words that are too few or too many yet are what somebody was typing; everything else is of another shape. */
const isUnfinished = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_format' || ((issue.code === 'too_small' || issue.code === 'too_big') && issue.origin === 'string');

import type { LiveInteraction } from '../live-interaction.ts';

/** What a menu found out that goes with the caller: into a queue, to another agent, into a call back, over a restart. */
export type Findings = Pick<LiveInteraction, 'facts' | 'skills'>;

/** As JSON; null where there is nothing. */
export function writtenFindings({ facts, skills }: Findings): string | null {
  return Object.keys(facts).length === 0 && skills === null ? null : JSON.stringify({ facts, skills });
}

/** What an item asks for that stands for them in a queue. */
export function needsOf(written: string | null): { readonly needs?: string } {
  const { skills } = readFindings(written);
  return skills === null ? {} : { needs: skills };
}

/** What is not as it was written is nothing. */
export function readFindings(written: string | null): Findings {
  if (written === null) return { facts: {}, skills: null };
  let read: unknown;
  try {
    read = JSON.parse(written);
  } catch {
    read = null;
  }
  const { facts, skills } = Object(read) as { readonly facts?: unknown; readonly skills?: unknown };
  const texts = Object.entries(Object(facts) as object).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { facts: Object.fromEntries(texts), skills: typeof skills === 'string' ? skills : null };
}

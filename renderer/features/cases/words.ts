import type { CaseFile, CaseStatus } from '../../../shared/contracts/record.ts';
import type { Text } from '../../i18n/index.ts';
import { isClosed } from '../../stores/index.ts';
import type { Tone } from '../../ui/index.ts';

export const statusTones: Readonly<Record<CaseStatus, Tone>> = {
  open: 'waiting',
  inProgress: 'talking',
  waiting: 'away',
  solved: 'ready',
  closed: 'away',
};

const soonMs = 24 * 3_600_000;

export interface Deadline {
  readonly text: string;
  readonly tone: 'broken' | 'waiting' | 'plain';
}

/** The one that counts now, in words: an answer owed before the solution. */
export function deadlineOf(
  text: Text,
  file: Pick<CaseFile, 'status' | 'responseDueAt' | 'respondedAt' | 'dueAt'>,
  now: number,
): Deadline | null {
  if (isClosed(file)) return null;
  const { t, formats } = text;
  const isAnswerOwed =
    file.respondedAt === null && file.responseDueAt !== null && (file.dueAt === null || file.responseDueAt <= file.dueAt);
  const at = isAnswerOwed ? file.responseDueAt : file.dueAt;
  if (at === null) return null;
  const when = formats.deadline(at, now);
  const kind = isAnswerOwed ? 'answer' : 'solution';
  if (at < now) return { text: t(`cases.${kind}Overdue`, { when }), tone: 'broken' };
  return { text: t(`cases.${kind}Due`, { when }), tone: at - now < soonMs ? 'waiting' : 'plain' };
}

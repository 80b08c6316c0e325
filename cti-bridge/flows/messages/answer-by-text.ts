import { highestScore } from '../../../shared/contracts/messages/settings.ts';
import type { StoredSurvey } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import { noteAnswer, textHolds } from './surveys.ts';

/** What was written about: a number alone, as phones and people write it. */
export function readScore(text: string): number | null {
  const written = /^[\s"“]*([1-5])\s*(分|stars?|points?)?[\s.!。！"”]*$/i.exec(text.normalize('NFKC'));
  return written ? Number(written[1]) : null;
}

/**
 * Whether this is the answer to what we asked, and not something for an agent: a number alone, from whom we asked on this line not long ago, who
 * has not answered yet. It is on disk then; told again, it is the same answer.
 */
export async function takeAnswer(
  told: { readonly sourceId: string; readonly addressKey: string; readonly text: string; readonly at: number; readonly partId: string },
  context: MessageContext,
): Promise<StoredSurvey | null> {
  const { surveys } = context;
  const score = readScore(told.text);
  if (score === null) return null;
  const asked = await surveys.findAsked(told.sourceId, told.addressKey, told.at - textHolds, told.partId);
  if (!asked) return null;
  const answer = { score, highest: highestScore, text: '', at: told.at };
  if (!(await surveys.answer(asked.interactionId, answer, told.partId))) return null;
  await noteAnswer(asked, score, context);
  return asked;
}

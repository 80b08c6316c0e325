import { highestScore } from '../../../shared/contracts/messages/settings.ts';
import type { StoredSurvey } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import { noteAnswer, textHolds } from './surveys.ts';

/** A text as a survey looks at it. */
interface Told {
  readonly sourceId: string;
  readonly addressKey: string;
  readonly text: string;
  readonly at: number;
  readonly partId: string;
}

/** Letters of a word that are kept. */
const longestWord = 2_000;

/** What was written about: a number alone, as phones and people write it. */
export function readScore(text: string): number | null {
  const written = /^[\s"“]*([1-5])\s*(分|stars?|points?)?[\s.!。！"”]*$/i.exec(text.normalize('NFKC'));
  return written ? Number(written[1]) : null;
}

/**
 * Whether this is the answer to what we asked, and not something for an agent: a number alone, from whom we asked on this line not long ago, who
 * has not answered yet. It is on disk then; told again, it is the same answer.
 */
export async function takeAnswer(told: Told, context: MessageContext): Promise<StoredSurvey | null> {
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

/**
 * Whether this is the word that we asked for beside the number: the first text after it, within the same time, where the survey has such a
 * question and nobody is in a conversation with them. It is on disk then; told again, it is the same word. A number alone is none.
 */
export async function takeWord(told: Told, context: MessageContext): Promise<boolean> {
  const { surveys, configuration } = context;
  const text = told.text.trim().slice(0, longestWord);
  if (text === '' || readScore(text) !== null) return false;
  const answered = await surveys.findWordless(told.sourceId, told.addressKey, told.at - textHolds, text);
  const settings = answered && configuration().surveys.find(({ id }) => id === answered.surveyId);
  if (!settings || settings.comment[answered.locale] === '') return false;
  return surveys.comment(answered.interactionId, text);
}

/** Said once, when the number has come: thanks, and what else we should like to know. */
export function replyToScore({ surveyId, locale }: StoredSurvey, { configuration }: Pick<MessageContext, 'configuration'>): string {
  const settings = configuration().surveys.find(({ id }) => id === surveyId);
  return [settings?.thanks[locale] ?? '', settings?.comment[locale] ?? ''].filter((said) => said !== '').join('\n');
}

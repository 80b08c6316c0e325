import type { FinishedRun, Guide, GuideRun } from '../../shared/contracts/guides.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { type AnswerProblem, stepsAhead } from '../../shared/guide-steps.ts';
import { interactionIdOf, type Work } from './current-work.ts';

/** A guide that stands open at a contact, and where the agent is in it. */
export interface GuideAtContact {
  readonly guide: Guide;
  readonly run: GuideRun;
  /** Null: its answers are in no case yet. */
  readonly finished: FinishedRun | null;
  /** Why it did not go on when it was last asked to. */
  readonly problems: readonly AnswerProblem[];
  /** Put aside in a call: what is known about the contact is shown in its place. */
  readonly isAside: boolean;
  /** Taken out over a wrap-up or a conversation in writing. */
  readonly isOver: boolean;
  /** Where the answers go; null opens a case, undefined is not chosen yet. */
  readonly caseId: string | null | undefined;
  readonly finishing: 'no' | 'busy' | 'failed' | 'handedOver';
  /** A colleague's, who asks for advice: it is only read. Null: the agent's own. */
  readonly readAlong: { readonly name: string } | null;
}

export interface GuidesState {
  /** By contact. Null: none is open there. */
  readonly at: Readonly<Record<string, GuideAtContact | null>>;
  /** What can be opened by hand. */
  readonly choices: readonly { readonly guideId: string; readonly name: { readonly en: string; readonly zh: string } }[];
  /** Choosing one for this contact. */
  readonly choosing: string | null;
  /** Looked at without a contact. */
  readonly preview: Guide | null;
}

export const noGuides: GuidesState = { at: {}, choices: [], choosing: null, preview: null };

/** The guide of the contact that has the agent's attention; null where none is open. */
export function guideAt({ at }: GuidesState, work: Work | null): GuideAtContact | null {
  return work ? (at[interactionIdOf(work)] ?? null) : null;
}

/** In a call it is in sight unless it was put aside; beside other work only when it was taken out. */
export function isGuideShown(guide: GuideAtContact | null, work: Work | null): boolean {
  if (!guide || !work || work.kind === 'ringing') return false;
  return work.kind === 'talking' || work.kind === 'joining' ? !guide.isAside : guide.isOver;
}

/** "Step 3 of 5": as many as the way is long by the answers so far. */
export function placeInGuide({ guide, run }: Pick<GuideAtContact, 'guide' | 'run'>): { readonly step: number; readonly of: number } {
  return { step: run.path.length, of: run.path.length + stepsAhead(guide, run).length };
}

/** The case that the answers go into: as chosen, otherwise the only open one of its kind; null opens one. */
export function caseForAnswers({ guide, caseId }: Pick<GuideAtContact, 'guide' | 'caseId'>, { match }: ScreenPop): string | null {
  if (caseId !== undefined) return caseId;
  const alike = match.kind === 'certain' ? match.contact.cases.filter(({ kind }) => kind === guide.case.kind) : [];
  return alike.length === 1 ? (alike[0]?.caseId ?? null) : null;
}

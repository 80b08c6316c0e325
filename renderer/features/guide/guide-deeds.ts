import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import type { GuideInput } from '../../../shared/guide-steps.ts';
import type { GuidesState, Work } from '../../stores/index.ts';

export type GuideName = GuidesState['choices'][number];

/** What is done with guides at contacts. */
export interface GuideDeeds {
  /** A contact is in hand, or more became known of it, or it became theirs whom it was only asked about: its guide is opened, if there is one. */
  attend(pop: ScreenPop, isAdvising: boolean): void;
  startChoosing(interactionId: string | null): void;
  /** By hand. What was begun of another one stays kept. */
  choose(pop: ScreenPop, guideId: string): Promise<void>;
  step(interactionId: string, input: GuideInput): void;
  show(work: Work, isShown: boolean): void;
  /** Where the answers go; null opens a case. */
  chooseCase(interactionId: string, caseId: string | null): void;
  /** Its answers go into the case. */
  finish(pop: ScreenPop): Promise<void>;
  /** Those whose name has these words; null when it cannot be asked. */
  find(text: string): Promise<readonly GuideName[] | null>;
  /** Beside the work at hand, otherwise to look at. */
  open(guideId: string): Promise<void>;
  closePreview(): void;
  openCase(contactId: string, caseId: string): void;
}

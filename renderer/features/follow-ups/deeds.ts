import type { UsualFollowUp } from '../../../shared/contracts/usual-follow-up.ts';
import type { FollowUpForm, FollowUpKind, FollowUpSubject, Owed } from '../../stores/index.ts';

/** What somebody does about what is owed to customers. */
export interface FollowUpDeeds {
  open(subject: FollowUpSubject, kind?: FollowUpKind, change?: Partial<FollowUpForm>): void;
  change(change: Partial<FollowUpForm>): void;
  close(): void;
  /** `isSure`: whatever speaks against the time. */
  store(isSure?: boolean): Promise<void>;
  /** The callback that stands already is to be at the time of the form, in its place. */
  moveStanding(): Promise<void>;
  /** Done; of a callback: not to be made any more. */
  done(owed: Pick<Owed, 'kind' | 'id'>): void;
  /** What is usual after an outcome: set down as it is proposed; of a callback the form, since it needs a time that fits. */
  addUsual(subject: FollowUpSubject, usual: UsualFollowUp): void;
  closeCase(caseId: string, interactionId: string): void;
  /** The person it is owed to; of a number that is nobody's, the form to move it. */
  show(owed: Owed): void;
}

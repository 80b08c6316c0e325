import type { CustomerScores } from '../../../shared/contracts/customer-scores.ts';

/** Where scores are kept and what is due to be computed again. Provided by the store. */
export interface ScoreUpkeep {
  areDue(at: number): Promise<boolean>;
  /** At most `limit` of those that are due. `isMore`: there are others. */
  recompute(settings: CustomerScores, at: number, limit: number): Promise<{ readonly computed: number; readonly isMore: boolean }>;
  /** Makes at most `limit` scores due that were computed by other settings; true when there are no more of them. */
  align(settings: CustomerScores, at: number, limit: number): Promise<boolean>;
}

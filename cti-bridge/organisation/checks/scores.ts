import { type Check, checkReference } from '../draft.ts';

/** The weights of customers' scores, where the organisation has its own: limits in their order, each currency once, outcomes that exist. */
export const checkScores: Check = (draft, report) => {
  const scores = draft.organisation?.customerScores;
  if (!scores) return;
  const at = 'organisation/customerScores';
  const ordered = (path: string, least: number, most: number, than: string) => {
    if (least > most) report(`${at}/${path}`, String(least), `at most ${most}, which is ${than}`);
  };
  const { levels, boxes, churn } = scores;
  const seen = new Set<string>();
  for (const [index, { of, currency, middle, high }] of levels.entries()) {
    ordered(`levels/${index}/middle`, middle, high, 'where the high level begins');
    if (seen.has(`${of} ${currency}`)) report(`${at}/levels/${index}/currency`, `${currency} twice for a ${of}`, 'each currency once');
    seen.add(`${of} ${currency}`);
  }
  ordered('boxes/middleFrom', boxes.middleFrom, boxes.highFrom, 'where the high box begins');
  ordered('churn/contractSoonDays', churn.contractSoonDays, churn.contractNearDays, 'when a contract begins to count');
  ordered('churn/complaintRecentDays', churn.complaintRecentDays, churn.complaintEarlierDays, 'how long an earlier complaint counts');
  ordered('churn/silentDays', churn.silentDays, churn.silentLongDays, 'when a silence is a long one');
  for (const [index, code] of churn.leavingOutcomes.entries())
    checkReference(draft, report, `${at}/churn/leavingOutcomes/${index}`, 'dispositions', code);
};

import { callbackReads } from './callback-reads.ts';
import { configurationReads } from './configuration-reads.ts';
import { contactReads } from './contact-reads.ts';
import { interactionReads } from './interaction-reads.ts';
import { organisationReads } from './organisation-reads.ts';
import { reportReads } from './report-reads.ts';
import { routingReads } from './routing-reads.ts';
import { scoreReads } from './score-reads.ts';
import { searchReads } from './search-reads.ts';

/** All that the reader thread answers. Apart from the writes, so that neither thread loads what only the other needs. */
export const readOperations = {
  ...callbackReads,
  ...configurationReads,
  ...contactReads,
  ...interactionReads,
  ...organisationReads,
  ...reportReads,
  ...routingReads,
  ...scoreReads,
  ...searchReads,
};

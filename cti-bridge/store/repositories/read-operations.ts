import { accountFileReads } from './account/file-reads.ts';
import { accountListReads } from './account/list-reads.ts';
import { callbackReads } from './callback-reads.ts';
import { callsOutReads } from './calls-out-reads.ts';
import { configurationReads } from './configuration-reads.ts';
import { contactReads } from './contact-reads.ts';
import { exchangeReads } from './exchange/exchange-reads.ts';
import { guideReads } from './guides/guide-reads.ts';
import { identityReads } from './identity-reads.ts';
import { importReads } from './import-reads.ts';
import { interactionReads } from './interaction-reads.ts';
import { flowReads } from './ivr/flow-reads.ts';
import { promptReads } from './ivr/prompt-rows.ts';
import { traceReads } from './ivr/trace-reads.ts';
import { articleReads } from './knowledge/article-reads.ts';
import { liveCallReads } from './live-call-reads.ts';
import { messageReads } from './messages/message-reads.ts';
import { moneyReads } from './money-reads.ts';
import { organisationReads } from './organisation-reads.ts';
import { presenceReads } from './presence-reads.ts';
import { privacyReads } from './privacy/privacy-reads.ts';
import { attachmentReads } from './record/attachment-store.ts';
import { caseReads } from './record/case-reads.ts';
import { commitmentReads } from './record/commitment-reads.ts';
import { recordPageReads } from './record/page-reads.ts';
import { scheduledCallbackReads } from './record/scheduled-callback-reads.ts';
import { streamReads } from './record/stream-reads.ts';
import { recordingReads } from './recording-reads.ts';
import { reportReads } from './report-reads.ts';
import { routingReads } from './routing-reads.ts';
import { scoreReads } from './score-reads.ts';
import { searchReads } from './search-reads.ts';
import { surveyReads } from './surveys.ts';

/** All that the reader thread answers. Apart from the writes, so that neither thread loads what only the other needs. */
export const readOperations = {
  ...accountFileReads,
  ...accountListReads,
  ...articleReads,
  ...callbackReads,
  ...callsOutReads,
  ...configurationReads,
  ...contactReads,
  ...identityReads,
  ...importReads,
  ...exchangeReads,
  ...flowReads,
  ...guideReads,
  ...interactionReads,
  ...liveCallReads,
  ...messageReads,
  ...moneyReads,
  ...organisationReads,
  ...presenceReads,
  ...privacyReads,
  ...promptReads,
  ...attachmentReads,
  ...caseReads,
  ...commitmentReads,
  ...recordPageReads,
  ...scheduledCallbackReads,
  ...streamReads,
  ...recordingReads,
  ...reportReads,
  ...routingReads,
  ...scoreReads,
  ...searchReads,
  ...surveyReads,
  ...traceReads,
};

import { accountWrites } from './account/account-writes.ts';
import { accountFileWrites } from './account/file-writes.ts';
import { handOverWrites } from './account/hand-over-writes.ts';
import { callbackWrites } from './callback-writes.ts';
import { configurationWrites } from './configuration-writes.ts';
import { contactWrites } from './contact-writes.ts';
import { eventWrites } from './event-writes.ts';
import { exchangeWrites } from './exchange/exchange-writes.ts';
import { guideWrites } from './guides/guide-writes.ts';
import { identityWrites } from './identity-writes.ts';
import { importWrites } from './import-writes.ts';
import { interactionWrites } from './interaction-writes.ts';
import { flowWrites } from './ivr/flow-writes.ts';
import { promptWrites } from './ivr/prompt-rows.ts';
import { traceWrites } from './ivr/trace-writes.ts';
import { articleWrites } from './knowledge/article-writes.ts';
import { liveCallWrites } from './live-call-writes.ts';
import { logInWrites } from './log-in-writes.ts';
import { messageWrites } from './messages/message-writes.ts';
import { outboxWrites } from './messages/outbox-writes.ts';
import { privacyWrites } from './privacy/privacy-writes.ts';
import { addressWrites } from './record/address-writes.ts';
import { attachmentWrites } from './record/attachment-store.ts';
import { caseWrites } from './record/case-writes.ts';
import { commitmentWrites } from './record/commitment-writes.ts';
import { identifierWrites } from './record/identifier-writes.ts';
import { personWrites } from './record/person-writes.ts';
import { scheduledCallbackWrites } from './record/scheduled-callback-writes.ts';
import { undoWrites } from './record/undo-writes.ts';
import { recordingWrites } from './recording-writes.ts';
import { routingWrites } from './routing-writes.ts';
import { scoreWrites } from './score-writes.ts';
import { searchWrites } from './search-writes.ts';
import { surveyWrites } from './surveys.ts';

/** All that the writer thread performs. */
export const writeOperations = {
  ...accountWrites,
  ...accountFileWrites,
  ...articleWrites,
  ...handOverWrites,
  ...callbackWrites,
  ...configurationWrites,
  ...contactWrites,
  ...identityWrites,
  ...importWrites,
  ...exchangeWrites,
  ...interactionWrites,
  ...liveCallWrites,
  ...logInWrites,
  ...eventWrites,
  ...flowWrites,
  ...guideWrites,
  ...messageWrites,
  ...outboxWrites,
  ...privacyWrites,
  ...promptWrites,
  ...addressWrites,
  ...attachmentWrites,
  ...caseWrites,
  ...commitmentWrites,
  ...identifierWrites,
  ...personWrites,
  ...scheduledCallbackWrites,
  ...undoWrites,
  ...recordingWrites,
  ...routingWrites,
  ...scoreWrites,
  ...searchWrites,
  ...surveyWrites,
  ...traceWrites,
};

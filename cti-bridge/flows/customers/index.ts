/**
 * The stories about customers, one file an area: the record, search, who is who, companies, imports, privacy. Each answers its commands of
 * the contract; `api/` has checked shape and right, the stories check whose customers somebody may see.
 */
import { type CommandName, type CommandRequest, customerCommands } from '../../../shared/contracts/bridge-events.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import type { ScheduledCallbacks } from '../scheduled-callbacks.ts';
import { createAccounts } from './accounts.ts';
import { refusal } from './answer.ts';
import { createCases } from './cases.ts';
import { createCommitments } from './commitments.ts';
import type { Exports } from './exports.ts';
import { createIdentity } from './identity.ts';
import type { Imports } from './imports.ts';
import { createMyCustomers } from './my-customers.ts';
import type { CustomerParts } from './parts.ts';
import { createPrivacy, type UnreadFiles } from './privacy.ts';
import { createRecords } from './records.ts';
import { createSearch } from './search.ts';

export type { CustomerParts } from './parts.ts';

export function createCustomers(
  parts: CustomerParts,
  imports: Pick<Imports, 'commands'>,
  exports: Pick<Exports, 'openLink'>,
  unreadFiles: UnreadFiles,
  listening: Pick<CustomerCommands, 'recording:open'>,
  scheduledCallbacks: Pick<ScheduledCallbacks, 'commands'>,
): CustomerCommands {
  const unanswered = Object.fromEntries(
    (Object.keys(customerCommands) as CommandName[]).map((name) => [
      name,
      async () => refusal('not_found', `${name} is not answered yet.`),
    ]),
  );
  return {
    ...unanswered,
    ...createRecords(parts),
    ...createCommitments(parts),
    ...createCases(parts),
    ...createIdentity(parts),
    ...createAccounts(parts),
    ...createMyCustomers(parts),
    ...imports.commands(),
    ...createPrivacy(parts, unreadFiles),
    'privacy:export-link': (asker: Asker, { text }: CommandRequest<'privacy:export-link'>) => exports.openLink(asker, text),
    ...createSearch(parts),
    ...scheduledCallbacks.commands(),
    'recording:open': listening['recording:open'],
  } as unknown as CustomerCommands;
}

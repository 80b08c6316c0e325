import type { AccountPage, AccountPerson, Anniversary } from '../../../shared/contracts/account.ts';
import type { CommandAnswer, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { TimelinePage } from '../../../shared/contracts/contact.ts';
import type { Attachment } from '../../../shared/contracts/record.ts';
import type { CustomerScope } from '../customer-store.ts';
import type { Change, Changing, NewAttachment } from '../record/ports.ts';

/** The page of a company as it is stored: people of the house and offices by id alone. */
export type AccountFile = Omit<AccountPage, 'orgPath' | 'deputies' | 'mayWrite'> & {
  readonly orgUnitId: string | null;
  readonly deputyIds: readonly string[];
};

type Mine = CommandAnswer<'account:mine'>['accounts'][number];
export type LookedAfter = Omit<Mine, 'orgPath'> & { readonly orgUnitId: string | null };

/** `keeper`: only where this agent is manager or deputy; null where whoever asks may change any in their scope. */
export interface OfAccount extends Changing {
  readonly accountId: string;
  readonly keeper: string | null;
}

export type AccountEdit = CommandRequest<'account:edit'>['fields'];
type WithoutAccount<Name extends 'account:set-visit' | 'account:set-anniversary' | 'account:add-gift'> = Omit<
  CommandRequest<Name>,
  'accountId'
>;

export interface HandOver extends Changing {
  readonly accountIds: readonly string[];
  /** Only customers of this manager; null: of anybody. */
  readonly from: string | null;
  readonly to: { readonly agentId: string; readonly name: string };
  /** Whose customers the new manager may see. */
  readonly toScope: CustomerScope;
  readonly remark: string;
}

/** Companies and households with the key-account file. Who is out of the scope does not exist. Every method may reject (disk). */
export interface AccountRepository {
  page(accountId: string, scope: CustomerScope, at: number): Promise<AccountFile | null>;
  stream(
    accountId: string,
    scope: CustomerScope,
    wanted: { readonly before: number | null; readonly limit: number; readonly text: string },
  ): Promise<TimelinePage | null>;
  /** As manager or deputy. */
  lookedAfterBy(agentId: string, scope: CustomerScope, at: number): Promise<readonly LookedAfter[]>;
  /** How many customers each manager has. */
  customersByManager(scope: CustomerScope): Promise<readonly { readonly agentId: string; readonly customers: number }[]>;
  /** Days to remember, the nearest first; of the customers of `agentId`, or of all when null. */
  care(agentId: string | null, scope: CustomerScope, days: number, at: number): Promise<readonly Anniversary[]>;

  edit(edit: OfAccount & { readonly basedOn: number; readonly fields: AccountEdit }): Change<null>;
  setPerson(setting: OfAccount & Pick<AccountPerson, 'contactId' | 'role' | 'influence' | 'stance'>): Change<null>;
  /** `agentId`: who makes it, where they take work here. */
  setVisit(
    visit: OfAccount & Omit<WithoutAccount<'account:set-visit'>, 'at'> & { readonly visitAt: number; readonly agentId: string | null },
  ): Change<null>;
  setAnniversary(anniversary: OfAccount & WithoutAccount<'account:set-anniversary'>): Change<null>;
  addGift(gift: OfAccount & Omit<WithoutAccount<'account:add-gift'>, 'at'> & { readonly givenAt: number }): Change<null>;
  /** `changeId` is the attachment's id. */
  addFile(file: OfAccount & NewAttachment): Change<Attachment>;
  /** All of them or none, in one unit of work. */
  handOver(handOver: HandOver): Change<{ readonly handedOver: number }>;
}

import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { AccountFields, AccountForm } from '../../stores/index.ts';

type OfOne<Name extends 'account:set-visit' | 'account:set-anniversary' | 'account:add-gift' | 'account:set-person'> = Omit<
  CommandRequest<Name>,
  'accountId'
>;

/** What can be done with the file of a company. Each ends in what the bridge says next. */
export interface AccountDeeds {
  /** Goes to the page of a company. */
  show(accountId: string): void;
  /** Asks again for the one that is open. */
  reload(): Promise<void>;
  /** More of the timeline, if there is more. */
  readMore(): Promise<void>;
  /** Only entries with these words; empty: all. */
  search(text: string): Promise<void>;
  /** True when it was stored. Otherwise `edit` of the store says what came in its way. */
  edit(fields: AccountFields): Promise<boolean>;
  dropEdit(): void;
  showForm(form: AccountForm | null): void;
  /** Each closes its form when it was stored. */
  setVisit(visit: OfOne<'account:set-visit'>): Promise<void>;
  setAnniversary(anniversary: OfOne<'account:set-anniversary'>): Promise<void>;
  addGift(gift: OfOne<'account:add-gift'>): Promise<void>;
  setPerson(person: OfOne<'account:set-person'>): Promise<void>;
  finishTask(taskId: string): Promise<void>;
  /** Files are added to the company's. */
  attach(files: readonly File[]): Promise<void>;
  /** A file of the company, as a download. */
  download(file: { readonly attachmentId: string; readonly name: string }): Promise<void>;
  /** Colleagues and offices, for choosing. */
  readChoices(): Promise<void>;
  /** Companies by name, for choosing the one above it in the group. */
  findCompanies(text: string): Promise<readonly { readonly accountId: string; readonly name: string }[]>;
}

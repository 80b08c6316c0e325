import type { CommandName, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { PersonEdit, RecordChange } from '../../../shared/contracts/record.ts';
import type { RecordForm, RecordTab, StreamFilter } from '../../stores/index.ts';

type Of<Name extends CommandName> = Omit<CommandRequest<Name>, 'contactId'>;

/** `taken`: the number or address is somebody else's on file already. */
export type Stored = 'stored' | 'taken' | 'refused';

/** What can be done on a customer's page. Every answer of the bridge is what the page shows afterwards. */
export interface RecordDeeds {
  open(contactId: string, openCaseId?: string): void;
  /** Asks again for what is open. */
  reload(): void;
  back(): void;
  showTab(tab: RecordTab): void;
  /** Unfolds a case, or folds it up. */
  showCase(caseId: string | null): void;
  showDrawer(drawer: 'none' | 'history' | 'merges'): void;
  showForm(form: RecordForm | null): void;

  /** Stores facts; somebody else's change in between is told and nothing is taken. Can be undone from the notice. */
  edit(change: PersonEdit): void;
  setIdentifier(request: Of<'contact:set-identifier'>): Promise<Stored>;
  removeIdentifier(identifierId: string): void;
  /** A number that several have as their own: a household's or a company's from now on, whichever of them it is looked at. */
  markShared(number: string | null, people: readonly { readonly contactId: string }[]): void;
  /** Somebody whose page is open is who is in the contact at hand. */
  chooseAsCaller(): void;
  setAddress(request: Of<'contact:set-address'>): Promise<boolean>;

  /** Both say whether it was stored, so that what was typed is kept where it was not. */
  addNote(text: string): Promise<boolean>;
  keepPromise(promiseId: string): void;
  addTask(request: Of<'contact:add-task'>): Promise<boolean>;
  finishTask(taskId: string): void;
  recordOffer(request: Of<'contact:record-offer'>): Promise<boolean>;
  openCase(request: Of<'case:open'>): Promise<boolean>;
  /** Creates somebody and opens their page; `interactionId` links them to the contact in hand. */
  create(request: CommandRequest<'contact:create'>): Promise<Stored>;

  filterStream(filter: StreamFilter): void;
  searchStream(text: string): void;
  loadMore(): void;

  moreHistory(): void;
  undoChange(change: RecordChange): void;

  attach(files: readonly File[]): void;
  download(attachmentId: string): void;
  /** Where a recording can be heard for a while; null, told in a notice, where it cannot. */
  hear(recordingId: string): Promise<string | null>;
}

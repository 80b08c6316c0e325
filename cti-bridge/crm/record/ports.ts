import type { Note, TimelinePage } from '../../../shared/contracts/contact.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type {
  Address,
  Attachment,
  CaseFile,
  ContactPage,
  CustomValue,
  IdentifierKind,
  OfferMade,
  PersonEdit,
  PromiseMade,
  RecordChange,
  StreamKind,
  Task,
} from '../../../shared/contracts/record.ts';
import type { Result } from '../../kernel/index.ts';
import type { Author, CustomerScope } from '../customer-store.ts';

/** What became of a change: stored, or refused in words that can be shown; then nothing of it is stored. */
export type Change<Value> = Promise<Result<Value, WireError>>;

/** What every change is told by. The same `changeId` again is the same change. */
export interface Changing {
  readonly changeId: string;
  readonly author: Author;
  readonly at: number;
  readonly scope: CustomerScope;
}

/** Of one person: any id of their cards. */
export interface OfContact extends Changing {
  readonly contactId: string;
}

/** Whose something is, so that it can be judged who may see it. Exactly one of the two. */
export interface RecordOwner {
  readonly contactId: string | null;
  readonly accountId: string | null;
}

export type SubjectKind = 'case' | 'promise' | 'task' | 'offer' | 'attachment';

/** The record of one person, read and changed. Whoever is out of the scope does not exist. Every method may reject (disk). */
export interface RecordRepository {
  page(contactId: string, scope: CustomerScope, at: number): Promise<ContactPage | null>;
  stream(
    contactId: string,
    scope: CustomerScope,
    wanted: { readonly before: number | null; readonly limit: number; readonly kinds: readonly StreamKind[]; readonly text: string },
  ): Promise<TimelinePage | null>;
  history(contactId: string, scope: CustomerScope, before: number | null, limit: number): Promise<readonly RecordChange[] | null>;
  sees(contactId: string, scope: CustomerScope): Promise<boolean>;
  /** Two ids of one person. */
  isSame(oneId: string, otherId: string): Promise<boolean>;
  ownerOf(kind: SubjectKind, id: string): Promise<RecordOwner | null>;

  edit(edit: OfContact & { readonly basedOn: number; readonly fields: PersonEdit }): Change<null>;
  create(person: NewPerson): Change<null>;
  setIdentifier(identifier: OfContact & IdentifierSetting): Change<null>;
  shareIdentifier(sharing: IdentifierSharing): Change<null>;
  removeIdentifier(removal: OfContact & { readonly identifierId: string }): Change<null>;
  setAddress(setting: OfContact & { readonly address: Omit<Address, 'addressId'> & { readonly addressId: string | null } }): Change<null>;
  undoChange(undo: OfContact & { readonly undoes: string }): Change<null>;
}

export interface NewPerson extends Changing {
  readonly contactId: string;
  readonly name: string;
  readonly locale: 'en' | 'zh';
  readonly title: string | null;
  readonly accountId: string | null;
  /** Whoever creates them has seen who else has their number: they are somebody else. */
  readonly isKnownToBeAnother: boolean;
  /** Of the office of whoever creates them, where they have one. */
  readonly orgUnitId: string | null;
  /** Normalised. */
  readonly identifiers: readonly { readonly kind: IdentifierKind; readonly value: string; readonly extension: string | null }[];
}

export interface IdentifierSetting {
  /** Null: a new one. */
  readonly identifierId: string | null;
  readonly kind: IdentifierKind;
  /** Normalised. */
  readonly value: string;
  readonly extension: string | null;
  readonly label: string | null;
  readonly verified: boolean;
  readonly shared: boolean;
}

/** Several people use one number or address: from now on it is nobody's own, in one unit of work. */
export interface IdentifierSharing extends Omit<Changing, 'scope'> {
  /** Normalised. */
  readonly value: string;
  readonly people: readonly Pick<OfContact, 'contactId' | 'scope'>[];
}

/** What is said, promised, to be done and offered. */
export interface CommitmentRepository {
  addNote(note: OfContact & { readonly text: string; readonly interactionId: string | null }): Change<Note>;
  makePromise(
    promise: OfContact & {
      readonly text: string;
      readonly dueAt: number;
      readonly ownerAgentId: string | null;
      readonly caseId: string | null;
      readonly interactionId: string | null;
    },
  ): Change<PromiseMade>;
  keepPromise(kept: Changing & { readonly promiseId: string }): Change<PromiseMade>;
  addTask(
    task: OfContact & {
      readonly title: string;
      readonly dueAt: number | null;
      readonly ownerAgentId: string | null;
      readonly caseId: string | null;
    },
  ): Change<Task>;
  finishTask(finished: Changing & { readonly taskId: string }): Change<Task>;
  recordOffer(
    offer: OfContact & {
      /** Null: made now. */
      readonly offerId: string | null;
      readonly name: string;
      readonly channel: OfferMade['channel'];
      readonly answer: OfferMade['answer'];
      readonly remark: string | null;
    },
  ): Change<OfferMade>;
  /** What an agent has promised and has to do, by when it is due. */
  workOf(
    agentId: string,
    scope: CustomerScope,
  ): Promise<{
    readonly promises: readonly (PromiseMade & { readonly contactName: string })[];
    readonly tasks: readonly (Task & { readonly customerName: string })[];
  }>;
}

export interface CaseRepository {
  read(caseId: string, scope: CustomerScope): Promise<CaseFile | null>;
  list(
    scope: CustomerScope,
    wanted: {
      readonly ownerAgentId: string | null;
      readonly state: 'open' | 'overdue' | 'closed';
      readonly limit: number;
      readonly at: number;
    },
  ): Promise<{ readonly cases: readonly CaseFile[]; readonly total: number }>;
  open(
    opened: OfContact & {
      readonly kind: CaseFile['kind'];
      readonly subject: string;
      readonly description: string;
      readonly priority: number;
      readonly productId: string | null;
      readonly ownerAgentId: string | null;
      readonly interactionId: string | null;
    },
  ): Change<CaseFile>;
  step(step: Changing & CaseStepTaken): Change<CaseFile>;
}

/** What is absent stays. */
export interface CaseStepTaken {
  readonly caseId: string;
  readonly basedOn: number;
  readonly text: string;
  readonly status?: CaseFile['status'] | undefined;
  readonly ownerAgentId?: string | null | undefined;
  readonly priority?: number | undefined;
  readonly dueAt?: number | null | undefined;
  readonly outcome?: string | null | undefined;
  readonly responded?: boolean | undefined;
  readonly custom?: Readonly<Record<string, CustomValue | null>> | undefined;
}

export interface NewAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The rows of attachments; `AttachmentFiles` has their bytes. */
export interface AttachmentRepository {
  /** `changeId` is the attachment's id. */
  add(attachment: OfContact & NewAttachment): Change<Attachment>;
  read(attachmentId: string, scope: CustomerScope): Promise<Attachment | null>;
}

/** Bytes of attachments, each a file named by its id alone. */
export interface AttachmentFiles {
  /** Rejects, and leaves nothing behind, when `content` does. Resolves when it is on disk. */
  write(attachmentId: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile>;
  /** Null when there is none. */
  open(attachmentId: string): Promise<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> } | null>;
  remove(attachmentId: string): Promise<void>;
}

export interface StoredFile {
  readonly bytes: number;
  readonly sha256: string;
  /** The first bytes, by which its type is judged. */
  readonly head: Uint8Array;
}

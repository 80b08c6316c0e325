import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Result } from '../../kernel/index.ts';
import type { Author, CustomerScope } from '../customer-store.ts';

/** Who does it, when, and whose customers they may see. `entryId` is that of the audit; the same again is the same action. */
export interface Auditable {
  readonly entryId: string;
  readonly author: Author;
  readonly at: number;
  readonly scope: CustomerScope;
}

export interface Erasure extends Auditable {
  readonly contactId: string;
  /** As typed; must be the name as it is shown. */
  readonly confirmName: string;
  readonly reason: string;
}

export interface Erased {
  /** Table or kind of file, and how many of it. */
  readonly removed: readonly { readonly what: string; readonly count: number }[];
  /** Files whose rows are gone: to be removed from the disk. */
  readonly attachmentIds: readonly string[];
  readonly recordingIds: readonly string[];
  /** Bytes of mails and documents as they came in, and files of messages. */
  readonly written: ErasedFiles;
}

export interface ErasedFiles {
  readonly arrivals: readonly string[];
  readonly files: readonly string[];
}

export interface LegalHold {
  readonly contactId: string;
  readonly name: string;
  readonly reason: string;
  readonly until: number | null;
  readonly by: string;
  readonly at: number;
}

/** Silent since `silentSince`, and in one of the stages, if any are named. */
export interface LapsedRule {
  readonly silentSince: number;
  readonly stages: readonly string[];
}

export interface LapsedPerson {
  readonly contactId: string;
  readonly name: string;
  readonly lastContactAt: number | null;
}

/** One line of the export: a person with what they are reached by. */
export interface ExportedPerson {
  readonly contactId: string;
  readonly name: string;
  readonly title: string | null;
  readonly company: string | null;
  readonly tier: string;
  readonly segment: string | null;
  readonly stage: string | null;
  readonly locale: string;
  readonly birthday: string | null;
  readonly orgUnitId: string | null;
  readonly prefersChannel: string | null;
  readonly allowsRecording: boolean;
  readonly allowsCallOffers: boolean;
  readonly allowsSmsOffers: boolean;
  readonly allowsEmailOffers: boolean;
  readonly mobiles: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly externalIds: readonly string[];
  readonly memberships: readonly string[];
  readonly address: {
    readonly lines: string;
    readonly city: string | null;
    readonly region: string | null;
    readonly postalCode: string | null;
    readonly country: string | null;
  } | null;
}

/** Everything stored of one person: rows by table, as they are. */
export interface Dossier {
  readonly name: string;
  readonly locale: string;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** Every method may reject (disk). Whoever is out of the scope does not exist. */
export interface PrivacyRepository {
  /** All ids of the person who has this one. */
  cardsOf(contactId: string): Promise<readonly string[]>;
  /** All cards of one person, out of every table. Refused while they are held, or wait for a call that was promised. */
  erase(erasure: Erasure): Promise<Result<Erased, WireError>>;
  /**
   * Makes sure that what was deleted can be read nowhere on the disk: not in the log of writes, not in a freed part of a page. False when the
   * readers kept it from doing so; then it is to be asked again.
   */
  purge(): Promise<boolean>;
  /** `reason` null lifts the hold. */
  hold(
    hold: Auditable & { readonly contactId: string; readonly reason: string | null; readonly until: number | null },
  ): Promise<Result<null, WireError>>;
  holds(scope: CustomerScope): Promise<readonly LegalHold[]>;
  countLapsed(rule: LapsedRule, scope: CustomerScope, at: number): Promise<number>;
  /** In the order of their ids, behind `after`. */
  lapsed(
    rule: LapsedRule,
    scope: CustomerScope,
    at: number,
    page: { readonly after: string; readonly limit: number },
  ): Promise<readonly LapsedPerson[]>;
  /** Those of them who still are lapsed; others stay. */
  eraseLapsed(
    lapsed: Omit<Auditable, 'entryId'> & { readonly rule: LapsedRule; readonly contactIds: readonly string[] },
  ): Promise<{ readonly deleted: number } & Pick<Erased, 'attachmentIds' | 'recordingIds' | 'written'>>;
  /** In the order of their ids, behind `after`; `text` empty is everybody. */
  exportPage(
    scope: CustomerScope,
    page: { readonly after: string; readonly limit: number; readonly text: string },
  ): Promise<readonly ExportedPerson[]>;
  dossier(contactId: string, scope: CustomerScope): Promise<Dossier | null>;
  audit(
    entry: Omit<Auditable, 'scope'> & {
      readonly kind: AuditKind;
      readonly subjectId: string | null;
      readonly reason?: string | null;
      readonly counts: Readonly<Record<string, number>>;
    },
  ): Promise<void>;
}

export type AuditKind = 'erasure' | 'hold' | 'holdLifted' | 'lapsedDeleted' | 'export' | 'dossier' | 'listening';

import type { Configuration, ConfigurationChange, ConfigurationRevision } from '../../shared/contracts/configuration.ts';
import type { SectionOrder } from './diff.ts';

/** A revision as it is kept: with how lists stood of which entries were removed, so that undoing puts them back in their places. */
export interface StoredRevision extends ConfigurationRevision {
  readonly orderBefore: SectionOrder;
}

/** A new configuration on its way to the store. */
export interface ConfigurationSaving {
  /** The revision it was made from; with another one stored since, nothing is saved. */
  readonly basedOn: number;
  readonly configuration: Configuration;
  /** Never none: an entry of the history without changes is one of a password. */
  readonly changes: readonly ConfigurationChange[];
  readonly orderBefore: SectionOrder;
  readonly at: number;
  readonly by: ConfigurationRevision['by'];
  readonly note: string;
}

/** A new password on its way to the store. Its entry in the history has no changes: it makes nobody's draft of the configuration outdated. */
export interface PasswordSetting extends Pick<ConfigurationSaving, 'at' | 'by' | 'note'> {
  readonly userId: string;
  readonly passwordHash: string;
}

/** How the history tells of it: whose, and never what. */
export const passwordNote = (name: string) => `password of ${name} set`;

/** Where the configuration and the history of its changes are kept. Provided by the store. */
export interface ConfigurationRepository {
  /** The last revision that changed something; 0 is what the organisation was given at the first start. */
  read(): Promise<{ readonly revision: number; readonly configuration: Configuration }>;
  /** The configuration and its entry in the history, in one unit of work. */
  save(saving: ConfigurationSaving): Promise<{ readonly saved: true; readonly revision: number } | { readonly saved: false }>;
  /** Newest first, those before `before`. */
  history(before: number | null, limit: number): Promise<readonly ConfigurationRevision[]>;
  readRevision(revision: number): Promise<StoredRevision | null>;
  /** The hash and its entry in the history, in one unit of work. False when there is no such user. */
  setPassword(setting: PasswordSetting): Promise<boolean>;
  /** Users who cannot sign in until somebody gives them a password. */
  usersWithoutPassword(): Promise<readonly { readonly userId: string; readonly username: string }[]>;
}

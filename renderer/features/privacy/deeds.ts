/** What leaves the house, and what is deleted. */
export interface PrivacyDeeds {
  /** Everything that is known of one person, as a file. */
  saveDossier(contactId: string): Promise<void>;
  /** All customers in sight that are found by these words; none: all. As CSV. */
  exportCustomers(text: string): Promise<void>;
  ask(dialog: { readonly kind: 'erase' | 'hold'; readonly contactId: string; readonly name: string } | null): void;
  erase(confirmName: string, reason: string): Promise<void>;
  /** `reason` null lifts the hold. */
  hold(contactId: string, reason: string | null, until: number | null): Promise<void>;
  /** Rules with their dry run, and who is held. */
  look(): Promise<void>;
  confirm(ruleId: string | null): void;
  /** Deletes those whom the dry run showed; when there are others by now nothing is deleted. */
  deleteLapsed(ruleId: string): Promise<void>;
}

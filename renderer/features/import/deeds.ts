import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { ImportMapping } from '../../../shared/contracts/imports.ts';

/** What can be done with files of customers, from sending one to taking back all that it brought. */
export interface ImportDeeds {
  /** Asks for the earlier imports. */
  open(): Promise<void>;
  /** Sends a file and looks into it. */
  send(file: File): Promise<void>;
  stopSending(): void;
  /** Opens an earlier one; null goes back to the list. */
  show(importId: string | null): Promise<void>;
  /** Looks again, read in another way. */
  readAs(reading: NonNullable<CommandRequest<'import:preview'>['reading']>): Promise<void>;
  change(change: Partial<ImportMapping>): void;
  check(): Promise<void>;
  start(): Promise<void>;
  cancel(): Promise<void>;
  goOn(): Promise<void>;
  askUndo(isAsking: boolean): void;
  undo(): Promise<void>;
  forget(importId: string): Promise<void>;
  moreProblems(): Promise<void>;
}

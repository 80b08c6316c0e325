import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { CaseFile } from '../../../shared/contracts/record.ts';
import type { CaseListState } from '../../stores/index.ts';

export interface CaseDeeds {
  /** Reads the list, and again whenever what is asked for changes. */
  list(asked: Partial<Pick<CaseListState, 'whose' | 'state'>>): void;
  open(caseId: string | null): void;
  /** One step. False when it was not taken: what was typed is kept, and the case is shown as it is now. */
  step(file: CaseFile, change: Omit<CommandRequest<'case:step'>, 'caseId' | 'basedOn'>): Promise<boolean>;
  /** Whoever a case can be given to. */
  owners(): Promise<readonly { readonly agentId: string; readonly name: string }[]>;
  openCustomer(file: CaseFile): void;
}

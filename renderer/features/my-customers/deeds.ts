import type { MyCustomersState } from '../../stores/index.ts';

/** What an account manager can do with the customers they look after. */
export interface MyCustomersDeeds {
  /** Asks for the list and the days to remember. */
  open(): Promise<void>;
  /** Another manager's customers; null: one's own. */
  showOf(agentId: string | null): Promise<void>;
  filter(change: Partial<Pick<MyCustomersState, 'text' | 'pressing' | 'order'>>): void;
  readCare(change: Partial<Pick<MyCustomersState['care'], 'days' | 'whose'>>): Promise<void>;
  choose(accountIds: readonly string[], isChosen: boolean): void;
  beginHandover(): Promise<void>;
  changeHandover(change: Partial<Pick<NonNullable<MyCustomersState['handover']>, 'toAgentId' | 'remark' | 'step'>>): void;
  handOver(): Promise<void>;
  endHandover(): void;
}

import type { Clock, Log } from '../../kernel/index.ts';
import type { Credentials } from '../auth/index.ts';
import type { Names } from '../names.ts';
import type { Bindings } from '../registrar/index.ts';
import type { BaseTimers, TransactionLayer } from '../transaction/index.ts';
import type { Outlets } from '../transport/index.ts';
import type { LegRegistry } from './leg-registry.ts';

/** What every leg is given. */
export interface LegParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly timers: BaseTimers;
  readonly names: Names;
  readonly transactions: TransactionLayer;
  readonly outlets: Outlets;
  readonly bindings: Bindings;
  readonly product: string;
  readonly legs: LegRegistry;
  /** For requests within a call, where the far side of that address asks for a password (RFC 3261 §22). */
  readonly credentialsAt: (host: string) => Credentials | null;
}

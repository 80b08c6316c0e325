import type { ErrorCode, WireError } from '../../../shared/contracts/errors.ts';
import { seconds } from '../../../shared/duration.ts';
import { err, type Result, withTimeLimit } from '../../kernel/index.ts';
import type { CustomerParts } from './parts.ts';

/** Whoever waits longer for the record is told so. */
const answerLimitMs = seconds(10);

/** What the store cannot do now is said as that, so that it is tried again; nothing of it has happened. */
export async function answered<Value>(
  { clock, log }: Pick<CustomerParts, 'clock' | 'log'>,
  what: string,
  work: Promise<Result<Value, WireError>>,
): Promise<Result<Value, WireError>> {
  try {
    return await withTimeLimit(clock, answerLimitMs, what, work);
  } catch (error) {
    log.error('customers:storeFailed', { what, error: String(error) });
    return err({ code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' });
  }
}

export const refusal = (code: ErrorCode, message: string) => err({ code, message });
/** The same for who is nobody and for who is out of sight: ids of others tell nothing. */
export const noSuchPerson = refusal('not_found', 'There is no such person, or they are not among those you may see.');
export const noSuchAccount = refusal('not_found', 'There is no such company, or it is not among those you may see.');

import { type SecretReference, settingPrefix } from '../../../shared/contracts/configuration.ts';
import type { TextKey } from '../../i18n/index.ts';

/**
 * What is wrong with one entry, told while it is typed and in the reader's language. The bridge checks the whole again before anything is
 * saved and knows more; what both find is said in these words.
 */
export interface Mistake {
  /** Path inside the entry. */
  readonly field: string;
  readonly key: TextKey;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export function ofSecret(field: string, secret: SecretReference | null): readonly Mistake[] {
  if (secret === null || !('env' in secret) || !secret.env.startsWith(settingPrefix)) return [];
  return [{ field: `${field}/env`, key: 'admin.mistake.ownVariable', facts: { value: settingPrefix } }];
}

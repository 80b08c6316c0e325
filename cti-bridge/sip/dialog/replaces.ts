import type { ReplacedDialog } from '../api.ts';
import { parseParams } from '../message/index.ts';

/**
 * Replaces (RFC 3891 §6.1): `call-id;to-tag=...;from-tag=...[;early-only]`, tags as the one who receives it knows them: to-tag is its own. Null
 * for anything else. Also as it stands escaped in a Refer-To, once unescaped.
 */
export function parseReplaces(value: string): ReplacedDialog | null {
  const semicolon = value.indexOf(';');
  if (semicolon < 1) return null;
  const params = parseParams(value.slice(semicolon + 1));
  if (!params.ok) return null;
  const toTag = params.value.get('to-tag');
  const fromTag = params.value.get('from-tag');
  if (!toTag || !fromTag) return null;
  return { callId: value.slice(0, semicolon).trim(), toTag, fromTag, isEarlyOnly: params.value.has('early-only') };
}

export const formatReplaces = ({ callId, toTag, fromTag, isEarlyOnly }: ReplacedDialog): string =>
  `${callId};to-tag=${toTag};from-tag=${fromTag}${isEarlyOnly ? ';early-only' : ''}`;

import { type BroughtIn, broughtInSchema, type DocumentPlace, documentPlacesSchema } from '../../../shared/contracts/messages/documents.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';

/** Where letters and forms can be brought to; null where it cannot be asked. */
export async function documentPlaces(bridge: Pick<Bridge, 'fetchFile'>): Promise<readonly DocumentPlace[] | null> {
  const fetched = await bridge.fetchFile('/api/documents/sources');
  if (!fetched.ok) return null;
  try {
    const answer = documentPlacesSchema.safeParse(JSON.parse(await fetched.value.content.text()));
    return answer.success ? answer.data.sources : null;
  } catch {
    return null;
  }
}

/**
 * Brings a letter or form in by hand; it becomes work like any other that comes, of that person where one is named. `progressed` is told the bytes
 * sent so far.
 */
export async function bringIn(
  bridge: Pick<Bridge, 'sendFile'>,
  { sourceId, contactId }: { readonly sourceId: string; readonly contactId: string | null },
  file: File,
  progressed?: (sentBytes: number) => void,
): Promise<CommandOutcome<BroughtIn>> {
  const whose = contactId === null ? '' : `&contactId=${encodeURIComponent(contactId)}`;
  const sent = await bridge.sendFile(`/api/documents?sourceId=${encodeURIComponent(sourceId)}${whose}`, file, progressed);
  if (!sent.ok) return sent;
  const answer = broughtInSchema.safeParse(sent.value);
  return answer.success
    ? { ok: true, value: answer.data }
    : { ok: false, error: { code: 'internal', message: 'The bridge answered oddly.' } };
}

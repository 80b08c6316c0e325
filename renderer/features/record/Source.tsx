import type { Provenance } from '../../../shared/contracts/record.ts';
import { type Text, useText } from '../../i18n/index.ts';

/** Where a value came from that was not typed here, and of when it is. */
export function sourceWords({ t, formats }: Text, provenance: NonNullable<Provenance>): string {
  const { source, at } = provenance;
  return at === null ? t('record.from', { source }) : t('record.fromAt', { source, date: formats.date(at) });
}

export function Source({ provenance }: { readonly provenance: Provenance }) {
  const text = useText();
  if (!provenance) return null;
  return <p className="small text-3 record-source">{sourceWords(text, provenance)}</p>;
}

import { useText } from '../../i18n/index.ts';
import { CustomFields } from './CustomFields.tsx';
import { Consent, Person } from './PersonFacts.tsx';
import { Addresses, Identifiers } from './Reached.tsx';
import type { OpenProps } from './RecordPage.tsx';
import { Source } from './Source.tsx';

/** Who they are, how they are reached, and what they agreed to: each fact is changed where it stands. */
export function FactsColumn(props: OpenProps) {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="record-facts" aria-label={t('record.facts')} tabIndex={0}>
      <h2 className="sr-only">{t('record.facts')}</h2>
      <Person {...props} />
      <Identifiers {...props} />
      <Addresses {...props} />
      <Consent {...props} />
      <CustomFields {...props} />
      <Source provenance={props.page.provenance} />
    </section>
  );
}

import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import { entrySigns, useText } from '../../i18n/index.ts';
import { Section } from '../../ui/index.ts';

export function LastContacts({
  record,
  title,
  count = 4,
}: {
  readonly record: ContactRecord;
  readonly title: string;
  readonly count?: number;
}) {
  const { t, formats } = useText();
  const { items, total } = record.timeline;
  return (
    <Section title={title} more={total > 0 ? t('customer.all', { count: total }) : undefined}>
      {items.length === 0 ? <p className="text-2">{t('customer.noContacts')}</p> : null}
      <ul className="list">
        {items.slice(0, count).map((item) => {
          const Icon = entrySigns[item.kind];
          return (
            <li key={item.id}>
              <span className="list-date">{formats.date(item.at)}</span>
              <Icon className="icon" aria-hidden="true" />
              <span className="whole">{item.title}</span>
              {item.outcome ? <span className="list-end">{item.outcome}</span> : null}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

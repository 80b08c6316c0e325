import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import { knowSentence, useText } from '../../i18n/index.ts';
import { classes, Section } from '../../ui/index.ts';

const toneOfSeverity = { 1: 'broken', 2: 'waiting', 3: 'away' } as const;

/** At most three things to know before speaking. Fewer when there are fewer; none says so. */
export function Know({ record, now }: { readonly record: ContactRecord; readonly now: number }) {
  const text = useText();
  const { t } = text;
  const things = record.thingsToKnow.slice(0, 3);
  if (things.length === 0) {
    return (
      <Section title={t('customer.knowTitle')}>
        <p className="text-2">{t('customer.knowNone')}</p>
      </Section>
    );
  }
  return (
    <Section title={things.length === 3 ? t('customer.know3') : t('customer.know', { count: things.length })} className="customer-know">
      <ol className="know">
        {things.map((thing, index) => {
          const { title, detail } = knowSentence(text, thing, now);
          return (
            <li key={`${thing.code} ${title}`}>
              <span className={classes('know-number', `know-${toneOfSeverity[thing.severity]}`)} aria-hidden="true">
                {index + 1}
              </span>
              <div>
                <p className="medium">{title}</p>
                {detail ? <p className="small text-2">{detail}</p> : null}
              </div>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

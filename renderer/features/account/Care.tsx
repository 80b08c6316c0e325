import { Check, Plus } from 'lucide-react';
import { useText } from '../../i18n/index.ts';
import { type Action, Chip, IconButton, Section } from '../../ui/index.ts';
import type { PartProps } from './Account.tsx';
import { chipOfPlan, inDays } from './words.ts';

const shownDays = 60;

/** Days to remember, and what is planned for each. */
export function Care({ page, deeds, now, isReadOnly, add }: PartProps & { readonly add: Action }) {
  const text = useText();
  const { t, formats } = text;
  const near = page.anniversaries.filter((each) => each.inDays <= shownDays);
  const shown = near.length > 0 ? near : page.anniversaries.slice(0, 3);
  return (
    <Section
      title={t('account.care')}
      more={
        <>
          <span>{near.length > 0 ? t('account.careNear', { count: shownDays }) : null}</span>
          {isReadOnly ? null : (
            <IconButton icon={Plus} label={add.label} shortcut={add.shortcut} onClick={add.perform} disabled={!add.isEnabled} />
          )}
        </>
      }
    >
      {shown.length === 0 ? <p className="text-3">{t('account.careNone')}</p> : null}
      <ul className="account-rows">
        {shown.map((each) => {
          const { tone, text: plan } = chipOfPlan(text, each);
          const content = (
            <>
              <span className="account-row-day" title={inDays(text, each.inDays)}>
                {formats.date(now + each.inDays * 86_400_000)}
              </span>
              <span className="whole">{each.label}</span>
              {each.done ? (
                <Chip tone={tone} icon={Check}>
                  {plan}
                </Chip>
              ) : (
                <Chip tone={tone}>{plan}</Chip>
              )}
            </>
          );
          return (
            <li key={each.anniversaryId}>
              {isReadOnly ? (
                <div className="account-row">{content}</div>
              ) : (
                <button
                  type="button"
                  className="account-row"
                  onClick={() => deeds.showForm({ kind: 'anniversary', anniversaryId: each.anniversaryId })}
                >
                  {content}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

import { Users } from 'lucide-react';
import { useStore } from 'zustand';
import { likenessSentence, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Section } from '../../ui/index.ts';
import type { MergeDeeds } from './deeds.ts';
import { confidenceWord } from './words.ts';
import './merge.css';

const mostShown = 5;

/** Others who may be the same person, the most likely first, each with why. */
export function DuplicateList(props: { readonly stores: Stores; readonly deeds: MergeDeeds; readonly contactId: string }) {
  const text = useText();
  const { t } = text;
  const { stores, deeds, contactId } = props;
  const duplicates = useStore(stores.record, (record) => record.duplicates);
  const mayMerge = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:merge') === true);
  if (duplicates === null || duplicates.length === 0) return null;
  return (
    <Section title={t('customer.duplicates')}>
      <ul>
        {duplicates.slice(0, mostShown).map((each) => (
          <li key={each.contactId} className="duplicate-line">
            <Users className="icon text-3" aria-hidden="true" />
            <span className="grow">
              <span className="whole medium">{each.name}</span>{' '}
              <span className="small text-3">{each.accountName ?? t('customer.private')}</span>
              <span className="small text-2 duplicates-why">
                {[confidenceWord(text, each.confidence), ...each.reasons.map((reason) => likenessSentence(text, reason))].join(' · ')}
              </span>
            </span>
            {mayMerge ? (
              <Button
                size="small"
                aria-label={t('merge.compareWith', { name: each.name })}
                onClick={() => deeds.compare(contactId, each.contactId)}
              >
                {t('merge.compare')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

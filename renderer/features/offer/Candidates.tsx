import { useStore } from 'zustand';
import type { Match } from '../../../shared/contracts/screen-pop.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Avatar, Chip, Kbd, Section } from '../../ui/index.ts';
import './offer.css';

export interface CandidatesProps {
  readonly stores: Stores;
  readonly match: Extract<Match, { kind: 'candidates' }>;
  /** Null while it rings: first the call is answered, then the caller is asked. */
  readonly onChoose: ((contactId: string) => void) | null;
}

/** Several people use this number: the agent asks, then chooses one (Alt 1 to 9). */
export function Candidates({ stores, match, onChoose }: CandidatesProps) {
  const { t, formats } = useText();
  const isChoosing = useStore(stores.view, (view) => view.pending.includes('candidate'));
  return (
    <Section className="offer-part" title={t('candidates.title')} more={onChoose ? t('candidates.textNow') : t('candidates.text')}>
      <ol className="candidates">
        {match.candidates.map((candidate, index) => (
          <li key={candidate.contactId}>
            <button
              type="button"
              className="candidate"
              disabled={isChoosing || onChoose === null}
              onClick={() => onChoose?.(candidate.contactId)}
              aria-keyshortcuts={index < 9 ? `Alt+${index + 1}` : undefined}
            >
              <Avatar name={candidate.name} />
              <span className="grow candidate-body">
                <span className="row">
                  <span className="whole medium">{candidate.name}</span>
                  {candidate.tier === 'standard' ? null : <Chip tone="outlined">{t(`customer.tier.${candidate.tier}`)}</Chip>}
                </span>
                <span className="cut small text-2">{candidate.accountName ?? t('customer.private')}</span>
              </span>
              <span className="small text-3 nowrap">
                {candidate.lastUsedAt === null
                  ? t('candidates.neverUsed')
                  : t('candidates.lastUsed', { date: formats.date(candidate.lastUsedAt) })}
              </span>
              {index < 9 ? <Kbd keys={`Alt+${index + 1}`} /> : null}
            </button>
          </li>
        ))}
      </ol>
    </Section>
  );
}

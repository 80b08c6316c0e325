import { UserPlus } from 'lucide-react';
import { useStore } from 'zustand';
import type { Candidate, Match } from '../../../shared/contracts/screen-pop.ts';
import { candidateReasonSentence, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Avatar, Button, Chip, Kbd, Section } from '../../ui/index.ts';
import './offer.css';

export interface CandidatesProps {
  readonly stores: Stores;
  readonly match: Extract<Match, { kind: 'candidates' }>;
  /** While it rings one may know already who it is; the caller is still to be asked. */
  readonly isRinging: boolean;
  /** Somebody who is not among them. */
  readonly create: Action;
  onChoose(contactId: string): void;
  /** From now on the number says a household or a company, nobody in particular. */
  onMarkShared(): void;
}

/** Several people use this number: the agent asks, then chooses one (Alt 1 to 9), or says that it is somebody else. */
export function Candidates({ stores, match, isRinging, create, onChoose, onMarkShared }: CandidatesProps) {
  const { t } = useText();
  const isChoosing = useStore(stores.view, (view) => view.pending.includes('candidate'));
  const mayWrite = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:write') === true);
  return (
    <Section className="offer-part" title={t('candidates.title')} more={t(isRinging ? 'candidates.text' : 'candidates.textNow')}>
      <ol className="candidates">
        {match.candidates.map((candidate, index) => (
          <li key={candidate.contactId}>
            <CandidateLine candidate={candidate} position={index + 1} isOff={isChoosing} onChoose={() => onChoose(candidate.contactId)} />
          </li>
        ))}
      </ol>
      <div className="row candidates-foot">
        <Button size="small" icon={UserPlus} shortcut={create.shortcut} disabled={!create.isEnabled} onClick={create.perform}>
          {t('candidates.nobody')}
        </Button>
      </div>
      {match.suggestShared && mayWrite ? (
        <p className="row small candidates-shared">
          <span className="grow text-2">{t('candidate.suggestShared')}</span>
          <Button size="small" disabled={isChoosing} onClick={onMarkShared}>
            {t('candidates.markShared')}
          </Button>
        </p>
      ) : null}
    </Section>
  );
}

const mostReasons = 3;

function CandidateLine(props: { readonly candidate: Candidate; readonly position: number; readonly isOff: boolean; onChoose(): void }) {
  const text = useText();
  const { t } = text;
  const { candidate, position, isOff, onChoose } = props;
  const why = candidate.reasons.slice(0, mostReasons).map((reason) => candidateReasonSentence(text, reason));
  return (
    <button
      type="button"
      className="candidate"
      disabled={isOff}
      onClick={onChoose}
      aria-keyshortcuts={position < 10 ? `Alt+${position}` : undefined}
    >
      <Avatar name={candidate.name} />
      <span className="grow candidate-body">
        <span className="row">
          <span className="whole medium">{candidate.name}</span>
          {candidate.tier === 'standard' ? null : <Chip tone="outlined">{t(`customer.tier.${candidate.tier}`)}</Chip>}
          <span className="cut small text-2">{candidate.accountName ?? t('customer.private')}</span>
        </span>
        <span className="small text-3">{why.length > 0 ? why.join(' · ') : t('candidates.neverUsed')}</span>
      </span>
      <span className="candidate-confidence figures small">
        <i aria-hidden="true">
          <b style={{ width: `${candidate.confidence}%` }} />
        </i>
        {t('candidate.confidence', { confidence: Math.round(candidate.confidence) })}
      </span>
      {position < 10 ? <Kbd keys={`Alt+${position}`} /> : null}
    </button>
  );
}

import { Check } from 'lucide-react';
import { useStore } from 'zustand';
import type { AssignedInteraction } from '../../../shared/contracts/interaction.ts';
import { callerName, pathSteps, useText } from '../../i18n/index.ts';
import type { Drafts } from '../../stores/index.ts';

export interface TravelsProps {
  readonly drafts: Drafts;
  readonly item: Pick<AssignedInteraction, 'interactionId' | 'pop'>;
  /** Whether whoever takes it has a screen of ours; a number outside has none. */
  readonly isSeen: boolean;
}

/** What whoever takes the call has on the screen before they answer, so that nobody has to tell it again. */
export function Travels({ drafts, item, isSeen }: TravelsProps) {
  const { t, formats } = useText();
  const note = useStore(drafts.store, (all) => all[item.interactionId]?.text ?? '');
  const { match } = item.pop;
  const company = match.kind === 'certain' ? match.contact.accountName : null;
  const steps = pathSteps(item.pop.path).length;
  const title = t(item.pop.written ? 'handOver.travels' : 'transfer.travels');
  const lines = [
    [
      t(item.pop.written ? 'handOver.customer' : 'transfer.packet.caller'),
      [callerName(t, item.pop), company].filter(Boolean).join(formats.language === 'zh' ? '，' : ', '),
    ],
    item.pop.written
      ? ([t('handOver.whole'), item.pop.written.subject ?? item.pop.written.preview] as const)
      : ([t('transfer.packet.path'), t('transfer.packet.path.steps', { count: steps })] as const),
    [t('transfer.packet.notes'), note.trim() === '' ? t('transfer.packet.noNotes') : note.trim()],
  ] as const;
  return (
    <section className="travels" aria-label={title}>
      <h3 className="travels-head">
        {title}{' '}
        {isSeen ? <span className="small text-3">{t(item.pop.written ? 'handOver.seenBefore' : 'transfer.seenBefore')}</span> : null}
      </h3>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name} className="travels-line">
            <dt>
              <Check className="icon icon-small tone-ready" aria-hidden="true" />
              {name}
            </dt>
            <dd className="small text-2">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

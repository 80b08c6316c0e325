import { Check } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { followUpSigns, useText } from '../../i18n/index.ts';
import { type Owed, owedToday, type Stores } from '../../stores/index.ts';
import { classes, IconButton, useMinute } from '../../ui/index.ts';

export interface PromisedTodayProps {
  readonly stores: Stores;
  onDone(owed: Owed): void;
  onShow(owed: Owed): void;
}

/** What this agent owes until tonight, what is late first. Enter opens whom it is owed to, Ctrl Enter says that it is done. */
export function PromisedToday({ stores, onDone, onShow }: PromisedTodayProps) {
  const { t } = useText();
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const owed = owedToday(
    useStore(stores.followUps, ({ mine }) => mine),
    now,
  );
  if (owed.length === 0) return null;
  return (
    <section aria-label={t('followUp.today')}>
      <h3 className="work-group small medium text-3">{t('followUp.today')}</h3>
      <ul>
        {owed.map((each) => (
          <Line key={`${each.kind} ${each.id}`} owed={each} now={now} stores={stores} onDone={onDone} onShow={onShow} />
        ))}
      </ul>
    </section>
  );
}

function Line({ owed, now, stores, onDone, onShow }: PromisedTodayProps & { readonly owed: Owed; readonly now: number }) {
  const { t, formats } = useText();
  const isBusy = useStore(stores.view, (view) => view.pending.includes('followUp'));
  const { kind, name, text, at, lateAfter, isInLine } = owed;
  const isLate = lateAfter !== null && lateAfter < now;
  const Sign = followUpSigns[kind];
  const done = t(kind === 'callback' ? 'followUp.cancelOf' : 'followUp.doneOf', { text, name });
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey || isBusy) return;
    event.preventDefault();
    onDone(owed);
  };
  return (
    <li className="owed">
      <button
        type="button"
        className="work-item owed-open"
        data-own-keys="Ctrl+Enter"
        aria-keyshortcuts="Control+Enter"
        onClick={() => onShow(owed)}
        onKeyDown={keyed}
      >
        <Sign className="icon" role="img" aria-label={t(`followUp.${kind}`)} />
        <span className="work-item-body">
          <span className="work-item-line">
            <span className="whole medium grow">{name}</span>
            <span className={classes('work-item-clock figures', isLate ? 'tone-broken' : isInLine && 'tone-waiting')}>
              {isInLine ? t('followUp.inLine') : at === null ? '' : formats.dateOrTime(at, now)}
              {isLate ? <span className="sr-only"> {t('followUp.late')}</span> : null}
            </span>
          </span>
          <span className="cut small text-2 work-item-preview">{text}</span>
        </span>
      </button>
      <IconButton className="owed-done" icon={Check} label={done} disabled={isBusy} onClick={() => onDone(owed)} />
    </li>
  );
}

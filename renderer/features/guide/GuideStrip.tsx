import { ListChecks } from 'lucide-react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { placeInGuide, type Stores } from '../../stores/index.ts';
import { type Action, Button } from '../../ui/index.ts';
import './guide.css';

/** One line over a wrap-up or a conversation in writing: how far its guide is, and the way into it. */
export function GuideStrip(props: {
  readonly stores: Stores;
  readonly interactionId: string;
  readonly show: Action;
  readonly isShown: boolean;
}) {
  const { stores, interactionId, show, isShown } = props;
  const { t, formats } = useText();
  const open = useStore(stores.guides, ({ at }) => at[interactionId] ?? null);
  if (!open) return null;
  const { finished, guide, run } = open;
  const place = placeInGuide(open);
  const state = finished
    ? t('guide.kept', { number: finished.caseNumber })
    : run.isAtEnd
      ? t('guide.notYetKept')
      : t('guide.place', { step: place.step, of: place.of });
  return (
    <div className="guide-strip">
      <ListChecks className="icon" aria-hidden="true" />
      <span className="medium cut">{guide.name[formats.language]}</span>
      <span className={finished ? 'small text-3 nowrap' : 'small guide-open nowrap'}>{state}</span>
      <span className="push" />
      <Button kind="quiet" size="small" shortcut={show.shortcut} disabled={!show.isEnabled} onClick={show.perform}>
        {t(isShown ? 'guide.putAside' : finished ? 'guide.look' : 'guide.goOn')}
      </Button>
    </div>
  );
}

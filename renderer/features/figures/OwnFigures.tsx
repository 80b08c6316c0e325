import { Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { levelTone, type Stores } from '../../stores/index.ts';
import { type Action, classes, onDemand, tipOf } from '../../ui/index.ts';
import type { FiguresDeeds } from './deeds.ts';
import { ownLevel } from './level.ts';
import { ratingText, type ShownFigure, shownFigures } from './shown-figures.ts';
import './figures.css';

const FiguresDialog = onDemand(async () => ({ default: (await import('./FiguresDialog.tsx')).FiguresDialog }));

export interface OwnFiguresProps {
  readonly stores: Stores;
  readonly deeds: FiguresDeeds;
  readonly action: Action;
  /** Opens the record of somebody one had. */
  onOpen(contactId: string): void;
}

export function OwnFigures({ stores, deeds, action, onOpen }: OwnFiguresProps) {
  const text = useText();
  const { t, formats } = text;
  const today = useStore(stores.desk, (desk) => desk.today);
  const isOpen = useStore(stores.view, (view) => view.open === 'figures');
  const [figure, setFigure] = useState<ShownFigure>('handled');
  const close = () => stores.view.setState((view) => (view.open === 'figures' ? { open: 'none' } : view));
  const level = ownLevel(today);
  const tone = levelTone(level.percent, level.targetPercent);
  const values: Readonly<Record<ShownFigure, string>> = {
    handled: formats.number(today.handled),
    average: today.averageHandlingMs === null ? t('figures.none') : formats.clock(today.averageHandlingMs),
    level: text.formats.percent(level.percent),
    rating: ratingText(text, today.rating?.average ?? null),
  };
  return (
    <>
      <fieldset className="own-figures" aria-label={t('figures.title')}>
        {shownFigures(today).map((each, at) => (
          <button
            key={each}
            type="button"
            aria-haspopup="dialog"
            {...tipOf(t(`figures.${each}.name`), at === 0 ? action.shortcut : null)}
            onClick={() => {
              setFigure(each);
              stores.view.setState({ open: 'figures' });
            }}
          >
            <span className={classes('own-figure figures', each === 'level' && tone !== 'plain' && `tone-${tone}`)}>{values[each]}</span>
            <span className="own-figure-name">
              {each === 'rating' ? t('figures.rating', { count: today.rating?.count ?? 0 }) : t(`figures.${each}`)}
            </span>
          </button>
        ))}
      </fieldset>
      {isOpen ? (
        <Suspense fallback={null}>
          <FiguresDialog {...{ stores, deeds, figure, onOpen }} onChoose={setFigure} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}

import { type ReactNode, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { GuideStrip } from '../features/guide/GuideStrip.tsx';
import { useText } from '../i18n/index.ts';
import { isGuideShown, popOf, type Work } from '../stores/index.ts';
import { classes, onDemand, Segments } from '../ui/index.ts';
import type { Desk } from './desk.ts';
import type { BoundActions } from './use-actions.ts';

const GuidePane = onDemand(async () => ({ default: (await import('../features/guide/index.ts')).GuidePane }));
const GuideChooser = onDemand(async () => ({ default: (await import('../features/guide/index.ts')).GuideChooser }));

export interface GuideOfWork {
  /** The guide where it is in sight; null otherwise. */
  readonly pane: ReactNode;
  /** To turn between the guide and what is known of the call; null where there is no guide. */
  readonly choice: ReactNode;
  /** How far it is, in one line; null where there is no guide. */
  readonly strip: ReactNode;
  /** The list to open one by hand, while it is open. */
  readonly chooser: ReactNode;
}

/** The guide of the contact in hand. It is asked for when the contact comes, and again when more is known of who it is. */
export function useGuide(desk: Desk, actions: BoundActions, work: Work): GuideOfWork {
  const { t } = useText();
  const { stores, guides } = desk;
  const pop = popOf(work);
  const { interactionId } = pop;
  const mayRun = useStore(stores.desk, (state) => state.user?.rights.includes('work:handle') === true);
  const isOnline = useStore(stores.connection, ({ bridge }) => bridge === 'connected');
  const open = useStore(stores.guides, ({ at }) => at[interactionId] ?? null);
  const isChoosing = useStore(stores.guides, ({ choosing }) => choosing === interactionId);
  const isInHand = work.kind !== 'ringing' && mayRun;
  const isAdvising = work.kind === 'talking' && work.item.call.advising !== undefined;
  useEffect(() => {
    if (isInHand && isOnline) guides.attend(pop, isAdvising);
  }, [guides, pop, isInHand, isOnline, isAdvising]);

  const isShown = isGuideShown(open, work);
  const pane = isShown ? (
    <Suspense fallback={null}>
      <GuidePane stores={stores} deeds={guides} pop={pop} actions={actions.byId} onArticle={desk.knowledge.open} />
    </Suspense>
  ) : null;
  return {
    pane,
    choice: open ? (
      <Segments
        label={t('guide.view')}
        value={isShown ? 'guide' : 'about'}
        segments={[
          { value: 'guide', label: t('guide.tab') },
          { value: 'about', label: t('guide.aboutCall') },
        ]}
        onChange={(shown) => guides.show(work, shown === 'guide')}
      />
    ) : null,
    strip: open ? <GuideStrip stores={stores} interactionId={interactionId} show={actions.byId['guide.show']} isShown={isShown} /> : null,
    chooser: isChoosing ? (
      <Suspense fallback={null}>
        <GuideChooser stores={stores} deeds={guides} pop={pop} />
      </Suspense>
    ) : null,
  };
}

/**
 * Work that is no live call, with its guide: over a wrap-up while it is taken out, and above a conversation in writing, which stays in sight.
 * Calls have it within their pane.
 */
export function BesideGuide(props: {
  readonly desk: Desk;
  readonly actions: BoundActions;
  readonly work: Work;
  readonly children: ReactNode;
}) {
  const { desk, actions, work, children } = props;
  const guide = useGuide(desk, actions, work);
  if (work.kind !== 'wrapping' && work.kind !== 'written') return children;
  const isWritten = work.kind === 'written';
  return (
    <>
      {guide.strip}
      {guide.chooser}
      {guide.pane ? <div className={classes('guide-over', isWritten && 'is-above')}>{guide.pane}</div> : null}
      {guide.pane && !isWritten ? null : children}
    </>
  );
}

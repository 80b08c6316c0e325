import { useStore } from 'zustand';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { useText } from '../../i18n/index.ts';
import type { GuideAtContact, Stores } from '../../stores/index.ts';
import { type Action, Button, Kbd, tipOf } from '../../ui/index.ts';
import { GuideEnd } from './GuideEnd.tsx';
import { GuideStepper } from './GuideStepper.tsx';
import type { GuideDeeds } from './guide-deeds.ts';

export interface GuidePaneProps {
  readonly stores: Stores;
  readonly deeds: GuideDeeds;
  readonly pop: ScreenPop;
  readonly actions: Readonly<Record<'guide.next' | 'guide.back' | 'guide.choose', Action>>;
  onArticle(number: string): void;
}

/** A guide beside the conversation: the steps, and the one where the agent is with what is said and asked there. */
export function GuidePane({ stores, pop, ...rest }: GuidePaneProps) {
  const open = useStore(stores.guides, ({ at }) => at[pop.interactionId] ?? null);
  return open ? <OpenGuide open={open} stores={stores} pop={pop} {...rest} /> : null;
}

function OpenGuide({ open, stores, deeds, pop, actions, onArticle }: GuidePaneProps & { readonly open: GuideAtContact }) {
  const { t } = useText();
  const { run } = open;
  const { interactionId } = pop;
  const back = actions['guide.back'];
  const next = actions['guide.next'];
  return (
    <GuideStepper
      open={open}
      onStep={(input) => deeds.step(interactionId, input)}
      onArticle={onArticle}
      end={(headingId) => <GuideEnd stores={stores} open={open} deeds={deeds} pop={pop} headingId={headingId} />}
      footer={
        open.readAlong ? (
          <p className="text-2">{t('guide.readAlong', { name: open.readAlong.name })}</p>
        ) : (
          <>
            {open.finished ? null : (
              <Button kind="primary" className="guide-go" shortcut={next.shortcut} disabled={!next.isEnabled} onClick={next.perform}>
                {run.isAtEnd ? t('guide.keep') : t('guide.next')}
              </Button>
            )}
            <Button
              kind="quiet"
              {...tipOf(t('guide.another'), actions['guide.choose'].shortcut)}
              onClick={actions['guide.choose'].perform}
              disabled={!actions['guide.choose'].isEnabled}
            >
              {t('guide.another')}
            </Button>
            <span className="push" />
            {run.path.length > 1 || run.isAtEnd ? (
              <button
                type="button"
                className="guide-back small text-3 nowrap"
                {...tipOf(t('guide.back'), back.shortcut)}
                disabled={!back.isEnabled}
                onClick={back.perform}
              >
                {t('guide.back')} {back.shortcut ? <Kbd keys={back.shortcut} /> : null}
              </button>
            ) : null}
          </>
        )
      }
    />
  );
}

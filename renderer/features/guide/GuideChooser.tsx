import { useStore } from 'zustand';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Dialog, EmptyState } from '../../ui/index.ts';
import type { GuideDeeds } from './guide-deeds.ts';

/** Opens a guide by hand. What was answered in another one stays kept. */
export function GuideChooser({ stores, deeds, pop }: { readonly stores: Stores; readonly deeds: GuideDeeds; readonly pop: ScreenPop }) {
  const { t, formats } = useText();
  const choices = useStore(stores.guides, (state) => state.choices);
  const isOpen = useStore(stores.guides, ({ choosing }) => choosing === pop.interactionId);
  return (
    <Dialog title={t('guide.choose')} isOpen={isOpen} onClose={() => deeds.startChoosing(null)}>
      {choices.length === 0 ? (
        <EmptyState title={t('guide.none')}>{t('guide.noneText')}</EmptyState>
      ) : (
        <ul className="guide-choices">
          {choices.map(({ guideId, name }) => (
            <li key={guideId}>
              <button type="button" className="guide-to-choose" onClick={() => void deeds.choose(pop, guideId)}>
                {name[formats.language]}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

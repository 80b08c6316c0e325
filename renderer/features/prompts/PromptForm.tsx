import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { hasUnsavedText, promptLocales, type Stores } from '../../stores/index.ts';
import { Button } from '../../ui/index.ts';
import type { PromptDeeds } from './deeds.ts';
import { SoundCard } from './SoundCard.tsx';

export interface PromptFormProps {
  readonly stores: Stores;
  readonly deeds: PromptDeeds;
  readonly promptId: string;
  readonly isReadOnly: boolean;
}

/** A prompt in both languages, and the storing of what was typed. */
export function PromptForm({ stores, deeds, promptId, isReadOnly }: PromptFormProps) {
  const { t } = useText();
  const isDirty = useStore(stores.prompts, (state) => hasUnsavedText(state, promptId));
  const failure = useStore(stores.prompts, (state) => (state.failure?.promptId === promptId ? state.failure.code : null));
  return (
    <>
      <div className="prompt-cards">
        {promptLocales.map((locale) => (
          <SoundCard key={locale} stores={stores} deeds={deeds} promptId={promptId} locale={locale} isReadOnly={isReadOnly} />
        ))}
      </div>
      {isReadOnly ? null : (
        <div className="prompt-save">
          <Button size="small" kind="primary" disabled={!isDirty} onClick={() => void deeds.save(promptId)}>
            {t('prompts.saveTexts')}
          </Button>
          <span className={failure ? 'small tone-broken' : 'small text-3'} role="status">
            {failure ? t(`failure.${failure}`) : isDirty ? t('prompts.unsaved') : t('prompts.heardNext')}
          </span>
        </div>
      )}
    </>
  );
}

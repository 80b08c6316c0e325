import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import { promptIdSchema } from '../../../shared/contracts/ivr/prompts.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Dialog, Field } from '../../ui/index.ts';
import type { PromptDeeds } from './deeds.ts';

/** Asks what a new prompt is to be called; it is there, empty, when that is stored. */
export function NewPrompt(props: {
  readonly stores: Stores;
  readonly deeds: PromptDeeds;
  readonly isOpen: boolean;
  onClose(): void;
  onMade(promptId: string): void;
}) {
  const { stores, deeds, isOpen, onClose, onMade } = props;
  const { t } = useText();
  const [promptId, setPromptId] = useState('');
  const isTaken = useStore(stores.prompts, (state) => state.prompts.some((each) => each.promptId === promptId));
  const failure = useStore(stores.prompts, (state) => (state.failure?.promptId === promptId ? state.failure.code : null));
  const isName = promptIdSchema.safeParse(promptId).success;
  const problem = isTaken
    ? t('prompts.taken')
    : promptId !== '' && !isName
      ? t('prompts.badName')
      : failure
        ? t(`failure.${failure}`)
        : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // A dialog of the drawing board is within its form for React.
    event.stopPropagation();
    if (!isName || isTaken || !(await deeds.save(promptId))) return;
    onMade(promptId);
    setPromptId('');
  };
  return (
    <Dialog title={t('prompts.newTitle')} isOpen={isOpen} onClose={onClose}>
      <form className="dialog-body prompt-new" onSubmit={(event) => void submit(event)}>
        <Field
          label={t('prompts.name')}
          problem={problem}
          value={promptId}
          maxLength={64}
          spellCheck={false}
          onChange={({ target }) => setPromptId(target.value.trimStart().replaceAll(' ', '-'))}
        />
        <p className="small text-3">{t('prompts.nameHint')}</p>
        <div className="row prompt-new-buttons">
          <Button onClick={onClose}>{t('prompts.cancel')}</Button>
          <Button type="submit" kind="primary" disabled={!isName || isTaken}>
            {t('prompts.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

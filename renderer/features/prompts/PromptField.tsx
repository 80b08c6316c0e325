import { Pencil, Plus, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { soundWords, useText } from '../../i18n/index.ts';
import { type PromptLocale, type Stores, soundStateOf } from '../../stores/index.ts';
import { Button, Chip, Dialog, IconButton, SoundPlayer } from '../../ui/index.ts';
import type { PromptDeeds } from './deeds.ts';
import { NewPrompt } from './NewPrompt.tsx';
import { PromptForm } from './PromptForm.tsx';
import './prompts.css';

export interface PromptFieldProps {
  readonly stores: Stores;
  readonly deeds: PromptDeeds;
  readonly value: readonly string[];
  onChange(value: readonly string[]): void;
  /** Whose text and sound is shown. */
  readonly locale: PromptLocale;
  readonly label: string;
  /** A single one, or none. */
  readonly isSingle: boolean;
  readonly isReadOnly: boolean;
}

/** The prompts of a setting, one after the other: chosen, heard, and written or recorded on the spot. */
export function PromptField({ stores, deeds, value, onChange, locale, label, isSingle, isReadOnly }: PromptFieldProps) {
  const text = useText();
  const { t, formats } = text;
  const id = useId();
  const { prompts, asked } = useStore(stores.prompts);
  /** The line that is open in the dialog, and the line that a new prompt goes to. */
  const [editing, setEditing] = useState<string | null>(null);
  const [newAt, setNewAt] = useState<number | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  useEffect(() => {
    if (asked.phase === 'none') void deeds.open();
  }, [asked.phase, deeds]);

  const chosen = isSingle ? [value[0] ?? ''] : value.length === 0 ? [''] : value;
  const lines = isAdding && !isSingle && value.length > 0 ? [...chosen, ''] : chosen;
  const put = (index: number, promptId: string) => {
    setIsAdding(false);
    const next = [...value];
    if (promptId === '') next.splice(index, 1);
    else next[index] = promptId;
    onChange(next);
  };
  const leave = () => {
    deeds.cancelRecording();
    setEditing(null);
  };
  return (
    <fieldset className="prompt-field">
      <legend className="label">{label}</legend>
      {lines.map((promptId, index) => {
        const prompt = prompts.find((each) => each.promptId === promptId);
        const sound = prompt?.sounds[locale];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same prompt may be heard twice
          <div key={index} className="prompt-field-line">
            <div className="row">
              <div className="field grow">
                <select
                  id={`${id}-${index}`}
                  aria-label={lines.length > 1 ? `${label} ${index + 1}` : label}
                  value={promptId}
                  disabled={isReadOnly}
                  onChange={({ target }) => put(index, target.value)}
                >
                  <option value="">{t(isSingle ? 'prompts.fieldNone' : 'prompts.fieldChoose')}</option>
                  {promptId === '' || prompt ? null : <option value={promptId}>{promptId}</option>}
                  {prompts.map((each) => (
                    <option key={each.promptId} value={each.promptId}>
                      {each.promptId}
                    </option>
                  ))}
                </select>
              </div>
              {promptId === '' ? (
                isReadOnly ? null : (
                  <Button size="small" kind="quiet" icon={Plus} onClick={() => setNewAt(index)}>
                    {t('prompts.fieldNew')}
                  </Button>
                )
              ) : (
                <>
                  <IconButton icon={Pencil} label={t('prompts.fieldEdit', { prompt: promptId })} onClick={() => setEditing(promptId)} />
                  {isReadOnly || isSingle ? null : (
                    <IconButton icon={X} label={t('prompts.fieldRemove', { prompt: promptId })} onClick={() => put(index, '')} />
                  )}
                </>
              )}
            </div>
            {prompt ? <p className="small text-2 prompt-field-said">{prompt.texts[locale]}</p> : null}
            {prompt && !sound ? (
              <Chip tone="waiting">{t(soundStateOf(prompt, locale) === 'text' ? 'prompts.onlyText' : 'prompts.noSound')}</Chip>
            ) : null}
            {sound ? (
              <SoundPlayer
                key={`${promptId} ${prompt?.revision} ${locale}`}
                durationMs={sound.durationMs}
                silences={[]}
                clock={formats.clock}
                open={() => deeds.hear(promptId, locale)}
                words={soundWords(text)}
              />
            ) : null}
          </div>
        );
      })}
      {isReadOnly || isSingle || value.length === 0 || isAdding ? null : (
        <Button size="small" kind="quiet" icon={Plus} onClick={() => setIsAdding(true)}>
          {t('prompts.fieldAdd')}
        </Button>
      )}
      <Dialog
        title={editing ?? ''}
        isWide
        isOpen={editing !== null}
        onClose={leave}
        footer={<Button onClick={leave}>{t('prompts.done')}</Button>}
      >
        <div className="dialog-body">
          {editing === null ? null : <PromptForm stores={stores} deeds={deeds} promptId={editing} isReadOnly={isReadOnly} />}
        </div>
      </Dialog>
      <NewPrompt
        stores={stores}
        deeds={deeds}
        isOpen={newAt !== null}
        onClose={() => setNewAt(null)}
        onMade={(promptId) => {
          put(newAt ?? 0, promptId);
          setNewAt(null);
          setEditing(promptId);
        }}
      />
    </fieldset>
  );
}

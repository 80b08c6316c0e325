import { AudioLines, Mic, Square, Upload, X } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { longestPromptText } from '../../../shared/contracts/ivr/prompts.ts';
import { soundWords, useText } from '../../i18n/index.ts';
import { type PromptLocale, promptTextOf, type Stores, typePrompt } from '../../stores/index.ts';
import { Button, classes, IconButton, SoundPlayer, TextArea, useSecond } from '../../ui/index.ts';
import type { PromptDeeds } from './deeds.ts';

export interface SoundCardProps {
  readonly stores: Stores;
  readonly deeds: PromptDeeds;
  readonly promptId: string;
  readonly locale: PromptLocale;
  readonly isReadOnly: boolean;
}

/** A prompt in one language: what it says, how it sounds, and the ways to another sound. A file may be dropped on it. */
export function SoundCard({ stores, deeds, promptId, locale, isReadOnly }: SoundCardProps) {
  const text = useText();
  const { t, formats } = text;
  const id = useId();
  const state = useStore(stores.prompts);
  const file = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const place = { promptId, locale };
  const prompt = state.prompts.find((each) => each.promptId === promptId);
  const sound = prompt?.sounds[locale] ?? null;
  const typed = promptTextOf(state, place);
  const isHere = state.busy?.promptId === promptId && state.busy.locale === locale;
  const trouble = state.trouble?.promptId === promptId && state.trouble.locale === locale ? state.trouble.why : null;
  const isRecording = isHere && state.busy?.what === 'recording';
  const canTake = !isReadOnly && state.busy === null;
  const take = (given: File | undefined) => {
    if (given && canTake) void deeds.upload(place, given);
  };
  const dragged = (event: DragEvent, isNow: boolean) => {
    event.preventDefault();
    setIsOver(isNow && canTake);
  };
  return (
    <section
      className={classes('prompt-card', isOver && 'is-over')}
      aria-labelledby={`${id}-title`}
      onDragOver={(event) => dragged(event, true)}
      onDragLeave={(event) => event.currentTarget === event.target && dragged(event, false)}
      onDrop={(event) => {
        dragged(event, false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <h3 id={`${id}-title`} className="prompt-card-title">
        {t(`prompts.language.${locale}`)}
      </h3>
      <TextArea
        rows={4}
        aria-label={t('prompts.textIn', { language: t(`prompts.language.${locale}`) })}
        placeholder={t('prompts.textPlaceholder')}
        lang={locale === 'zh' ? 'zh-CN' : 'en'}
        maxLength={longestPromptText}
        readOnly={isReadOnly}
        value={typed}
        onChange={({ target }) => stores.prompts.setState((now) => typePrompt(now, place, target.value))}
      />
      <div className="prompt-sound">
        {isRecording ? (
          <Recording stores={stores} deeds={deeds} />
        ) : sound ? (
          <SoundPlayer
            key={`${prompt?.revision} ${sound.durationMs}`}
            durationMs={sound.durationMs}
            silences={[]}
            clock={formats.clock}
            open={() => deeds.hear(promptId, locale)}
            words={soundWords(text)}
          />
        ) : (
          <p className="small text-3 prompt-none">{t(typed.trim() === '' ? 'prompts.noSound' : 'prompts.onlyText')}</p>
        )}
        <div className="row prompt-origin">
          <span className="small text-3">
            {sound === null
              ? null
              : sound.at === null
                ? t('prompts.origin.shipped')
                : t('prompts.originBy', {
                    origin: t(`prompts.origin.${sound.origin}`),
                    name: sound.by ?? '',
                    date: formats.date(sound.at),
                  })}
          </span>
          {sound && sound.origin !== 'shipped' && !isReadOnly ? (
            <Button size="small" kind="quiet" className="push" disabled={!canTake} onClick={() => void deeds.removeSound(place)}>
              {t(prompt?.isShipped ? 'prompts.backToShipped' : 'prompts.removeSound')}
            </Button>
          ) : null}
        </div>
      </div>
      {isReadOnly ? null : (
        <div className="prompt-ways">
          {state.speech === null ? null : (
            <Button size="small" icon={AudioLines} disabled={!canTake || typed.trim() === ''} onClick={() => void deeds.speak(place)}>
              {t('prompts.speak')}
            </Button>
          )}
          <Button size="small" icon={Mic} disabled={!canTake} onClick={() => void deeds.record(place)}>
            {t('prompts.record')}
          </Button>
          <Button size="small" icon={Upload} disabled={!canTake} onClick={() => file.current?.click()}>
            {t('prompts.upload')}
          </Button>
          <input
            ref={file}
            type="file"
            className="sr-only"
            tabIndex={-1}
            aria-label={`${t('prompts.upload')} ${t(`prompts.language.${locale}`)}`}
            accept="audio/*,.wav,.mp3,.ogg,.opus,.m4a,.flac"
            onChange={({ target }) => {
              take(target.files?.[0]);
              // The same file, mended meanwhile, may be chosen again.
              target.value = '';
            }}
          />
        </div>
      )}
      <p className={classes('small prompt-said', trouble ? 'tone-broken' : 'text-3')} role="status">
        {trouble
          ? t(`prompts.trouble.${trouble}`)
          : isHere && !isRecording && state.busy
            ? t(state.busy.what === 'speaking' ? 'prompts.speaking' : 'prompts.sending')
            : null}
      </p>
    </section>
  );
}

function Recording({ stores, deeds }: Pick<SoundCardProps, 'stores' | 'deeds'>) {
  const { t, formats } = useText();
  const level = useStore(stores.prompts, (state) => state.level);
  const since = useStore(stores.prompts, (state) => state.recordingSince);
  useSecond(0);
  return (
    <div className="prompt-recording">
      <meter className="prompt-level" min={0} max={1} value={level} aria-label={t('prompts.level')} />
      <span className="small figures text-2">{formats.clock(since === null ? 0 : Math.max(0, Date.now() - since))}</span>
      <Button size="small" kind="primary" icon={Square} onClick={() => void deeds.stopRecording()}>
        {t('prompts.stop')}
      </Button>
      <IconButton icon={X} label={t('prompts.discardRecording')} onClick={deeds.cancelRecording} />
    </div>
  );
}

import { AudioLines } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Prompt } from '../../../shared/contracts/ivr/prompts.ts';
import { useText } from '../../i18n/index.ts';
import { promptLocales, promptsShown, type Stores, soundStateOf } from '../../stores/index.ts';
import { Button, Chip, classes, Dialog, EmptyState, Segments } from '../../ui/index.ts';
import type { PromptDeeds } from './deeds.ts';
import { NewPrompt } from './NewPrompt.tsx';
import { PromptForm } from './PromptForm.tsx';
import './prompts.css';

export interface PromptsProps {
  readonly stores: Stores;
  readonly deeds: PromptDeeds;
}

/** The library: all prompts at the left, one of them in both languages at the right. */
export function Prompts({ stores, deeds }: PromptsProps) {
  const { t } = useText();
  const state = useStore(stores.prompts);
  const isReadOnly = useStore(stores.desk, (desk) => !desk.user?.rights.includes('configuration:write'));
  const [isMaking, setIsMaking] = useState(false);
  useEffect(() => void deeds.open(), [deeds]);
  useEffect(() => () => deeds.cancelRecording(), [deeds]);
  const selected = state.prompts.find(({ promptId }) => promptId === state.selectedId);
  return (
    <div className="prompts">
      <PromptList stores={stores} isReadOnly={isReadOnly} onNew={() => setIsMaking(true)} />
      <main className="pane" id="place-centre" tabIndex={-1}>
        {selected ? (
          <Selected key={selected.promptId} stores={stores} deeds={deeds} prompt={selected} isReadOnly={isReadOnly} />
        ) : (
          <div className="prompts-nothing">
            {state.asked.phase === 'failed' ? (
              <EmptyState title={t('prompts.failed')} action={<Button onClick={() => void deeds.open()}>{t('prompts.retry')}</Button>}>
                {t(`failure.${state.asked.code}`)}
              </EmptyState>
            ) : (
              <EmptyState icon={AudioLines} title={t('prompts.choose')}>
                {t(state.speech === null && state.asked.phase === 'ready' ? 'prompts.chooseSilent' : 'prompts.chooseText')}
              </EmptyState>
            )}
          </div>
        )}
      </main>
      <NewPrompt
        stores={stores}
        deeds={deeds}
        isOpen={isMaking}
        onClose={() => setIsMaking(false)}
        onMade={(promptId) => {
          setIsMaking(false);
          stores.prompts.setState({ selectedId: promptId, filter: '', shows: 'all' });
        }}
      />
    </div>
  );
}

function PromptList({ stores, isReadOnly, onNew }: { readonly stores: Stores; readonly isReadOnly: boolean; onNew(): void }) {
  const { t } = useText();
  const state = useStore(stores.prompts);
  const shown = promptsShown(state);
  return (
    <section className="pane prompts-list" id="place-work" tabIndex={-1} aria-labelledby="prompts-title">
      <div className="pane-head">
        <h1 id="prompts-title">{t('prompts.title')}</h1>
        <span className="small text-3 figures">{state.asked.phase === 'ready' ? t('prompts.count', { count: shown.length }) : null}</span>
        <span className="push" />
        {isReadOnly ? (
          <Chip tone="outlined">{t('prompts.readOnly')}</Chip>
        ) : (
          <Button size="small" onClick={onNew}>
            {t('prompts.new')}
          </Button>
        )}
      </div>
      <div className="prompts-filter">
        <div className="field">
          <input
            type="search"
            aria-label={t('prompts.filter')}
            placeholder={t('prompts.filter')}
            value={state.filter}
            onChange={({ target }) => stores.prompts.setState({ filter: target.value })}
          />
        </div>
        <Segments
          label={t('prompts.shows')}
          segments={(['all', 'own', 'incomplete'] as const).map((value) => ({ value, label: t(`prompts.shows.${value}`) }))}
          value={state.shows}
          onChange={(shows) => stores.prompts.setState({ shows })}
        />
      </div>
      <ul className="prompts-lines">
        {shown.map((prompt) => (
          <Line
            key={prompt.promptId}
            prompt={prompt}
            isOn={prompt.promptId === state.selectedId}
            onChoose={() => stores.prompts.setState({ selectedId: prompt.promptId })}
          />
        ))}
        {state.asked.phase === 'ready' && shown.length === 0 ? (
          <li className="small text-3 prompts-empty">{t('prompts.noneFound')}</li>
        ) : null}
      </ul>
    </section>
  );
}

function Line({ prompt, isOn, onChoose }: { readonly prompt: Prompt; readonly isOn: boolean; onChoose(): void }) {
  const { t, formats } = useText();
  const { language } = formats;
  const said = prompt.texts[language] || prompt.texts[language === 'en' ? 'zh' : 'en'];
  return (
    <li>
      <button
        type="button"
        className={classes('prompts-line', isOn && 'is-on')}
        aria-current={isOn ? 'true' : undefined}
        onClick={onChoose}
      >
        <span className="prompts-said">{said.trim() === '' ? t('prompts.saysNothing') : said}</span>
        <span className="small text-3 prompts-facts">
          <span className="prompts-id">{prompt.promptId}</span>
          {prompt.revision > 0 ? <Chip tone="accent">{t('prompts.own')}</Chip> : null}
          {promptLocales.map((locale) => {
            const state = soundStateOf(prompt, locale);
            if (state === 'sound') return null;
            return (
              <Chip key={locale} tone="waiting">
                {t(state === 'text' ? 'prompts.textOnlyIn' : 'prompts.missingIn', { language: t(`prompts.language.${locale}`) })}
              </Chip>
            );
          })}
        </span>
      </button>
    </li>
  );
}

function Selected(props: PromptsProps & { readonly prompt: Prompt; readonly isReadOnly: boolean }) {
  const { stores, deeds, prompt, isReadOnly } = props;
  const { t, formats } = useText();
  const [isRemoving, setIsRemoving] = useState(false);
  const isPlayedLive = prompt.usedBy.some(({ isLive }) => isLive);
  const canRemove = !isReadOnly && prompt.revision > 0 && (prompt.isShipped || !isPlayedLive);
  return (
    <>
      <div className="pane-head">
        <h2 className="prompts-id">{prompt.promptId}</h2>
        <span className="push" />
        {isReadOnly || prompt.revision === 0 ? null : (
          <Button size="small" kind="quiet" disabled={!canRemove} onClick={() => setIsRemoving(true)}>
            {t(prompt.isShipped ? 'prompts.asShipped' : 'prompts.remove')}
          </Button>
        )}
      </div>
      <div className="prompts-scroll">
        <PromptForm stores={stores} deeds={deeds} promptId={prompt.promptId} isReadOnly={isReadOnly} />
        <section className="section">
          <div className="section-head">
            <h3>{t('prompts.usedBy')}</h3>
          </div>
          {prompt.usedBy.length === 0 ? (
            <p className="small text-3">{t('prompts.usedByNone')}</p>
          ) : (
            <ul className="prompts-uses">
              {prompt.usedBy.map(({ flowId, name, isLive }) => (
                <li key={flowId} className="row">
                  <span>{name[formats.language]}</span>
                  <Chip tone={isLive ? 'ready' : 'plain'}>{t(isLive ? 'prompts.live' : 'prompts.draft')}</Chip>
                </li>
              ))}
            </ul>
          )}
          {isPlayedLive && !prompt.isShipped ? <p className="small text-3">{t('prompts.keptByLive')}</p> : null}
        </section>
      </div>
      <Dialog
        title={t(prompt.isShipped ? 'prompts.asShipped' : 'prompts.remove')}
        isOpen={isRemoving}
        onClose={() => setIsRemoving(false)}
        footer={
          <>
            <Button onClick={() => setIsRemoving(false)}>{t('prompts.cancel')}</Button>
            <Button
              kind="end"
              onClick={() => {
                setIsRemoving(false);
                void deeds.remove(prompt.promptId);
              }}
            >
              {t(prompt.isShipped ? 'prompts.asShipped' : 'prompts.remove')}
            </Button>
          </>
        }
      >
        <p className="dialog-body text-2">{t(prompt.isShipped ? 'prompts.asShippedText' : 'prompts.removeText')}</p>
      </Dialog>
    </>
  );
}

import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import type { FlowsState, LoginFailure } from '../../stores/index.ts';
import { Button, Dialog, Field, Select } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';
import { flowFrom, type Template, templates } from './templates.ts';

/** A name in both languages and one of the small flows to begin with. */
export function NewFlowDialog({ state, deeds, onClose }: { readonly state: FlowsState; readonly deeds: FlowDeeds; onClose(): void }) {
  const { t } = useText();
  const [en, setEn] = useState('');
  const [zh, setZh] = useState('');
  const [typedId, setTypedId] = useState<string | null>(null);
  const [template, setTemplate] = useState<Template>('menu');
  const [isAsked, setIsAsked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<LoginFailure | null>(null);
  const flowId = typedId ?? proposed(en);
  const hasQueues = state.references.queues.length > 0;
  const problems = {
    en: en.trim() === '' ? t('flows.nameMissing') : null,
    zh: zh.trim() === '' ? t('flows.nameMissing') : null,
    id: state.flows.some((flow) => flow.flowId === flowId)
      ? t('flows.idTaken')
      : /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(flowId)
        ? null
        : t('flows.idBad'),
  };
  const create = () => {
    setIsAsked(true);
    if (problems.en || problems.zh || problems.id || isBusy || !hasQueues) return;
    setIsBusy(true);
    const flow = flowFrom({ flowId, name: { en: en.trim(), zh: zh.trim() }, template }, state.references);
    void deeds.create(flow).then((why) => {
      setIsBusy(false);
      setFailure(why);
      if (why === null) onClose();
    });
  };
  return (
    <Dialog
      title={t('flows.newTitle')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('flows.cancel')}</Button>
          <Button kind="primary" disabled={isBusy || !hasQueues} onClick={create}>
            {t('flows.create')}
          </Button>
        </>
      }
    >
      <form
        className="dialog-body flow-new"
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) create();
        }}
      >
        <Field
          label={t('flows.nameEn')}
          value={en}
          maxLength={80}
          problem={isAsked ? problems.en : null}
          onChange={({ target }) => setEn(target.value)}
        />
        <Field
          label={t('flows.nameZh')}
          value={zh}
          maxLength={80}
          problem={isAsked ? problems.zh : null}
          onChange={({ target }) => setZh(target.value)}
        />
        <Field
          label={t('flows.id')}
          value={flowId}
          maxLength={64}
          spellCheck={false}
          problem={isAsked || typedId !== null ? problems.id : null}
          onChange={({ target }) => setTypedId(target.value)}
        />
        <p className="small text-3 flow-new-hint">{t('flows.idHint')}</p>
        <Select
          label={t('flows.template')}
          choices={templates.map((value) => ({ value, label: t(`flows.template.${value}`) }))}
          value={template}
          onChange={setTemplate}
        />
        {hasQueues ? null : <p className="field-problem">{t('flows.noQueues')}</p>}
        {failure ? (
          <p className="field-problem" role="alert">
            {t(`failure.${failure}`)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

function proposed(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
}

import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import { idSchema } from '../../../shared/contracts/setting-fields.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip, Dialog, Field } from '../../ui/index.ts';
import type { GuideEditorDeeds } from './guide-editor-deeds.ts';

/** What is asked before a guide begins, goes live, comes back or is withdrawn. */
export function EditorDialogs({ stores, deeds }: { readonly stores: Stores; readonly deeds: GuideEditorDeeds }) {
  const dialog = useStore(stores.guideEditor, (state) => state.dialog);
  switch (dialog) {
    case 'new':
      return <NewGuide stores={stores} deeds={deeds} />;
    case 'publish':
      return <Publish deeds={deeds} />;
    case 'versions':
      return <Versions stores={stores} deeds={deeds} />;
    case 'withdraw':
      return <Withdraw deeds={deeds} />;
    default:
      return null;
  }
}

function NewGuide({ stores, deeds }: { readonly stores: Stores; readonly deeds: GuideEditorDeeds }) {
  const { t } = useText();
  const [name, setName] = useState({ en: '', zh: '' });
  const [typedId, setTypedId] = useState<string | null>(null);
  const taken = useStore(stores.guideEditor, (state) => state.guides);
  const guideId = typedId ?? idOf(name.en);
  const isTaken = taken.some((each) => each.guideId === guideId);
  const isId = idSchema.safeParse(guideId).success;
  const isReady = isId && !isTaken && name.en.trim() !== '' && name.zh.trim() !== '';
  const close = () => deeds.showDialog(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) deeds.make(guideId, name);
  };
  return (
    <Dialog title={t('guideEditor.newTitle')} isOpen onClose={close}>
      <form className="dialog-body ge-dialog" onSubmit={submit}>
        {(['en', 'zh'] as const).map((language) => (
          <Field
            key={language}
            label={t(`guideEditor.in.${language}`, { label: t('guideEditor.guideName') })}
            maxLength={80}
            lang={language}
            value={name[language]}
            onChange={({ target }) => setName({ ...name, [language]: target.value })}
          />
        ))}
        <Field
          label={t('guideEditor.id')}
          spellCheck={false}
          maxLength={64}
          problem={isTaken ? t('guideEditor.taken') : guideId !== '' && !isId ? t('guideEditor.badId') : null}
          value={guideId}
          onChange={({ target }) => setTypedId(target.value.trim())}
        />
        <div className="row ge-buttons">
          <Button onClick={close}>{t('guideEditor.cancel')}</Button>
          <Button type="submit" kind="primary" disabled={!isReady}>
            {t('guideEditor.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const idOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

function Publish({ deeds }: { readonly deeds: GuideEditorDeeds }) {
  const { t } = useText();
  const [note, setNote] = useState('');
  const close = () => deeds.showDialog(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void deeds.publish(note.trim());
  };
  return (
    <Dialog title={t('guideEditor.publishTitle')} isOpen onClose={close}>
      <form className="dialog-body ge-dialog" onSubmit={submit}>
        <p>{t('guideEditor.publishText')}</p>
        <Field label={t('guideEditor.why')} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
        <div className="row ge-buttons">
          <Button onClick={close}>{t('guideEditor.cancel')}</Button>
          <Button type="submit" kind="primary">
            {t('guideEditor.publish')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Versions({ stores, deeds }: { readonly stores: Stores; readonly deeds: GuideEditorDeeds }) {
  const { t, formats } = useText();
  const versions = useStore(stores.guideEditor, (state) => state.versions);
  return (
    <Dialog title={t('guideEditor.versions')} isOpen isWide onClose={() => deeds.showDialog(null)}>
      <ul className="dialog-body ge-versions">
        {versions.map(({ version, at, by, note, restores, isLive }) => (
          <li key={version}>
            <span className="medium nowrap">{t('guideEditor.version', { version })}</span>
            <span className="grow">
              {formats.date(at)} {formats.timeOfDay(at)} · {by.name}
              {restores === null ? '' : ` · ${t('guideEditor.restores', { version: restores })}`}
              {note === '' ? null : <span className="text-3"> · {note}</span>}
            </span>
            {isLive ? (
              <Chip tone="ready">{t('guideEditor.isLive')}</Chip>
            ) : (
              <Button size="small" onClick={() => void deeds.restore(version)}>
                {t('guideEditor.restore')}
              </Button>
            )}
          </li>
        ))}
        {versions.length === 0 ? <li className="text-3">{t('guideEditor.noVersions')}</li> : null}
      </ul>
    </Dialog>
  );
}

function Withdraw({ deeds }: { readonly deeds: GuideEditorDeeds }) {
  const { t } = useText();
  const close = () => deeds.showDialog(null);
  return (
    <Dialog title={t('guideEditor.withdrawTitle')} isOpen onClose={close}>
      <div className="dialog-body ge-dialog">
        <p>{t('guideEditor.withdrawText')}</p>
        <div className="row ge-buttons">
          <Button onClick={close}>{t('guideEditor.cancel')}</Button>
          <Button kind="end" onClick={() => void deeds.withdraw()}>
            {t('guideEditor.withdraw')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

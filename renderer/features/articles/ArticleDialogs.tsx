import { useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip, Dialog, Field } from '../../ui/index.ts';
import type { ArticleDeeds } from './deeds.ts';

/** What is asked before an article is seen by others, or by nobody any more. */
export function ArticleDialogs({ stores, deeds }: { readonly stores: Stores; readonly deeds: ArticleDeeds }) {
  const { t } = useText();
  const dialog = useStore(stores.articles, (state) => state.dialog);
  const number = useStore(stores.articles, (state) => state.open?.number ?? '');
  const isBusy = useStore(stores.articles, (state) => state.isBusy);
  const isNew = useStore(stores.articles, (state) => state.open?.article?.summary.state === 'draft');
  const [note, setNote] = useState('');
  const close = () => {
    setNote('');
    stores.articles.setState({ dialog: null });
  };
  if (dialog === 'versions') return <Versions stores={stores} deeds={deeds} onClose={close} />;
  if (dialog === null) return null;
  const perform = () => {
    if (dialog === 'discard') deeds.discard();
    else deeds[dialog](note.trim());
    setNote('');
  };
  return (
    <Dialog
      title={t(`articles.${dialog}Title`, { number })}
      isOpen
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('articles.cancel')}</Button>
          <Button kind={dialog === 'publish' ? 'primary' : 'end'} disabled={isBusy} onClick={perform}>
            {t(`articles.${dialog}`)}
          </Button>
        </>
      }
    >
      <p className="dialog-body text-2">{t(dialog === 'discard' && isNew ? 'articles.discardNewText' : `articles.${dialog}Text`)}</p>
      {dialog === 'discard' ? null : (
        <div className="dialog-body">
          <Field
            label={t('articles.note')}
            placeholder={t('articles.noteHint')}
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </div>
      )}
    </Dialog>
  );
}

/** Every version that ever went live, the newest first. */
function Versions({ stores, deeds, onClose }: { readonly stores: Stores; readonly deeds: ArticleDeeds; onClose(): void }) {
  const { t, formats } = useText();
  const open = useStore(stores.articles, (state) => state.open);
  const isBusy = useStore(stores.articles, (state) => state.isBusy);
  return (
    <Dialog title={t('articles.versionsTitle', { number: open?.number ?? '' })} isOpen onClose={onClose} isWide>
      <ol className="articles-versions">
        {(open?.article?.versions ?? []).map(({ version, at, by, note, restores, isLive }) => (
          <li key={version} className="articles-version">
            <span className="figures medium">{t('knowledge.version', { version })}</span>
            <span className="grow">
              <span className="small text-3">
                {formats.date(at)} {formats.time(at)} · {by.name}
              </span>
              <span className="articles-version-note">
                {note || (restores === null ? '' : t('articles.restores', { version: restores }))}
              </span>
            </span>
            {isLive ? (
              <Chip tone="ready">{t('articles.state.live')}</Chip>
            ) : (
              <Button size="small" disabled={isBusy} onClick={() => deeds.restore(version, '')}>
                {t('articles.restore')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

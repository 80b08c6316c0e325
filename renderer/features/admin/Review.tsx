import { type RefObject, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Configuration, ConfigurationChange, ConfigurationProblem } from '../../../shared/contracts/configuration.ts';
import { useText } from '../../i18n/index.ts';
import type { ConfigurationReview, Stores } from '../../stores/index.ts';
import { Button, Chip, Dialog } from '../../ui/index.ts';
import type { AdminDeeds } from './deeds.ts';
import { placeText, problemText, valueText } from './words.ts';

export interface ReviewProps {
  readonly stores: Stores;
  readonly deeds: AdminDeeds;
  /** Closes the review and opens what a path leads to. */
  onShow(path: string): void;
}

/** Everything that would change, and everything that is wrong, before anything is saved. */
export function Review({ stores, deeds, onShow }: ReviewProps) {
  const { t } = useText();
  const { review, draft, base } = useStore(stores.configuration);
  const note = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={t('admin.review.title')} isWide isOpen={review !== null} onClose={deeds.closeReview} initialFocus={note}>
      {review && draft && base ? (
        <ReviewBody noteField={note} review={review} draft={draft} base={base} deeds={deeds} onShow={onShow} />
      ) : null}
    </Dialog>
  );
}

function ReviewBody(props: {
  readonly noteField: RefObject<HTMLInputElement | null>;
  readonly review: ConfigurationReview;
  readonly draft: Configuration;
  readonly base: Configuration;
  readonly deeds: AdminDeeds;
  onShow(path: string): void;
}) {
  const { review, draft, base, deeds, onShow } = props;
  const { t } = useText();
  const [note, setNote] = useState('');
  const maySave = review.phase === 'ready' && review.problems.length === 0 && review.changes.length > 0;

  return (
    <form
      className="admin-review"
      onSubmit={(event) => {
        event.preventDefault();
        if (maySave) void deeds.save(note.trim());
      }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keys. */}
      <section className="dialog-body admin-review-body" tabIndex={0} aria-label={t('admin.review.title')}>
        <p className="sr-only" role="status">
          {review.phase === 'checking' ? t('admin.review.checking') : t('admin.review.changes', { count: review.changes.length })}
        </p>
        {review.phase === 'checking' ? <p className="text-3">{t('admin.review.checking')}</p> : null}
        {review.phase === 'conflict' ? (
          <div className="admin-told is-waiting" role="alert">
            <p className="strong">{t('admin.review.conflict')}</p>
            <p>{t('admin.review.conflictText')}</p>
          </div>
        ) : null}
        {review.phase === 'failed' && review.failure ? (
          <div className="admin-told is-broken" role="alert">
            <p className="strong">{t('admin.review.failed')}</p>
            <p>{t(`failure.${review.failure}`)}</p>
          </div>
        ) : null}
        {review.clashes.length > 0 ? (
          <div className="admin-told is-waiting">
            <p className="strong">{t('admin.review.clashes')}</p>
            <ul>
              {review.clashes.map(({ section, key }) => (
                <li key={`${section}/${key}`}>
                  <PlaceLink draft={draft} path={key === '' ? section : `${section}/${key}`} onShow={onShow} />
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        {review.problems.length > 0 ? <Problems problems={review.problems} draft={draft} onShow={onShow} /> : null}
        {review.phase === 'ready' && review.changes.length === 0 && review.problems.length === 0 ? (
          <p className="text-2">{t('admin.review.none')}</p>
        ) : null}
        {review.changes.length > 0 ? (
          <>
            <h3 className="admin-review-title">{t('admin.review.changes', { count: review.changes.length })}</h3>
            <ChangeList changes={review.changes} before={base} after={draft} />
          </>
        ) : null}
      </section>
      <div className="dialog-footer admin-review-foot">
        <div className="field admin-control grow">
          <input
            ref={props.noteField}
            aria-label={t('admin.review.note')}
            placeholder={t('admin.review.note')}
            value={note}
            maxLength={500}
            onChange={({ target }) => setNote(target.value)}
          />
        </div>
        <Button onClick={deeds.closeReview}>{t('admin.review.back')}</Button>
        {review.phase === 'conflict' ? (
          <Button kind="primary" onClick={() => void deeds.takeOverNewest()}>
            {t('admin.review.takeOver')}
          </Button>
        ) : review.phase === 'failed' ? (
          <Button kind="primary" onClick={() => void deeds.review()}>
            {t('admin.review.again')}
          </Button>
        ) : (
          <Button kind="primary" type="submit" disabled={!maySave}>
            {review.phase === 'saving' ? t('admin.review.saving') : t('admin.review.save')}
          </Button>
        )}
      </div>
    </form>
  );
}

export function Problems(props: {
  readonly problems: readonly ConfigurationProblem[];
  readonly draft: Configuration;
  readonly title?: string;
  onShow(path: string): void;
}) {
  const { problems, draft, title, onShow } = props;
  const text = useText();
  return (
    <div className="admin-told is-broken" role="alert">
      <p className="strong">{title ?? text.t('admin.review.problems', { count: problems.length })}</p>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.found} ${problem.expected}`}>
            <PlaceLink draft={draft} path={problem.path} onShow={onShow} />
            <span>{problemText(text, draft, problem)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function PlaceLink({ draft, path, onShow }: { readonly draft: Configuration; readonly path: string; onShow(path: string): void }) {
  const text = useText();
  const place = placeText(text, draft, path);
  return (
    <button type="button" className="admin-link" onClick={() => onShow(path)}>
      {place}
    </button>
  );
}

const tones = { added: 'ready', changed: 'plain', removed: 'broken' } as const;

/** Changes line by line: where, what stood there and what stands there now, in words. */
export function ChangeList(props: {
  readonly changes: readonly ConfigurationChange[];
  /** To name what is gone, and what is new. */
  readonly before: Configuration;
  readonly after: Configuration;
}) {
  const { changes, before, after } = props;
  const text = useText();
  const { t } = text;
  return (
    <ul className="admin-changes">
      {changes.map((change) => {
        const named = change.kind === 'removed' ? before : after;
        const [section = '', key, ...rest] = change.path.split('/');
        const field = section === 'organisation' ? [key, ...rest].filter(Boolean).join('/') : rest.join('/');
        const said = (configuration: Configuration, json: string | null) => valueText(text, configuration, section as never, field, json);
        const isField = section === 'organisation' || rest.length > 0;
        // Only the order of the list.
        if (key === undefined)
          return (
            <li key={`${change.kind} ${change.path}`} className="admin-change">
              <Chip tone="plain">{t('admin.change.changed')}</Chip>
              <span className="grow admin-change-place">
                {placeText(text, named, change.path)} · {t('admin.change.order')}
              </span>
            </li>
          );
        return (
          <li key={`${change.kind} ${change.path}`} className="admin-change">
            <Chip tone={tones[change.kind]}>{t(`admin.change.${change.kind}`)}</Chip>
            <span className="grow">
              <span className="whole admin-change-place">{placeText(text, named, change.path)}</span>
              {isField ? (
                <span className="admin-change-values">
                  <span className="sr-only">{t('admin.change.before')} </span>
                  <del className="whole">{said(before, change.before)}</del>
                  <span aria-hidden="true"> → </span>
                  <span className="sr-only"> {t('admin.change.after')} </span>
                  <ins className="whole">{said(after, change.after)}</ins>
                </span>
              ) : change.kind === 'changed' ? null : (
                <span className="small text-3 whole">{said(named, change.after ?? change.before)}</span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

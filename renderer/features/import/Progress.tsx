import { useText } from '../../i18n/index.ts';
import { type ImportOpen, partRead } from '../../stores/index.ts';
import { Button, classes } from '../../ui/index.ts';
import type { ImportDeeds } from './deeds.ts';

/** An import that waits, runs or is taken back. Numbers change in place; the desktop may be left meanwhile. */
export function Progress({ open, deeds }: { readonly open: ImportOpen; readonly deeds: ImportDeeds }) {
  const { t, formats } = useText();
  const { view, busy, failure } = open;
  const part = partRead(view);
  const left = view.rowsPerSecond && part > 0.02 && view.state === 'running' ? (view.read / part - view.read) / view.rowsPerSecond : null;
  return (
    <div className="import-middle">
      <h1 className="import-title whole">{view.fileName}</h1>
      <p className="text-2" role="status">
        {t(`import.progress.${view.state === 'undoing' ? 'undoing' : view.state === 'waiting' ? 'waiting' : 'running'}`)}
      </p>
      {view.state === 'undoing' ? (
        <progress className="import-progress" aria-label={t('import.state.undoing')} />
      ) : (
        <progress className="import-progress" aria-label={t('import.state.running')} value={part} max={1} />
      )}
      <p className="row import-pace figures">
        <span className="strong">{t('import.percent', { percent: Math.floor(part * 100) })}</span>
        <span className="text-2">{t('import.rows', { count: view.read, number: formats.number(view.read) })}</span>
        <span className="text-3">
          {view.rowsPerSecond === null ? '' : t('import.rowsPerSecond', { number: formats.number(Math.round(view.rowsPerSecond)) })}
        </span>
        <span className="push text-3">{left === null || left < 2 ? '' : t('import.left', { time: formats.span(left * 1_000) })}</span>
      </p>
      <Counts view={view} />
      <p className="small tone-broken import-problem-line" role="alert">
        {failure ? t(`failure.${failure}`) : null}
      </p>
      {view.state === 'undoing' ? null : (
        <div className="row">
          <Button disabled={busy !== null} onClick={() => void deeds.cancel()}>
            {t('import.cancel')}
          </Button>
          <span className="small text-3">{t('import.cancelText')}</span>
        </div>
      )}
    </div>
  );
}

/** Of the rows that were read, what became of them. */
export function Counts({ view }: { readonly view: ImportOpen['view'] }) {
  const { t, formats } = useText();
  return (
    <dl className="import-figures">
      {(['created', 'updated', 'skipped', 'refused'] as const).map((what) => (
        <div key={what}>
          <dt>{t(`import.count.${what}`)}</dt>
          <dd className={classes('figures', what === 'refused' && view.refused > 0 && 'tone-broken')}>{formats.number(view[what])}</dd>
        </div>
      ))}
    </dl>
  );
}

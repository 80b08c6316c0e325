import type { ImportView } from '../../../shared/contracts/imports.ts';
import { type Text, useText } from '../../i18n/index.ts';
import type { ImportOpen } from '../../stores/index.ts';
import { Button, Chip, Dialog } from '../../ui/index.ts';
import type { ImportDeeds } from './deeds.ts';
import { ProblemList } from './ProblemList.tsx';
import { Counts } from './Progress.tsx';
import { stateTones, targetName } from './words.ts';

/** How an import ended, what was left out, and taking it back. */
export function Result({
  open,
  isAskingUndo,
  deeds,
}: {
  readonly open: ImportOpen;
  readonly isAskingUndo: boolean;
  readonly deeds: ImportDeeds;
}) {
  const text = useText();
  const { t, formats } = text;
  const { view, busy, failure, problems, kept } = open;
  const hasStored = view.created + view.updated > 0;
  const mayUndo = hasStored && view.state !== 'undone';
  return (
    <>
      <div className="pane-head import-head">
        <h1 className="cut" title={view.fileName}>
          {view.fileName}
        </h1>
        <Chip tone={stateTones[view.state]}>{t(`import.state.${view.state}`)}</Chip>
        <span className="small text-3 nowrap">{text.formats.size(view.bytes)}</span>
        <span className="push" />
        {view.state === 'interrupted' ? (
          <Button size="small" kind="primary" disabled={busy !== null} onClick={() => void deeds.goOn()}>
            {t('import.goOn')}
          </Button>
        ) : null}
        {mayUndo ? (
          <Button size="small" disabled={busy !== null} onClick={() => deeds.askUndo(true)}>
            {t('import.undo')}
          </Button>
        ) : null}
        <Button size="small" kind="quiet" disabled={busy !== null} onClick={() => void deeds.forget(open.importId)}>
          {t('import.forget')}
        </Button>
      </div>
      <div className="import-scroll">
        <section className="import-part">
          <h2>{endWords(text, view)}</h2>
          <Counts view={view} />
          <p className="small text-3">
            {t('import.byAt', { name: view.by, date: formats.date(view.at), time: formats.time(view.at) })}
            {workedMs(view) === null ? '' : t('import.took', { time: formats.span(workedMs(view) ?? 0) })}
          </p>
          <p className="small tone-broken import-problem-line" role="alert">
            {failure ? t(`failure.${failure}`) : null}
          </p>
        </section>
        {kept.length > 0 ? (
          <section className="import-part">
            <h2>{t('import.kept', { count: view.kept })}</h2>
            <p className="text-2">{t('import.keptText')}</p>
            <ul className="import-people">
              {kept.map(({ contactId, name, field }) => (
                <li key={`${contactId} ${field}`}>
                  <span className="medium whole">{name}</span>
                  <span className="small text-3">{field === null ? t('import.keptWhole') : targetName(text, field, [])}</span>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {problems.length > 0 ? (
          <section className="import-part">
            <h2>{t('import.problems', { count: view.refused })}</h2>
            <ProblemList problems={problems} onMore={open.nextProblem === null ? undefined : () => void deeds.moreProblems()} />
          </section>
        ) : null}
      </div>
      <Dialog
        title={t('import.undoTitle')}
        isOpen={isAskingUndo}
        onClose={() => deeds.askUndo(false)}
        footer={
          <>
            <Button onClick={() => deeds.askUndo(false)}>{t('import.undoNo')}</Button>
            <Button kind="end" onClick={() => void deeds.undo()}>
              {t('import.undoYes')}
            </Button>
          </>
        }
      >
        <p className="dialog-body text-2">
          {t('import.undoText', { created: formats.number(view.created), updated: formats.number(view.updated) })}
        </p>
      </Dialog>
    </>
  );
}

function endWords({ t }: Text, { state, failure, refused }: ImportOpen['view']): string {
  if (failure) return t(`import.failure.${failure}`);
  if (state === 'canceled' || state === 'interrupted' || state === 'undone' || state === 'failed') return t(`import.ended.${state}`);
  return refused > 0 ? t('import.ended.doneSome', { count: refused }) : t('import.ended.done');
}

/** For how long its rows were taken in: not the time in which somebody looked at what the columns become, nor when it was taken back. */
function workedMs({ finishedAt, read, rowsPerSecond }: ImportView): number | null {
  return finishedAt === null || !rowsPerSecond ? null : Math.max(1_000, (read * 1_000) / rowsPerSecond);
}

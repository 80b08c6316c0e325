import { ArrowUpRight, Briefcase, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { CaseFile } from '../../../shared/contracts/record.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip, classes, EmptyState, IconButton, Segments, useNow } from '../../ui/index.ts';
import { CaseView } from './CaseView.tsx';
import type { CaseDeeds } from './deeds.ts';
import { deadlineOf, statusTones } from './words.ts';
import './cases.css';

/** Cases as work: mine or all that I may see, the overdue first; one of them open beside the list. */
export function CaseList({ stores, deeds }: { readonly stores: Stores; readonly deeds: CaseDeeds }) {
  const { t } = useText();
  const { whose, state, phase, cases, total, openId, failure } = useStore(stores.cases);
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const isOnline = useStore(stores.connection, (connection) => connection.bridge === 'connected');
  const open = cases.find(({ caseId }) => caseId === openId) ?? null;

  useEffect(() => {
    if (isOnline) deeds.list({});
  }, [deeds, isOnline]);

  return (
    <div className={classes('cases', open && 'has-open')}>
      <main className="pane" id="place-centre" tabIndex={-1}>
        <header className="pane-head">
          <h1 className="cases-title">{t('cases.title')}</h1>
          <Segments
            label={t('cases.whose')}
            value={whose}
            onChange={(value) => deeds.list({ whose: value })}
            segments={(['mine', 'all'] as const).map((value) => ({ value, label: t(`cases.${value}`) }))}
          />
          <Segments
            label={t('cases.which')}
            value={state}
            onChange={(value) => deeds.list({ state: value })}
            segments={(['open', 'overdue', 'closed'] as const).map((value) => ({ value, label: t(`cases.which.${value}`) }))}
          />
          <span className="push small text-3" role="status">
            {phase === 'loading' ? t('cases.loading') : phase === 'failed' ? '' : t('cases.count', { count: total })}
          </span>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
        <section className="cases-body" tabIndex={0} aria-label={t('cases.title')}>
          {phase === 'failed' ? (
            <EmptyState
              icon={Briefcase}
              title={t('cases.failed')}
              action={<Button onClick={() => deeds.list({})}>{t('timeline.retry')}</Button>}
            >
              {failure ? t(`failure.${failure}`) : null}
            </EmptyState>
          ) : null}
          {phase === 'ready' && cases.length === 0 ? (
            <EmptyState icon={Briefcase} title={t(`cases.none.${state}`)}>
              {t(whose === 'mine' ? 'cases.noneMineText' : 'cases.noneAllText')}
            </EmptyState>
          ) : null}
          {cases.length > 0 && phase !== 'failed' ? (
            <table className="cases-table">
              <thead>
                <tr>
                  <th scope="col">{t('cases.column.deadline')}</th>
                  <th scope="col">{t('cases.column.case')}</th>
                  <th scope="col">{t('cases.column.customer')}</th>
                  <th scope="col">{t('cases.status')}</th>
                  <th scope="col">{t('cases.owner')}</th>
                </tr>
              </thead>
              <tbody>
                {cases.map((file) => (
                  <CaseRow
                    key={file.caseId}
                    file={file}
                    now={now}
                    isOpen={file === open}
                    onOpen={() => deeds.open(file === open ? null : file.caseId)}
                  />
                ))}
              </tbody>
            </table>
          ) : null}
        </section>
      </main>
      {open ? (
        <aside className="pane cases-open" aria-label={`${open.number} ${open.subject}`}>
          <header className="pane-head">
            <h2 className="cut">
              {open.number} {open.subject}
            </h2>
            <span className="push" />
            <Button size="small" icon={ArrowUpRight} onClick={() => deeds.openCustomer(open)}>
              {open.contact.name}
            </Button>
            <IconButton icon={X} label={t('cases.close')} onClick={() => deeds.open(null)} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
          <section className="cases-open-body" tabIndex={0} aria-label={t('cases.steps')}>
            <CaseView stores={stores} deeds={deeds} file={open} />
          </section>
        </aside>
      ) : null}
    </div>
  );
}

function CaseRow(props: { readonly file: CaseFile; readonly now: number; readonly isOpen: boolean; onOpen(): void }) {
  const text = useText();
  const { file, now, isOpen, onOpen } = props;
  const deadline = deadlineOf(text, file, now);
  return (
    <tr className={classes(isOpen && 'is-open')}>
      <td className={classes('nowrap', deadline && deadline.tone !== 'plain' && `tone-${deadline.tone} medium`)}>
        {deadline?.text ?? (file.closedAt === null ? text.t('cases.noDeadline') : text.formats.date(file.closedAt))}
      </td>
      <th scope="row">
        <button type="button" className="cases-link" aria-expanded={isOpen} onClick={onOpen}>
          <span className="nowrap">{file.number}</span> {file.subject}
        </button>
      </th>
      <td>
        <span className="whole">{file.contact.name}</span>
        {file.contact.accountName ? <span className="small text-3 cases-company">{file.contact.accountName}</span> : null}
      </td>
      <td>
        <Chip tone={statusTones[file.status]}>{text.t(`cases.status.${file.status}`)}</Chip>
      </td>
      <td>{file.ownerName ?? <span className="text-3">{text.t('cases.nobody')}</span>}</td>
    </tr>
  );
}

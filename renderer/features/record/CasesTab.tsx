import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { CaseFile } from '../../../shared/contracts/record.ts';
import { useText } from '../../i18n/index.ts';
import { byDeadline, isClosed } from '../../stores/index.ts';
import { Button, Chip, classes, EmptyState } from '../../ui/index.ts';
import type { OpenProps } from './RecordPage.tsx';

/** All cases of one customer, what is open first; each unfolds to its steps. */
export function CasesTab({ stores, page, deeds, actions, now, caseFile }: OpenProps & { caseFile(caseId: string): ReactNode }) {
  const { t } = useText();
  const openCaseId = useStore(stores.record, (record) => record.openCaseId);
  const openCase = actions['record.openCase'];
  const open = page.cases.filter((file) => !isClosed(file)).sort(byDeadline);
  const closed = page.cases.filter(isClosed).sort((a, b) => b.openedAt - a.openedAt);
  if (page.cases.length === 0) {
    return (
      <EmptyState
        title={t('record.noCases')}
        action={
          <Button shortcut={openCase.shortcut} disabled={!openCase.isEnabled} onClick={openCase.perform}>
            {t('record.openCase')}
          </Button>
        }
      >
        {t('record.noCasesText')}
      </EmptyState>
    );
  }
  const line = (file: CaseFile) => (
    <CaseLine
      key={file.caseId}
      file={file}
      now={now}
      isOpen={file.caseId === openCaseId}
      onToggle={() => deeds.showCase(file.caseId === openCaseId ? null : file.caseId)}
      caseFile={caseFile}
    />
  );
  return (
    <div className="record-cases">
      {open.length > 0 ? <h3 className="small medium text-3">{t('customer.openCases')}</h3> : null}
      <ul>{open.map(line)}</ul>
      {closed.length > 0 ? <h3 className="small medium text-3">{t('record.closedCases')}</h3> : null}
      <ul>{closed.map(line)}</ul>
    </div>
  );
}

function CaseLine(props: {
  readonly file: CaseFile;
  readonly now: number;
  readonly isOpen: boolean;
  onToggle(): void;
  caseFile(caseId: string): ReactNode;
}) {
  const { t, formats } = useText();
  const { file, now, isOpen, onToggle, caseFile } = props;
  const due = isClosed(file) ? null : file.dueAt;
  const isOverdue = due !== null && due < now;
  return (
    <li className={classes('record-case', isOpen && 'is-open')}>
      <button type="button" aria-expanded={isOpen} onClick={onToggle}>
        <ChevronRight className={classes('icon icon-small text-3 stream-chevron', isOpen && 'is-open')} aria-hidden="true" />
        <span className="grow whole">
          <span className="medium">{file.number}</span> {file.subject}
          <span className="small text-3 record-case-more">
            {t(`case.${file.kind}`)} · {t('case.opened', { date: formats.date(file.openedAt) })}
            {file.ownerName ? ` · ${file.ownerName}` : ''}
          </span>
        </span>
        {due === null ? null : (
          <span className={classes('small nowrap', isOverdue && 'tone-broken medium')}>
            {t(isOverdue ? 'case.overdue' : 'case.due', { when: formats.deadline(due, now) })}
          </span>
        )}
        <Chip tone={isClosed(file) ? 'ready' : 'plain'}>{t(`cases.status.${file.status}`)}</Chip>
      </button>
      {isOpen ? caseFile(file.caseId) : null}
    </li>
  );
}

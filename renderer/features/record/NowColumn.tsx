import { Check } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { followUpSigns, useText } from '../../i18n/index.ts';
import { Button, classes, Kbd, Section, TextArea } from '../../ui/index.ts';
import type { OpenProps } from './RecordPage.tsx';

/** What matters now: what to know, what was promised and is to be done, who else it may be, and a place to write. */
export function NowColumn(props: OpenProps & { readonly know: ReactNode; readonly duplicates: ReactNode }) {
  const { t } = useText();
  return (
    <aside className="record-now" aria-label={t('record.now')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="record-now-body" tabIndex={0} aria-label={t('record.now')}>
        <h2 className="sr-only">{t('record.now')}</h2>
        {props.know}
        <ToDo {...props} />
        {props.duplicates}
      </section>
      {props.mayWrite ? <NewNote {...props} /> : null}
    </aside>
  );
}

function ToDo({ page, deeds, actions, now, mayWrite, stores }: OpenProps) {
  const { t, formats } = useText();
  const isBusy = useStore(stores.view, (view) => view.pending.includes('record'));
  const addTask = actions['record.addTask'];
  const open = [
    ...page.promises
      .filter(({ keptAt }) => keptAt === null)
      .map((each) => ({
        kind: each.isCallback ? ('callback' as const) : ('promise' as const),
        id: each.promiseId,
        text: each.text,
        dueAt: each.dueAt as number | null,
        owner: each.ownerName,
        done: () => deeds.keepPromise(each.promiseId),
      })),
    ...page.tasks
      .filter(({ doneAt }) => doneAt === null)
      .map((each) => ({
        kind: 'task' as const,
        id: each.taskId,
        text: each.title,
        dueAt: each.dueAt,
        owner: each.ownerName,
        done: () => deeds.finishTask(each.taskId),
      })),
  ].sort((a, b) => (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER));
  return (
    <Section
      title={t('record.toDo')}
      more={
        mayWrite ? (
          <Button size="small" kind="quiet" shortcut={addTask.shortcut} disabled={!addTask.isEnabled} onClick={addTask.perform}>
            {t('record.addTask')}
          </Button>
        ) : undefined
      }
    >
      {open.length === 0 ? <p className="text-2">{t('record.nothingToDo')}</p> : null}
      <ul className="list">
        {open.map((each) => {
          const Icon = followUpSigns[each.kind];
          const isOverdue = each.dueAt !== null && each.dueAt < now;
          return (
            <li key={each.id}>
              <Icon className="icon" aria-label={t(`followUp.${each.kind}`)} />
              <span className="grow">
                <span className="whole">{each.text}</span>
                <span className={classes('small holdings-more', isOverdue ? 'tone-broken medium' : 'text-3')}>
                  {each.dueAt === null
                    ? t('record.noDate')
                    : t(isOverdue ? 'case.overdue' : 'case.due', { when: formats.deadline(each.dueAt, now) })}
                  {each.owner ? ` · ${each.owner}` : ''}
                </span>
              </span>
              {mayWrite ? (
                <Button
                  size="small"
                  icon={Check}
                  disabled={isBusy}
                  aria-label={t('record.doneThis', { text: each.text })}
                  onClick={each.done}
                >
                  {t('record.done')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function NewNote({ deeds, stores }: OpenProps) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const isBusy = useStore(stores.view, (view) => view.pending.includes('record'));
  const canStore = words.trim() !== '' && !isBusy;
  const store = async () => {
    if (canStore && (await deeds.addNote(words.trim()))) setWords('');
  };
  const keyed = (event: KeyboardEvent) => {
    if (!event.ctrlKey || event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void store();
  };
  return (
    <div className="record-new-note">
      <label className="label row" htmlFor="record-note">
        {t('record.newNote')} <Kbd keys="Alt+N" />
      </label>
      <TextArea
        id="record-note"
        data-place="notes"
        rows={3}
        maxLength={20_000}
        value={words}
        placeholder={t('record.newNoteHint')}
        onChange={({ target }) => setWords(target.value)}
        onKeyDown={keyed}
      />
      <Button size="small" disabled={!canStore} onClick={() => void store()}>
        {t('record.storeNote')}
      </Button>
    </div>
  );
}

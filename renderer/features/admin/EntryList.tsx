import { Plus, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Chip, classes, EmptyState, IconButton } from '../../ui/index.ts';
import { fits } from './words.ts';

export interface ListRow {
  readonly index: number;
  readonly title: string;
  readonly detail: string;
  readonly depth: number;
  readonly status: 'same' | 'changed' | 'added';
}

export interface EntryListProps {
  readonly title: string;
  readonly rows: readonly ListRow[];
  readonly selected: number | null;
  readonly addLabel: string | null;
  readonly empty: ReactNode;
  readonly filterHint?: string;
  readonly foot?: ReactNode;
  onSelect(index: number): void;
  onAdd?: () => void;
}

const most = 300;

/** A list with its filter. One stop of Tab for the filter and one for the list; arrows walk it, from the filter too. */
export function EntryList({ title, rows, selected, addLabel, empty, filterHint, foot, onSelect, onAdd }: EntryListProps) {
  const { t } = useText();
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const found = filter === '' ? rows : rows.filter((row) => fits(filter, row.title, row.detail));
  const shown = found.slice(0, most);
  const reachable = shown.some((row) => row.index === selected) ? selected : (shown[0]?.index ?? null);

  const walk = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const to =
      event.key === 'ArrowDown'
        ? Math.min(at + 1, buttons.length - 1)
        : event.key === 'ArrowUp'
          ? Math.max(at - 1, 0)
          : event.key === 'Home' && at >= 0
            ? 0
            : event.key === 'End' && at >= 0
              ? buttons.length - 1
              : null;
    if (to === null || event.altKey || event.nativeEvent.isComposing) return;
    buttons[to]?.focus();
    event.preventDefault();
  };

  return (
    <section className="pane admin-list" id="place-work" tabIndex={-1} aria-label={title}>
      <div className="pane-head">
        <h2 className="cut">{title}</h2>
        {addLabel && onAdd ? <IconButton className="push" icon={Plus} label={addLabel} onClick={onAdd} /> : null}
      </div>
      <div className="admin-filter">
        <div className="field admin-control">
          <Search className="icon text-3" aria-hidden="true" />
          <input
            type="search"
            aria-label={`${t('admin.filter')}: ${title}`}
            placeholder={filterHint ?? t('admin.filter.placeholder')}
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            onKeyDown={walk}
          />
        </div>
      </div>
      <div className="admin-list-body">
        {rows.length === 0 ? (
          empty
        ) : found.length === 0 ? (
          <EmptyState title={t('admin.list.none', { filter })}>{t('admin.list.noneText')}</EmptyState>
        ) : (
          <ul ref={list} aria-label={title} onKeyDown={walk}>
            {shown.map((row) => (
              <li key={row.index}>
                <button
                  type="button"
                  className={classes('admin-row', row.index === selected && 'is-on', `depth-${filter === '' ? Math.min(row.depth, 4) : 0}`)}
                  aria-current={row.index === selected ? 'true' : undefined}
                  tabIndex={row.index === reachable ? 0 : -1}
                  onClick={() => onSelect(row.index)}
                >
                  <span className="grow">
                    <span className="admin-row-title whole">{row.title}</span>
                    <span className="small text-3 cut admin-row-detail">{row.detail}</span>
                  </span>
                  {row.status === 'same' ? null : <Chip tone="accent">{t(`admin.entry.${row.status}`)}</Chip>}
                </button>
              </li>
            ))}
          </ul>
        )}
        {found.length > shown.length ? (
          <p className="small text-3 admin-more">{t('admin.list.more', { count: found.length - shown.length })}</p>
        ) : null}
        {foot}
      </div>
    </section>
  );
}

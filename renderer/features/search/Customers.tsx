import { FileDown, Search, UserPlus, UserSearch } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import { useText } from '../../i18n/index.ts';
import type { RecentCustomer, Stores } from '../../stores/index.ts';
import { type Action, Button, Chip, classes, EmptyState, Marked, useFound, useTyped } from '../../ui/index.ts';
import type { SearchDeeds } from './deeds.ts';
import { hitDetail, hitIcons } from './words.ts';
import './search.css';

export interface CustomersProps {
  readonly stores: Stores;
  readonly deeds: SearchDeeds;
  readonly actions: Readonly<Record<'record.create' | 'customers.export', Action>>;
  /** Those who are found, or all, as a file. */
  onExport(text: string): void;
}

const mostShown = 30;

/** Where customers are looked for: results as one types, and until then those that were open last. */
export function Customers({ stores, deeds, actions, onExport }: CustomersProps) {
  const { t } = useText();
  const recent = useStore(stores.record, (record) => record.recent);
  const typed = useTyped(stores.record.getState().searched);
  const [index, setIndex] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const find = useCallback((text: string) => deeds.find(text, mostShown), [deeds]);
  const found = useFound<SearchHit>(find, typed.settled);
  const isSearching = typed.settled.trim() !== '';
  const shown: readonly (SearchHit | RecentCustomer)[] = isSearching ? found.items : recent;
  const active = shown[Math.min(index, shown.length - 1)];
  const create = actions['record.create'];

  useEffect(() => field.current?.focus(), []);

  const open = (customer: SearchHit | RecentCustomer) => {
    deeds.remember(typed.settled);
    deeds.open(customer);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === 'ArrowDown') setIndex(Math.min(shown.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, index - 1));
    else if (event.key === 'Enter' && active) open(active);
    else if (event.key === 'Escape' && typed.value !== '') typed.set('');
    else return;
    event.preventDefault();
  };

  return (
    <main className="pane customers" id="place-centre" tabIndex={-1}>
      <header className="pane-head">
        <h1 className="customers-title">{t('search.title')}</h1>
        <div className="field customers-field">
          <Search className="icon text-3" aria-hidden="true" />
          <input
            ref={field}
            role="combobox"
            aria-expanded={shown.length > 0}
            aria-controls="customers-list"
            aria-activedescendant={active ? `customers-${active.kind}-${active.id}` : undefined}
            aria-label={t('search.label')}
            placeholder={t('search.placeholder')}
            autoComplete="off"
            spellCheck={false}
            {...typed.field}
            onChange={(event) => {
              typed.field.onChange(event);
              setIndex(0);
            }}
            onKeyDown={keyed}
          />
        </div>
        <span className="push" />
        {actions['customers.export'].isEnabled ? (
          <Button icon={FileDown} title={actions['customers.export'].label} onClick={() => onExport(typed.settled.trim())}>
            {t('privacy.export')}
          </Button>
        ) : null}
        <Button icon={UserPlus} shortcut={create.shortcut} disabled={!create.isEnabled} onClick={create.perform}>
          {t('search.new')}
        </Button>
      </header>
      <div className="customers-body">
        <p className="customers-lead small medium text-3">
          {isSearching ? lead(t, found.phase, found.items.length) : recent.length > 0 ? t('search.recent') : ''}
        </p>
        <div id="customers-list" role="listbox" aria-label={isSearching ? t('search.results') : t('search.recent')}>
          {shown.map((customer) => (
            <CustomerLine
              key={`${customer.kind}-${customer.id}`}
              customer={customer}
              typed={typed.settled}
              isActive={customer === active}
              onOpen={() => open(customer)}
            />
          ))}
        </div>
        {isSearching && found.phase === 'found' && found.items.length === 0 ? (
          <EmptyState
            icon={UserSearch}
            title={t('search.none')}
            action={
              <Button icon={UserPlus} disabled={!create.isEnabled} onClick={() => deeds.create(typed.settled.trim())}>
                {t('search.createThis', { name: typed.settled.trim() })}
              </Button>
            }
          >
            {t('search.noneText')}
          </EmptyState>
        ) : null}
        {!isSearching && recent.length === 0 ? (
          <EmptyState icon={UserSearch} title={t('search.emptyTitle')}>
            {t('search.emptyText')}
          </EmptyState>
        ) : null}
      </div>
      <p className="sr-only" role="status">
        {isSearching && found.phase === 'found' ? t('search.count', { count: found.items.length }) : ''}
      </p>
    </main>
  );
}

function lead(t: ReturnType<typeof useText>['t'], phase: 'nothing' | 'asking' | 'found' | 'failed', count: number): string {
  if (phase === 'failed') return t('search.failed');
  if (phase === 'asking' && count === 0) return t('search.asking');
  return count >= mostShown ? t('search.best', { count }) : t('search.count', { count });
}

function CustomerLine(props: {
  readonly customer: SearchHit | RecentCustomer;
  readonly typed: string;
  readonly isActive: boolean;
  onOpen(): void;
}) {
  const text = useText();
  const { customer, typed, isActive, onOpen } = props;
  const Icon = hitIcons[customer.kind];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the line at hand to screen readers.
    <div
      id={`customers-${customer.kind}-${customer.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes('customers-line', isActive && 'is-at-hand')}
      ref={(element) => {
        if (isActive) element?.scrollIntoView?.({ block: 'nearest' });
      }}
      onClick={onOpen}
    >
      <Icon className="icon text-3" aria-label={text.t(`search.kind.${customer.kind}`)} />
      <span className="whole medium">
        <Marked text={customer.title} typed={typed} />
      </span>
      <span className="cut grow text-2">
        <Marked text={hitDetail(text, customer)} typed={typed} />
      </span>
      {customer.isKeyAccount ? <Chip tone="outlined">{text.t('search.keyAccount')}</Chip> : null}
      {customer.tier === null || customer.tier === 'standard' ? null : (
        <Chip tone="outlined">{text.t(`customer.tier.${customer.tier}`)}</Chip>
      )}
    </div>
  );
}

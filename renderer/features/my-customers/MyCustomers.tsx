import { Users } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import {
  type CustomerOrder,
  customerOrders,
  customersShown,
  isPressing,
  type Pressing,
  pressings,
  type Stores,
} from '../../stores/index.ts';
import { type Action, Button, EmptyState, Segments, useMinute } from '../../ui/index.ts';
import { CareList } from './CareList.tsx';
import { CustomerTable } from './CustomerTable.tsx';
import type { MyCustomersDeeds } from './deeds.ts';
import { HandoverDialog } from './HandoverDialog.tsx';
import './my-customers.css';

export interface MyCustomersProps {
  readonly stores: Stores;
  readonly deeds: MyCustomersDeeds;
  readonly actions: Readonly<Record<'customers.handOver', Action>>;
  onShow(accountId: string): void;
}

/** The customers somebody looks after, the most pressing first; beside them the days to remember. */
export function MyCustomers({ stores, deeds, actions, onShow }: MyCustomersProps) {
  const { t } = useText();
  const state = useStore(stores.customers);
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const ownId = useStore(stores.desk, (desk) => desk.agent?.agentId ?? null);
  const mayHandOver = useStore(stores.desk, (desk) => desk.user?.rights.includes('account:write') === true);
  useEffect(() => void deeds.open(), [deeds]);
  const shown = customersShown(state, now);
  const of = state.managers.find(({ agentId }) => agentId === state.agentId);
  const handOver = actions['customers.handOver'];
  const clear = () => deeds.filter({ text: '', pressing: 'all' });
  const { asked, chosen, customers } = state;

  return (
    <div className="my-customers">
      <main className="pane" id="place-centre" tabIndex={-1}>
        <div className="pane-head my-customers-head">
          <h1>{of ? t('customers.titleOf', { name: of.name }) : t('customers.title')}</h1>
          <span className="small text-3 nowrap">{asked.phase === 'none' ? '' : t('customers.count', { count: customers.length })}</span>
          {mayHandOver && state.managers.length > 0 ? (
            <select
              className="my-customers-select"
              aria-label={t('customers.whose')}
              value={state.agentId ?? ''}
              onChange={({ target }) => void deeds.showOf(target.value === '' ? null : target.value)}
            >
              <option value="">{t('customers.own')}</option>
              {state.managers.map(({ agentId, name }) => (
                <option key={agentId} value={agentId}>
                  {name}
                </option>
              ))}
            </select>
          ) : null}
          {mayHandOver ? (
            <>
              <span className="push small text-3 nowrap" role="status">
                {chosen.length > 0 ? t('customers.chosen', { count: chosen.length }) : t('customers.handOverHint')}
              </span>
              <Button size="small" kind="primary" shortcut={handOver.shortcut} disabled={!handOver.isEnabled} onClick={handOver.perform}>
                {handOver.label}
              </Button>
            </>
          ) : null}
        </div>
        <div className="my-customers-filters">
          <div className="field my-customers-find">
            <input
              value={state.text}
              aria-label={t('customers.find')}
              placeholder={t('customers.find')}
              autoComplete="off"
              onChange={({ target }) => deeds.filter({ text: target.value })}
            />
          </div>
          <Segments<Pressing>
            label={t('customers.filter')}
            value={state.pressing}
            onChange={(pressing) => deeds.filter({ pressing })}
            segments={pressings.map((value) => ({
              value,
              label: (
                <>
                  {t(`customers.pressing.${value}`)}{' '}
                  <span className="text-3 figures">{customers.filter((each) => isPressing(each, value, now)).length}</span>
                </>
              ),
            }))}
          />
          <select
            className="my-customers-select push"
            aria-label={t('customers.order')}
            value={state.order}
            onChange={({ target }) => deeds.filter({ order: target.value as CustomerOrder })}
          >
            {customerOrders.map((order) => (
              <option key={order} value={order}>
                {t(`customers.order.${order}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="my-customers-scroll">
          {customers.length > 0 && shown.length > 0 ? (
            <CustomerTable customers={shown} chosen={chosen} now={now} isChoosable={mayHandOver} onShow={onShow} onChoose={deeds.choose} />
          ) : customers.length > 0 ? (
            <EmptyState
              title={t('customers.noneFit', { count: customers.length })}
              action={<Button onClick={clear}>{t('customers.clear')}</Button>}
            />
          ) : asked.phase === 'failed' ? (
            <EmptyState title={t('customers.failed')} action={<Button onClick={() => void deeds.open()}>{t('account.retry')}</Button>}>
              {t(`failure.${asked.code}`)}
            </EmptyState>
          ) : asked.phase === 'ready' ? (
            <EmptyState icon={Users} title={of ? t('customers.noneOf', { name: of.name }) : t('customers.none')}>
              {t('customers.noneText')}
            </EmptyState>
          ) : (
            <p className="text-3 my-customers-loading" role="status">
              {t('customers.loading')}
            </p>
          )}
        </div>
      </main>
      <CareList state={state} deeds={deeds} now={now} onShow={onShow} />
      <HandoverDialog state={state} deeds={deeds} from={state.agentId ?? ownId} />
    </div>
  );
}

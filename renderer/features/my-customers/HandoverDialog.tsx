import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import type { Handover, MyCustomersState } from '../../stores/index.ts';
import { Avatar, Button, classes, Dialog, TextArea } from '../../ui/index.ts';
import type { MyCustomersDeeds } from './deeds.ts';

/** Customers go to a colleague: to whom, with which words, what goes along, and then what was done. */
export function HandoverDialog(props: {
  readonly state: MyCustomersState;
  readonly deeds: MyCustomersDeeds;
  /** Whose customers they are now. */
  readonly from: string | null;
}) {
  const { handover } = props.state;
  return handover ? <OpenHandover {...props} handover={handover} /> : null;
}

function OpenHandover({
  state,
  handover,
  deeds,
  from,
}: {
  readonly from: string | null;
  readonly state: MyCustomersState;
  readonly handover: Handover;
  readonly deeds: MyCustomersDeeds;
}) {
  const { t } = useText();
  const { step, isBusy, failure } = handover;
  const [count] = useState(state.chosen.length);
  const to = state.managers.find(({ agentId }) => agentId === handover.toAgentId);
  const name = to?.name ?? '';
  const footer =
    step === 'done' ? (
      <Button kind="primary" onClick={deeds.endHandover}>
        {t('customers.handOver.close')}
      </Button>
    ) : step === 'confirm' ? (
      <>
        <Button disabled={isBusy} onClick={() => deeds.changeHandover({ step: 'choose' })}>
          {t('customers.handOver.back')}
        </Button>
        <Button kind="primary" disabled={isBusy} onClick={() => void deeds.handOver()}>
          {t('customers.handOver.confirm', { name })}
        </Button>
      </>
    ) : (
      <>
        <Button onClick={deeds.endHandover}>{t('customers.handOver.cancel')}</Button>
        <Button kind="primary" disabled={!to} onClick={() => deeds.changeHandover({ step: 'confirm' })}>
          {t('customers.handOver.next')}
        </Button>
      </>
    );
  return (
    <Dialog title={t('customers.handOver.title', { count })} isOpen isWide onClose={deeds.endHandover} footer={footer}>
      <div className="dialog-body handover">
        {step === 'choose' ? <Choose state={state} handover={handover} deeds={deeds} from={from} /> : null}
        {step === 'confirm' ? (
          <>
            <p className="medium">
              {t('customers.handOver.summary', { name, count: state.chosen.length, total: (to?.customers ?? 0) + state.chosen.length })}
            </p>
            <ul className="handover-moves">
              {(['history', 'work', 'calls', 'told'] as const).map((what) => (
                <li key={what}>{t(`customers.handOver.moves.${what}`)}</li>
              ))}
            </ul>
            <Which state={state} />
            {handover.remark.trim() ? <p className="handover-remark whole">{handover.remark}</p> : null}
          </>
        ) : null}
        {step === 'done' ? (
          <>
            <p className="medium tone-ready" role="status">
              {t('customers.handOver.done', { count: handover.handedOver, name })}
            </p>
            <p className="text-2">{t('customers.handOver.doneText')}</p>
          </>
        ) : null}
        <p className="small tone-broken handover-problem" role="alert">
          {failure ? t(`failure.${failure}`) : null}
        </p>
      </div>
    </Dialog>
  );
}

function Choose({
  state,
  handover,
  deeds,
  from,
}: {
  readonly state: MyCustomersState;
  readonly handover: Handover;
  readonly deeds: MyCustomersDeeds;
  readonly from: string | null;
}) {
  const { t } = useText();
  const [wanted, setWanted] = useState('');
  const found = state.managers.filter(
    ({ agentId, name }) => agentId !== from && name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()),
  );
  return (
    <div className="handover-choose">
      <Which state={state} />
      <div>
        <p className="label" id="handover-to">
          {t('customers.handOver.to')}
        </p>
        <div className="field handover-find">
          <input
            value={wanted}
            aria-label={t('customers.handOver.find')}
            placeholder={t('customers.handOver.find')}
            autoComplete="off"
            onChange={({ target }) => setWanted(target.value)}
          />
        </div>
        <div className="handover-people" role="radiogroup" aria-labelledby="handover-to">
          {found.map(({ agentId, name, customers }) => (
            <label key={agentId} className={classes('handover-person', agentId === handover.toAgentId && 'is-on')}>
              <input
                type="radio"
                name="handover-to"
                className="sr-only"
                checked={agentId === handover.toAgentId}
                onChange={() => deeds.changeHandover({ toAgentId: agentId })}
              />
              <Avatar name={name} size="small" />
              <span className="whole">{name}</span>
              <span className="push small text-3 nowrap">{t('customers.handOver.has', { count: customers })}</span>
            </label>
          ))}
        </div>
        <label className="label" htmlFor="handover-remark">
          {t('customers.handOver.remark')}
        </label>
        <TextArea
          id="handover-remark"
          rows={3}
          maxLength={1_000}
          value={handover.remark}
          aria-describedby="handover-hint"
          onChange={({ target }) => deeds.changeHandover({ remark: target.value })}
        />
        <p id="handover-hint" className="small text-3">
          {t('customers.handOver.remarkHint')}
        </p>
      </div>
    </div>
  );
}

function Which({ state }: { readonly state: MyCustomersState }) {
  const { t } = useText();
  const chosen = state.customers.filter(({ accountId }) => state.chosen.includes(accountId));
  return (
    <div>
      <p className="label">{t('customers.handOver.which')}</p>
      <ul className="handover-which">
        {chosen.map(({ accountId, name }) => (
          <li key={accountId} className="whole">
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}

import { ArrowUp, Plus, X } from 'lucide-react';
import { type Condition, comparisons } from '../../../shared/contracts/ivr/conditions.ts';
import type { NodeOf, SpokenPart } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { Button, classes, IconButton } from '../../ui/index.ts';
import { idOf, useSetting, useSettings } from './form.ts';
import { CodeField, type ListProps, ListSetting } from './ListSetting.tsx';
import { useFactList } from './use-fact-list.tsx';

/** Settings that are lists over facts: the cases of a branch, the parts that are said. */

/** Asks whether there is such a fact at all; there is no value to compare it with. */
const isAlone = ({ is }: Condition) => is === 'known' || is === 'unknown';

export function CasesSetting({ at, label }: ListProps) {
  const { t } = useText();
  const setting = useSetting<NodeOf['branch']['cases']>(at);
  const cases = setting.value ?? [];
  const { isReadOnly } = setting;
  const facts = useFactList();
  const put = (index: number, change: Partial<(typeof cases)[number]>) =>
    setting.put(cases.map((each, own) => (own === index ? { ...each, ...change } : each)));
  const putCondition = (index: number, at: number, change: Partial<Condition>) =>
    put(index, { all: (cases[index]?.all ?? []).map((each, own) => (own === at ? { ...each, ...change } : each)) });
  const freeId = () => {
    let number = cases.length + 1;
    while (cases.some(({ id }) => id === `case${number}`)) number += 1;
    return `case${number}`;
  };
  return (
    <ListSetting setting={setting} label={label}>
      {facts.list}
      {cases.map((each, index) => (
        <fieldset key={each.id} className="flow-case" id={idOf(`${at}/${index}`)}>
          <legend className="sr-only">{t('flows.caseName', { number: index + 1 })}</legend>
          <div className="row">
            <div className="field flow-control grow">
              <input
                aria-label={t('flows.caseName', { number: index + 1 })}
                placeholder={t('flows.caseName', { number: index + 1 })}
                value={each.label}
                readOnly={isReadOnly}
                onChange={({ target }) => put(index, { label: target.value })}
              />
            </div>
            {isReadOnly || index === 0 ? null : (
              <IconButton
                icon={ArrowUp}
                label={t('flows.caseUp')}
                onClick={() => setting.put(cases.toSpliced(index - 1, 2, each, ...cases.slice(index - 1, index)))}
              />
            )}
            {isReadOnly || cases.length === 1 ? null : (
              <IconButton icon={X} label={t('flows.caseRemove')} onClick={() => setting.put(cases.toSpliced(index, 1))} />
            )}
          </div>
          {each.all.map((condition, own) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names of their own
            <div key={own} className="flow-condition">
              <CodeField
                label={t('flows.fact')}
                list={facts.id}
                value={condition.fact}
                isReadOnly={isReadOnly}
                put={(fact) => putCondition(index, own, { fact })}
              />
              <div className={classes('field flow-control', isAlone(condition) && 'is-alone')}>
                <select
                  aria-label={t('flows.comparison')}
                  value={condition.is}
                  disabled={isReadOnly}
                  onChange={({ target }) => {
                    const is = target.value as Condition['is'];
                    putCondition(index, own, { is, ...(isAlone({ ...condition, is }) ? { value: '' } : {}) });
                  }}
                >
                  {comparisons.map((comparison) => (
                    <option key={comparison} value={comparison}>
                      {t(`flows.is.${comparison}`)}
                    </option>
                  ))}
                </select>
              </div>
              {isAlone(condition) ? null : (
                <div className="field flow-control">
                  <input
                    aria-label={t('flows.value')}
                    value={condition.value}
                    readOnly={isReadOnly}
                    onChange={({ target }) => putCondition(index, own, { value: target.value })}
                  />
                </div>
              )}
              {isReadOnly || each.all.length === 1 ? null : (
                <IconButton icon={X} label={t('flows.conditionRemove')} onClick={() => put(index, { all: each.all.toSpliced(own, 1) })} />
              )}
            </div>
          ))}
          {isReadOnly || each.all.length >= 10 ? null : (
            <Button
              size="small"
              kind="quiet"
              icon={Plus}
              onClick={() => put(index, { all: [...each.all, { fact: 'customer.known', is: 'known', value: '' }] })}
            >
              {t('flows.conditionAdd')}
            </Button>
          )}
        </fieldset>
      ))}
      {isReadOnly || cases.length >= 20 ? null : (
        <Button
          size="small"
          kind="quiet"
          icon={Plus}
          onClick={() => setting.put([...cases, { id: freeId(), label: '', all: [{ fact: 'customer.tier', is: 'equals', value: '' }] }])}
        >
          {t('flows.caseAdd')}
        </Button>
      )}
    </ListSetting>
  );
}

const ways = ['digits', 'number', 'money', 'date', 'time', 'duration'] as const;
const currencies = ['CNY', 'USD', 'EUR', 'GBP'] as const;

export function PartsSetting({ at, label }: ListProps) {
  const { t } = useText();
  const { names } = useSettings();
  const setting = useSetting<readonly SpokenPart[]>(at);
  const parts = setting.value ?? [];
  const { isReadOnly } = setting;
  const facts = useFactList();
  const put = (index: number, part: SpokenPart) => setting.put(parts.map((each, own) => (own === index ? part : each)));
  const { prompts } = names.references;
  return (
    <ListSetting setting={setting} label={label}>
      {facts.list}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same part may be said twice
        <div key={index} className="flow-part" id={idOf(`${at}/${index}`)}>
          {'prompt' in part ? (
            <div className="field flow-control grow">
              <select
                aria-label={t('flows.part.prompt')}
                value={part.prompt}
                disabled={isReadOnly}
                onChange={({ target }) => put(index, { prompt: target.value })}
              >
                {prompts.includes(part.prompt) ? null : <option value={part.prompt}>{part.prompt}</option>}
                {prompts.map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </select>
            </div>
          ) : (
            <>
              <CodeField
                label={t('flows.fact')}
                list={facts.id}
                value={part.fact}
                isReadOnly={isReadOnly}
                isWide
                put={(fact) => put(index, { ...part, fact })}
              />
              <div className="field flow-control flow-part-as">
                <select
                  aria-label={t('flows.partAs')}
                  value={part.as === 'money' ? `money ${part.currency ?? 'CNY'}` : part.as}
                  disabled={isReadOnly}
                  onChange={({ target }) => {
                    const [as = 'digits', currency] = target.value.split(' ') as [(typeof ways)[number], (typeof currencies)[number]?];
                    put(index, { fact: part.fact, as, ...(currency ? { currency } : {}) });
                  }}
                >
                  {ways.flatMap((as) =>
                    as === 'money'
                      ? currencies.map((currency) => (
                          <option key={currency} value={`money ${currency}`}>
                            {`${t('flows.as.money')} ${currency}`}
                          </option>
                        ))
                      : [
                          <option key={as} value={as}>
                            {t(`flows.as.${as}`)}
                          </option>,
                        ],
                  )}
                </select>
              </div>
            </>
          )}
          {isReadOnly || index === 0 ? null : (
            <IconButton
              icon={ArrowUp}
              label={t('flows.partUp', { number: index + 1 })}
              onClick={() => setting.put(parts.toSpliced(index - 1, 2, part, ...parts.slice(index - 1, index)))}
            />
          )}
          {isReadOnly ? null : (
            <IconButton
              icon={X}
              label={t('flows.partRemove', { number: index + 1 })}
              onClick={() => setting.put(parts.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {isReadOnly || parts.length >= 20 ? null : (
        <div className="row">
          <Button
            size="small"
            kind="quiet"
            icon={Plus}
            disabled={prompts.length === 0}
            onClick={() => setting.put([...parts, { prompt: prompts[0] ?? '' }])}
          >
            {t('flows.partAddPrompt')}
          </Button>
          <Button
            size="small"
            kind="quiet"
            icon={Plus}
            onClick={() => setting.put([...parts, { fact: 'balance.amount', as: 'money', currency: 'CNY' }])}
          >
            {t('flows.partAddFact')}
          </Button>
        </div>
      )}
    </ListSetting>
  );
}

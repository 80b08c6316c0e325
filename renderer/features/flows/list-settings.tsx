import { ArrowUp, Plus, X } from 'lucide-react';
import { useId } from 'react';
import { type Condition, comparisons } from '../../../shared/contracts/ivr/conditions.ts';
import type { NodeOf, SpokenPart } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { Button, classes, IconButton } from '../../ui/index.ts';
import { idOf, useSetting, useSettings } from './form.ts';
import { Problem } from './settings.tsx';
import { factsIn, keysInOrder } from './words.ts';

/** Settings that are lists: keys of a menu, cases of a branch, parts that are said, names with values. */

interface ListProps {
  readonly at: string;
  readonly label: string;
}
const allKeys = '1234567890*#';

export function KeysSetting({ at, label }: ListProps) {
  const { t } = useText();
  const setting = useSetting<NodeOf['menu']['keys']>(at);
  const keys = setting.value ?? {};
  const { isReadOnly } = setting;
  const rename = (from: string, to: string) => {
    setting.put(Object.fromEntries(Object.entries(keys).map(([key, names]) => [key === from ? to : key, names])));
  };
  const free = [...allKeys].filter((key) => !Object.hasOwn(keys, key));
  return (
    <fieldset className="flow-lines" id={setting.id}>
      <legend className="label">{label}</legend>
      {keysInOrder(keys).map((key) => (
        <div key={key} className="flow-key" id={idOf(`${at}/${key}`)}>
          <div className="field flow-control flow-key-choice">
            <select aria-label={t('flows.key')} value={key} disabled={isReadOnly} onChange={({ target }) => rename(key, target.value)}>
              {[...allKeys].map((each) => (
                <option key={each} value={each} disabled={each !== key && Object.hasOwn(keys, each)}>
                  {each}
                </option>
              ))}
            </select>
          </div>
          {(['en', 'zh'] as const).map((locale) => (
            <div key={locale} className="field flow-control">
              <input
                aria-label={t(locale === 'en' ? 'flows.keyEn' : 'flows.keyZh', { key })}
                placeholder={t(`flows.option.${locale}`)}
                value={keys[key]?.[locale] ?? ''}
                readOnly={isReadOnly}
                onChange={({ target }) => setting.put({ ...keys, [key]: { ...(keys[key] ?? { en: '', zh: '' }), [locale]: target.value } })}
              />
            </div>
          ))}
          {isReadOnly ? null : (
            <IconButton
              icon={X}
              label={t('flows.keyRemove', { key })}
              onClick={() => setting.put(Object.fromEntries(Object.entries(keys).filter(([each]) => each !== key)))}
            />
          )}
        </div>
      ))}
      {isReadOnly || free[0] === undefined ? null : (
        <Button size="small" kind="quiet" icon={Plus} onClick={() => setting.put({ ...keys, [free[0] ?? '1']: { en: '', zh: '' } })}>
          {t('flows.keyAdd')}
        </Button>
      )}
      <Problem setting={setting} />
    </fieldset>
  );
}

/** Asks whether there is such a fact at all; there is no value to compare it with. */
const isAlone = ({ is }: Condition) => is === 'known' || is === 'unknown';

export function CasesSetting({ at, label }: ListProps) {
  const { t } = useText();
  const { flow, names } = useSettings();
  const setting = useSetting<NodeOf['branch']['cases']>(at);
  const cases = setting.value ?? [];
  const { isReadOnly } = setting;
  const listId = useId();
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
    <fieldset className="flow-lines" id={setting.id}>
      <legend className="label">{label}</legend>
      <datalist id={listId}>
        {factsIn(flow, names.references).map((fact) => (
          <option key={fact} value={fact} />
        ))}
      </datalist>
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
              <div className="field flow-control">
                <input
                  aria-label={t('flows.fact')}
                  className="flow-code"
                  list={listId}
                  value={condition.fact}
                  readOnly={isReadOnly}
                  spellCheck={false}
                  onChange={({ target }) => putCondition(index, own, { fact: target.value })}
                />
              </div>
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
      <Problem setting={setting} />
    </fieldset>
  );
}

const ways = ['digits', 'number', 'money', 'date', 'time', 'duration'] as const;
const currencies = ['CNY', 'USD', 'EUR', 'GBP'] as const;

export function PartsSetting({ at, label }: ListProps) {
  const { t } = useText();
  const { flow, names } = useSettings();
  const setting = useSetting<readonly SpokenPart[]>(at);
  const parts = setting.value ?? [];
  const { isReadOnly } = setting;
  const listId = useId();
  const put = (index: number, part: SpokenPart) => setting.put(parts.map((each, own) => (own === index ? part : each)));
  const { prompts } = names.references;
  return (
    <fieldset className="flow-lines" id={setting.id}>
      <legend className="label">{label}</legend>
      <datalist id={listId}>
        {factsIn(flow, names.references).map((fact) => (
          <option key={fact} value={fact} />
        ))}
      </datalist>
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
              <div className="field flow-control grow">
                <input
                  aria-label={t('flows.fact')}
                  className="flow-code"
                  list={listId}
                  value={part.fact}
                  readOnly={isReadOnly}
                  spellCheck={false}
                  onChange={({ target }) => put(index, { ...part, fact: target.value })}
                />
              </div>
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
      <Problem setting={setting} />
    </fieldset>
  );
}

/** Names with values; a value is a text in which facts may stand in braces. */
export function PairsSetting({ at, label, firstName }: ListProps & { readonly firstName: string }) {
  const { t } = useText();
  const setting = useSetting<Readonly<Record<string, string>>>(at);
  const pairs = Object.entries(setting.value ?? {});
  const { isReadOnly } = setting;
  const put = (next: readonly (readonly [string, string])[]) => setting.put(Object.fromEntries(next));
  const free = () => {
    let number = 1;
    let name = firstName;
    while (pairs.some(([taken]) => taken === name)) name = `${firstName}${(number += 1)}`;
    return name;
  };
  return (
    <fieldset className="flow-lines" id={setting.id}>
      <legend className="label">{label}</legend>
      {pairs.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being typed
        <div key={index} className="flow-pair">
          <div className="field flow-control">
            <input
              aria-label={t('flows.pairName')}
              className="flow-code"
              value={name}
              readOnly={isReadOnly}
              spellCheck={false}
              onChange={({ target }) => {
                // Two of the same name would be one.
                if (!pairs.some(([other], own) => own !== index && other === target.value))
                  put(pairs.map((pair, own) => (own === index ? [target.value, value] : pair)));
              }}
            />
          </div>
          <div className="field flow-control">
            <input
              aria-label={t('flows.pairValue')}
              value={value}
              readOnly={isReadOnly}
              spellCheck={false}
              onChange={({ target }) => put(pairs.map((pair, own) => (own === index ? [name, target.value] : pair)))}
            />
          </div>
          {isReadOnly ? null : (
            <IconButton icon={X} label={t('flows.pairRemove', { name })} onClick={() => put(pairs.toSpliced(index, 1))} />
          )}
        </div>
      ))}
      {isReadOnly ? null : (
        <Button size="small" kind="quiet" icon={Plus} onClick={() => put([...pairs, [free(), '']])}>
          {t('flows.pairAdd')}
        </Button>
      )}
      <Problem setting={setting} />
    </fieldset>
  );
}

export function TakesSetting({ at, label }: ListProps) {
  const { t } = useText();
  const setting = useSetting<NodeOf['http']['takes']>(at);
  const takes = setting.value ?? [];
  const { isReadOnly } = setting;
  const put = (index: number, change: Partial<(typeof takes)[number]>) =>
    setting.put(takes.map((each, own) => (own === index ? { ...each, ...change } : each)));
  return (
    <fieldset className="flow-lines" id={setting.id}>
      <legend className="label">{label}</legend>
      {takes.map(({ path, as }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: both names are what is being typed
        <div key={index} className="flow-pair">
          <div className="field flow-control">
            <input
              aria-label={t('flows.takePath')}
              className="flow-code"
              placeholder="/customer/number"
              value={path}
              readOnly={isReadOnly}
              spellCheck={false}
              onChange={({ target }) => put(index, { path: target.value })}
            />
          </div>
          <div className="field flow-control">
            <input
              aria-label={t('flows.takeAs')}
              className="flow-code"
              value={as}
              readOnly={isReadOnly}
              spellCheck={false}
              onChange={({ target }) => put(index, { as: target.value })}
            />
          </div>
          {isReadOnly ? null : (
            <IconButton icon={X} label={t('flows.pairRemove', { name: as })} onClick={() => setting.put(takes.toSpliced(index, 1))} />
          )}
        </div>
      ))}
      {isReadOnly || takes.length >= 20 ? null : (
        <Button
          size="small"
          kind="quiet"
          icon={Plus}
          onClick={() => setting.put([...takes, { path: '/', as: `value${takes.length + 1}` }])}
        >
          {t('flows.pairAdd')}
        </Button>
      )}
      <Problem setting={setting} />
    </fieldset>
  );
}

import { Plus, X } from 'lucide-react';
import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { idOf, useSetting } from './form.ts';
import { CodeField, type ListProps, ListSetting } from './ListSetting.tsx';
import { keysInOrder } from './words.ts';

/** Settings that are lists of names: keys of a menu, names with values, what is taken from an answer. */

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
    <ListSetting setting={setting} label={label}>
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
    </ListSetting>
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
    <ListSetting setting={setting} label={label}>
      {pairs.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being typed
        <div key={index} className="flow-pair">
          <CodeField
            label={t('flows.pairName')}
            value={name}
            isReadOnly={isReadOnly}
            put={(typed) => {
              // Two of the same name would be one.
              if (!pairs.some(([other], own) => own !== index && other === typed))
                put(pairs.map((pair, own) => (own === index ? [typed, value] : pair)));
            }}
          />
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
    </ListSetting>
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
    <ListSetting setting={setting} label={label}>
      {takes.map(({ path, as }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: both names are what is being typed
        <div key={index} className="flow-pair">
          <CodeField
            label={t('flows.takePath')}
            placeholder="/customer/number"
            value={path}
            isReadOnly={isReadOnly}
            put={(typed) => put(index, { path: typed })}
          />
          <CodeField label={t('flows.takeAs')} value={as} isReadOnly={isReadOnly} put={(typed) => put(index, { as: typed })} />
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
    </ListSetting>
  );
}

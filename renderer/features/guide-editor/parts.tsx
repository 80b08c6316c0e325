import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Words } from '../../../shared/contracts/guides.ts';
import type { Condition } from '../../../shared/contracts/ivr/conditions.ts';
import { comparisons } from '../../../shared/contracts/ivr/conditions.ts';
import { useText } from '../../i18n/index.ts';
import { Button, Field, IconButton, Select, TextArea } from '../../ui/index.ts';
import { blankCondition, moved, put } from './blank.ts';

/** One text in both languages, side by side. */
export function WordsField(props: {
  readonly label: string;
  readonly value: Words;
  readonly most: number;
  readonly isLong?: boolean;
  onChange(value: Words): void;
}) {
  const { label, value, most, isLong = false, onChange } = props;
  const { t } = useText();
  const id = useId();
  return (
    <div className="ge-words">
      {(['en', 'zh'] as const).map((language) => {
        const named = t(`guideEditor.in.${language}`, { label });
        const changed = (text: string) => onChange({ ...value, [language]: text });
        return isLong ? (
          <div key={language} className="labelled">
            <label className="label" htmlFor={`${id}-${language}`}>
              {named}
            </label>
            <TextArea
              id={`${id}-${language}`}
              rows={3}
              maxLength={most}
              lang={language}
              value={value[language]}
              onChange={({ target }) => changed(target.value)}
            />
          </div>
        ) : (
          <Field
            key={language}
            label={named}
            maxLength={most}
            lang={language}
            autoComplete="off"
            value={value[language]}
            onChange={({ target }) => changed(target.value)}
          />
        );
      })}
    </div>
  );
}

/** What has to be so, all of it. */
export function Conditions(props: { readonly label: string; readonly value: readonly Condition[]; onChange(value: Condition[]): void }) {
  const { label, value, onChange } = props;
  const { t } = useText();
  return (
    <fieldset className="ge-conditions">
      <legend className="sr-only">{label}</legend>
      {value.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand there twice
        <div key={index} className="ge-condition">
          <Field
            label={t('guideEditor.fact')}
            spellCheck={false}
            maxLength={120}
            value={condition.fact}
            onChange={({ target }) => onChange(put(value, index, { ...condition, fact: target.value.trim() }))}
          />
          <Select
            label={t('guideEditor.is')}
            value={condition.is}
            choices={comparisons.map((is) => ({ value: is, label: t(`guideEditor.is.${is}`) }))}
            onChange={(is) => onChange(put(value, index, { ...condition, is }))}
          />
          {condition.is === 'known' || condition.is === 'unknown' ? null : (
            <Field
              label={t('guideEditor.value')}
              maxLength={200}
              value={condition.value}
              onChange={({ target }) => onChange(put(value, index, { ...condition, value: target.value }))}
            />
          )}
          <IconButton icon={X} label={t('guideEditor.remove')} onClick={() => onChange(put(value, index, null))} />
        </div>
      ))}
      {value.length < 5 ? (
        <Button size="small" kind="quiet" icon={Plus} onClick={() => onChange([...value, { ...blankCondition }])}>
          {t('guideEditor.addCondition')}
        </Button>
      ) : null}
    </fieldset>
  );
}

/** A piece of a list: its head with what is done to it, and its form. */
export function Piece<Item>(props: {
  readonly title: string;
  readonly list: readonly Item[];
  readonly index: number;
  readonly children: ReactNode;
  onChange(list: Item[]): void;
}) {
  const { title, list, index, children, onChange } = props;
  const { t } = useText();
  return (
    <section className="ge-piece" aria-label={title}>
      <header className="ge-piece-head">
        <span className="medium cut">{title}</span>
        <span className="push" />
        <IconButton icon={ArrowUp} label={t('guideEditor.up')} disabled={index === 0} onClick={() => onChange(moved(list, index, -1))} />
        <IconButton
          icon={ArrowDown}
          label={t('guideEditor.down')}
          disabled={index === list.length - 1}
          onClick={() => onChange(moved(list, index, 1))}
        />
        <IconButton icon={X} label={t('guideEditor.remove')} onClick={() => onChange(put(list, index, null))} />
      </header>
      {children}
    </section>
  );
}

import { Plus } from 'lucide-react';
import { type GuideField, type GuideOption, guideFieldKinds } from '../../../shared/contracts/guides.ts';
import { useText } from '../../i18n/index.ts';
import { Button, Field, Select, Tick } from '../../ui/index.ts';
import { blankOption, freeName, put } from './blank.ts';
import { Piece, WordsField } from './parts.tsx';

const shapes = ['', 'digits', 'phone', 'email'] as const;

/** One thing that is asked. */
export function FieldForm({ field, onChange }: { readonly field: GuideField; onChange(field: GuideField): void }) {
  const { t } = useText();
  const { kind } = field;
  const limit = (which: 'least' | 'most') => (
    <Field
      label={t(`guideEditor.${which}.${kind === 'text' ? 'characters' : 'value'}`)}
      inputMode="decimal"
      value={field[which] === null ? '' : String(field[which])}
      onChange={({ target }) => onChange({ ...field, [which]: numberOf(target.value) })}
    />
  );
  return (
    <>
      <div className="ge-row">
        <Field
          label={t('guideEditor.name')}
          spellCheck={false}
          maxLength={40}
          value={field.name}
          onChange={({ target }) => onChange({ ...field, name: target.value.trim() })}
        />
        <Select
          label={t('guideEditor.kind')}
          value={kind}
          choices={guideFieldKinds.map((value) => ({ value, label: t(`guideEditor.kind.${value}`) }))}
          onChange={(value) => onChange({ ...field, kind: value })}
        />
        <label className="ge-tick">
          <Tick checked={field.required} onChange={({ target }) => onChange({ ...field, required: target.checked })} />
          {t('guideEditor.required')}
        </label>
      </div>
      <WordsField label={t('guideEditor.label')} most={120} value={field.label} onChange={(label) => onChange({ ...field, label })} />
      {kind === 'text' || kind === 'number' || kind === 'money' ? (
        <div className="ge-row">
          {limit('least')}
          {limit('most')}
          {kind === 'text' ? (
            <Select
              label={t('guideEditor.shape')}
              value={field.shape ?? ''}
              choices={shapes.map((value) => ({ value, label: t(`guideEditor.shape.${value === '' ? 'any' : value}`) }))}
              onChange={(shape) => onChange({ ...field, shape: shape === '' ? null : shape })}
            />
          ) : null}
          {kind === 'money' ? (
            <Field
              label={t('guideEditor.currency')}
              maxLength={3}
              value={field.currency ?? ''}
              onChange={({ target }) => onChange({ ...field, currency: target.value.trim().toUpperCase() || null })}
            />
          ) : null}
        </div>
      ) : null}
      {kind === 'choice' ? <Options field={field} onChange={(options) => onChange({ ...field, options })} /> : null}
    </>
  );
}

function Options({ field: { options }, onChange }: { readonly field: GuideField; onChange(options: GuideOption[]): void }) {
  const { t } = useText();
  const changed = (index: number, option: GuideOption) => onChange(put(options, index, option));
  return (
    <>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is typed here, and the form must not be another at each key
        <Piece key={index} title={option.value} list={options} index={index} onChange={onChange}>
          <div className="ge-row">
            <Field
              label={t('guideEditor.optionValue')}
              spellCheck={false}
              maxLength={40}
              value={option.value}
              onChange={({ target }) => changed(index, { ...option, value: target.value.trim() })}
            />
            <Field
              label={t('guideEditor.article')}
              maxLength={9}
              value={option.article ?? ''}
              onChange={({ target }) => changed(index, { ...option, article: target.value.trim().toUpperCase() || null })}
            />
            <label className="ge-tick">
              <Tick
                checked={option.needsApproval}
                onChange={({ target }) => changed(index, { ...option, needsApproval: target.checked })}
              />
              {t('guide.needsApproval')}
            </label>
          </div>
          <WordsField
            label={t('guideEditor.label')}
            most={120}
            value={option.label}
            onChange={(label) => changed(index, { ...option, label })}
          />
          <WordsField
            label={t('guideEditor.note')}
            most={80}
            value={option.note}
            onChange={(note) => changed(index, { ...option, note })}
          />
        </Piece>
      ))}
      <Button
        size="small"
        icon={Plus}
        disabled={options.length >= 9}
        onClick={() =>
          onChange([
            ...options,
            blankOption(
              freeName(
                'option',
                options.map(({ value }) => value),
              ),
            ),
          ])
        }
      >
        {t('guideEditor.addOption')}
      </Button>
    </>
  );
}

const numberOf = (typed: string): number | null => (typed.trim() === '' || !Number.isFinite(Number(typed)) ? null : Number(typed));

import { Plus } from 'lucide-react';
import type { Guide, GuideExit, GuideStep } from '../../../shared/contracts/guides.ts';
import { useText } from '../../i18n/index.ts';
import type { GuideEditorState } from '../../stores/index.ts';
import { Button, Field, Select } from '../../ui/index.ts';
import { blankExit, blankField, freeName, put } from './blank.ts';
import { FieldForm } from './FieldForm.tsx';
import { Conditions, Piece, WordsField } from './parts.tsx';

/** No step has such an id. */
const theEnd = '';

/** One step: what is said, what is asked, and where it goes on. */
export function StepForm(props: {
  readonly guide: Guide;
  readonly step: GuideStep;
  readonly references: GuideEditorState['references'];
  onChange(step: GuideStep): void;
}) {
  const { guide, step, references, onChange } = props;
  const { t } = useText();
  const names = guide.steps.flatMap(({ fields }) => fields.map(({ name }) => name));
  return (
    <div className="ge-form">
      <WordsField label={t('guideEditor.stepTitle')} most={60} value={step.title} onChange={(title) => onChange({ ...step, title })} />
      <WordsField isLong label={t('guideEditor.say')} most={1_000} value={step.say} onChange={(say) => onChange({ ...step, say })} />
      <Field
        className="ge-short"
        label={t('guideEditor.article')}
        maxLength={9}
        value={step.article ?? ''}
        onChange={({ target }) => onChange({ ...step, article: target.value.trim().toUpperCase() || null })}
      />
      <h3>{t('guideEditor.fields')}</h3>
      {step.fields.map((field, index) => (
        <Piece
          // biome-ignore lint/suspicious/noArrayIndexKey: a name is typed here, and the form must not be another at each key
          key={index}
          title={field.name}
          list={step.fields}
          index={index}
          onChange={(fields) => onChange({ ...step, fields })}
        >
          <FieldForm field={field} onChange={(changed) => onChange({ ...step, fields: put(step.fields, index, changed) })} />
        </Piece>
      ))}
      <Button
        icon={Plus}
        disabled={step.fields.length >= 10}
        onClick={() => onChange({ ...step, fields: [...step.fields, blankField(freeName('answer', names))] })}
      >
        {t('guideEditor.addField')}
      </Button>
      <h3>{t('guideEditor.exits')}</h3>
      {step.exits.map((exit, index) => (
        <Piece
          // biome-ignore lint/suspicious/noArrayIndexKey: ways have no names
          key={index}
          title={t(index === step.exits.length - 1 ? 'guideEditor.exitElse' : 'guideEditor.exit', { number: index + 1 })}
          list={step.exits}
          index={index}
          onChange={(exits) => onChange({ ...step, exits: exits.length > 0 ? exits : [{ ...blankExit }] })}
        >
          <ExitForm
            {...{ guide, exit, references }}
            onChange={(changed) => onChange({ ...step, exits: put(step.exits, index, changed) })}
          />
        </Piece>
      ))}
      <Button
        icon={Plus}
        disabled={step.exits.length >= 10}
        onClick={() => onChange({ ...step, exits: [{ ...blankExit }, ...step.exits] })}
      >
        {t('guideEditor.addExit')}
      </Button>
    </div>
  );
}

function ExitForm(props: {
  readonly guide: Guide;
  readonly exit: GuideExit;
  readonly references: GuideEditorState['references'];
  onChange(exit: GuideExit): void;
}) {
  const { guide, exit, references, onChange } = props;
  const { t, formats } = useText();
  return (
    <>
      <Conditions label={t('guideEditor.when')} value={exit.when} onChange={(when) => onChange({ ...exit, when })} />
      <div className="ge-row">
        <Select
          label={t('guideEditor.to')}
          value={exit.to ?? theEnd}
          choices={[
            ...guide.steps.map(({ id, title }) => ({ value: id, label: title[formats.language] || id })),
            { value: theEnd, label: t('guideEditor.theEnd') },
          ]}
          onChange={(to) => onChange({ ...exit, to: to === theEnd ? null : to })}
        />
        {exit.to === null ? (
          <Select
            label={t('guideEditor.outcome')}
            value={exit.outcome ?? theEnd}
            choices={[
              { value: theEnd, label: t('guideEditor.noOutcome') },
              ...references.outcomes.map(({ id, name }) => ({ value: id, label: name[formats.language] })),
            ]}
            onChange={(outcome) => onChange({ ...exit, outcome: outcome === theEnd ? null : outcome })}
          />
        ) : null}
      </div>
    </>
  );
}

import { Plus } from 'lucide-react';
import { useRef } from 'react';
import type { TemplateField } from '../../../../shared/contracts/messages/settings.ts';
import { fieldsIn } from '../../../../shared/fill-template.ts';
import { useText } from '../../../i18n/index.ts';
import { Button, classes, TextArea } from '../../../ui/index.ts';
import { Line } from '../fields.tsx';
import { useField } from '../form.ts';

type Language = 'en' | 'zh';

/** A text in both languages side by side, and the fields that may stand in it: one that is pressed is put in where the writer was last. */
export function TextsOfBoth(props: {
  readonly at: string;
  readonly fields: readonly TemplateField[];
  /** 1 is a line. */
  readonly rows: number;
  readonly hint?: string;
}) {
  const { t } = useText();
  const { at, fields, rows, hint } = props;
  const english = useField<string>(`${at}/en`);
  const chinese = useField<string>(`${at}/zh`);
  const { id } = useField<unknown>(at);
  const last = useRef<{ language: Language; from: number; to: number }>({ language: 'en', from: Infinity, to: Infinity });
  const remember = (language: Language) => (event: { currentTarget: HTMLTextAreaElement | HTMLInputElement }) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    last.current = { language, from: selectionStart ?? Infinity, to: selectionEnd ?? Infinity };
  };
  const insert = (name: TemplateField) => {
    const { language, from, to } = last.current;
    const field = language === 'en' ? english : chinese;
    const written = `{{${name}}}`;
    const at = Math.min(from, field.value.length);
    field.put(field.value.slice(0, at) + written + field.value.slice(Math.max(at, to)));
    last.current = { language, from: at + written.length, to: at + written.length };
    document.getElementById(field.id)?.focus();
  };
  return (
    <div className="is-wide admin-texts" id={id}>
      <div className="admin-pair">
        {(['en', 'zh'] as const).map((language) =>
          rows === 1 ? (
            <div key={language} onSelect={(event) => remember(language)({ currentTarget: event.target as HTMLInputElement })}>
              <Line at={`${at}/${language}`} />
            </div>
          ) : (
            <Lines key={language} at={`${at}/${language}`} rows={rows} onSelect={remember(language)} />
          ),
        )}
      </div>
      {hint ? <p className="admin-hint small text-3">{hint}</p> : null}
      {english.isReadOnly || fields.length === 0 ? null : (
        <fieldset className="admin-insert">
          <legend className="sr-only">{t('admin.texts.insert', { field: english.label.split(' · ')[0] ?? '' })}</legend>
          {fields.map((field) => (
            <Button key={field} size="small" kind="quiet" icon={Plus} title={`{{${field}}}`} onClick={() => insert(field)}>
              {t(`admin.texts.field.${field}`)}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** A text of several lines. What it says of fields that there are not is told below it. */
function Lines({ at, rows, onSelect }: { at: string; rows: number; onSelect: (event: { currentTarget: HTMLTextAreaElement }) => void }) {
  const { t } = useText();
  const field = useField<string>(at);
  const unknown = fieldsIn(field.value ?? '').find(({ isKnown }) => !isKnown);
  const mistake = field.mistake ?? (unknown ? t('admin.mistake.unknownField', { value: `{{${unknown.name}}}` }) : null);
  return (
    <div className="admin-field">
      <label className="label" htmlFor={field.id}>
        {field.label}
      </label>
      <TextArea
        id={field.id}
        className={classes('admin-text', field.isReadOnly && 'is-fixed')}
        rows={rows}
        value={field.value ?? ''}
        readOnly={field.isReadOnly}
        aria-invalid={mistake ? true : undefined}
        aria-describedby={mistake ? `${field.id}-mistake` : undefined}
        onChange={({ target }) => field.put(target.value)}
        onSelect={onSelect}
      />
      {mistake ? (
        <p id={`${field.id}-mistake`} className="field-problem small">
          {mistake}
        </p>
      ) : null}
    </div>
  );
}

import { Plus, X } from 'lucide-react';
import { type OpeningHours, weekdays } from '../../../../shared/contracts/configuration.ts';
import { useText } from '../../../i18n/index.ts';
import { classes, IconButton } from '../../../ui/index.ts';
import { Choice, Line, Part } from '../fields.tsx';
import { useField } from '../form.ts';
import { Naming } from './Naming.tsx';
import { RowList } from './RowList.tsx';
import { useTimeZones } from './time-zones.ts';

type Span = OpeningHours['holidays'][number]['spans'][number];

export function HoursForm() {
  const { t } = useText();
  const zones = useTimeZones();
  return (
    <>
      <Naming />
      <Part title={t('admin.part.weekly')}>
        <Choice at="timeZone" options={zones} />
        <div className="is-wide admin-week" id="field-weekly">
          {weekdays.map((day) => (
            <div key={day} className="admin-day">
              <span className="admin-day-name">{t(`value.day.${day}`)}</span>
              <Spans at={`weekly/${day}`} day={t(`value.day.${day}`)} />
            </div>
          ))}
        </div>
      </Part>
      <Holidays />
    </>
  );
}

/** The open hours of one day, as many as there are. */
function Spans({ at, day }: { readonly at: string; readonly day: string }) {
  const { t } = useText();
  const { value, put, isReadOnly, id } = useField<readonly Span[] | undefined>(at);
  const spans = value ?? [];
  const last = spans.at(-1);
  return (
    <div className="admin-spans" id={id}>
      {spans.length === 0 ? <span className="text-3 small admin-closed">{t('admin.hours.closed')}</span> : null}
      {spans.map((span, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the day.
        <span key={n} className="admin-span">
          <Time at={`${at}/${n}/from`} label={`${day}, ${t('admin.hours.weekly.from')}`} />
          <span aria-hidden="true">–</span>
          <Time at={`${at}/${n}/to`} label={`${day}, ${t('admin.hours.weekly.to')}`} />
          {isReadOnly ? null : (
            <IconButton
              icon={X}
              label={t('admin.hours.weekly.remove', { from: span.from, to: span.to, day })}
              onClick={() => put(spans.filter((_each, place) => place !== n))}
            />
          )}
        </span>
      ))}
      {isReadOnly ? null : (
        <IconButton
          icon={Plus}
          label={t('admin.hours.weekly.add', { day })}
          onClick={() => put([...spans, last ? { from: last.to, to: '24:00' } : { from: '09:00', to: '18:00' }])}
        />
      )}
      <SpanMistake at={at} />
      <SpanMistakes at={at} count={spans.length} />
    </div>
  );
}

function Time({ at, label }: { readonly at: string; readonly label: string }) {
  const { id, value, put, isReadOnly, mistake } = useField<string>(at);
  return (
    <span className={classes('field admin-control admin-time', isReadOnly && 'is-fixed')}>
      <input
        id={id}
        aria-label={label}
        value={value}
        readOnly={isReadOnly}
        maxLength={5}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={mistake ? true : undefined}
        aria-describedby={mistake ? `${id}-mistake` : undefined}
        onChange={({ target }) => put(target.value)}
        onBlur={({ target }) => {
          const whole = wholeTime(target.value);
          if (whole !== target.value) put(whole);
        }}
      />
    </span>
  );
}

/** `9`, `930` and `9:30` as they are meant; anything else stays for the check to complain of. */
function wholeTime(typed: string): string {
  const found = /^(\d{1,2})(?:[:.：]?(\d{2}))?$/.exec(typed.trim());
  return found ? `${String(found[1]).padStart(2, '0')}:${found[2] ?? '00'}` : typed;
}

function SpanMistakes({ at, count }: { readonly at: string; readonly count: number }) {
  return Array.from({ length: count }, (_each, n) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the day.
    <span key={n} className="admin-span-mistakes">
      <SpanMistake at={`${at}/${n}/from`} />
      <SpanMistake at={`${at}/${n}/to`} />
    </span>
  ));
}

function SpanMistake({ at }: { readonly at: string }) {
  const { id, mistake } = useField<string>(at);
  return mistake ? (
    <p id={`${id}-mistake`} className="field-problem small">
      {mistake}
    </p>
  ) : null;
}

function Holidays() {
  const { t, formats } = useText();
  const { value: holidays, put, isReadOnly, id, mistake } = useField<OpeningHours['holidays']>('holidays');
  const nameOf = ({ name, date }: OpeningHours['holidays'][number]) => name[formats.language] || date;
  return (
    <Part title={t('admin.part.holidays')} note={t('admin.hours.holidays.explain')}>
      <RowList
        {...{ id, mistake, isReadOnly, put }}
        rows={holidays}
        fieldsOf={(holiday, n) => (
          <>
            <Line at={`holidays/${n}/date`} kind="date" />
            <Line at={`holidays/${n}/name/en`} />
            <Line at={`holidays/${n}/name/zh`} />
            <div className="admin-holiday-spans">
              <span className="label">{t('admin.hours.holidays.spans')}</span>
              <Spans at={`holidays/${n}/spans`} day={nameOf(holiday)} />
            </div>
          </>
        )}
        removeLabel={(holiday) => t('admin.hours.holidays.remove', { name: nameOf(holiday) })}
        add={{ label: t('admin.hours.holidays.add'), row: { date: '', name: { en: '', zh: '' }, spans: [] } }}
      />
    </Part>
  );
}

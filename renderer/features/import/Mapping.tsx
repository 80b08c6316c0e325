import { useStore } from 'zustand';
import { type ImportMapping, type ImportTarget, importDelimiters, importEncodings } from '../../../shared/contracts/imports.ts';
import { useText } from '../../i18n/index.ts';
import { columnsWith, type ImportOpen, type ImportState, type Stores } from '../../stores/index.ts';
import { type Action, Button, Chip, classes, Field, Segments, Select, Switch } from '../../ui/index.ts';
import { Checked } from './Checked.tsx';
import type { ImportDeeds } from './deeds.ts';
import { ProblemList } from './ProblemList.tsx';
import { type FieldGroup, fieldGroups, targetName } from './words.ts';

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** What each column becomes, what happens to people who are known, and a dry run before anything is written. */
export function Mapping({
  stores,
  open,
  state,
  deeds,
  actions,
}: {
  readonly stores: Stores;
  readonly open: ImportOpen;
  readonly state: ImportState;
  readonly deeds: ImportDeeds;
  readonly actions: Readonly<Record<'import.check' | 'import.start', Action>>;
}) {
  const text = useText();
  const { t, formats } = text;
  const customFields = useStore(stores.desk, (desk) => desk.customFields).filter(({ on }) => on === 'person');
  const { view, preview, mapping, checked, busy, failure } = open;
  const check = actions['import.check'];
  const start = actions['import.start'];

  if (!preview || !mapping) {
    return (
      <div className="import-middle">
        <h1 className="import-title whole">{view.fileName}</h1>
        <p className={failure ? 'tone-broken' : 'text-2'} role="status">
          {failure ? t(`failure.${failure}`) : t('import.looking')}
        </p>
        {failure ? (
          <div className="row">
            <Button onClick={() => void deeds.show(open.importId)}>{t('import.retry')}</Button>
            <Button kind="quiet" onClick={() => void deeds.forget(open.importId)}>
              {t('import.forget')}
            </Button>
          </div>
        ) : null}
      </div>
    );
  }
  const { reading } = mapping;
  const used = mapping.columns.filter((target) => target !== 'skip').length;
  const hasName = mapping.columns.includes('name');
  return (
    <>
      <div className="pane-head import-head">
        <h1 className="cut" title={view.fileName}>
          {view.fileName}
        </h1>
        <span className="small text-3 nowrap">
          {[
            t(`import.format.${view.format}`),
            text.formats.size(view.bytes),
            t('import.columnsUsed', { used, all: mapping.columns.length }),
          ].join(' · ')}
        </span>
        <span className="push" />
        <Button size="small" kind="quiet" disabled={busy !== null} onClick={() => void deeds.forget(open.importId)}>
          {t('import.forget')}
        </Button>
        <Button
          size="small"
          kind={checked ? 'plain' : 'primary'}
          shortcut={check.shortcut}
          disabled={!check.isEnabled}
          onClick={check.perform}
        >
          {t('import.check')}
        </Button>
        <Button
          size="small"
          kind={checked ? 'primary' : 'plain'}
          shortcut={start.shortcut}
          disabled={!start.isEnabled}
          onClick={start.perform}
        >
          {t('import.start')}
        </Button>
      </div>
      <div className="import-scroll">
        <div className="import-options">
          {reading.encoding !== null ? (
            <Select
              label={t('import.encoding')}
              value={reading.encoding}
              choices={importEncodings.map((value) => ({ value, label: t(`import.encoding.${value}`) }))}
              disabled={busy !== null}
              onChange={(encoding) => void deeds.readAs({ encoding, delimiter: reading.delimiter, hasHeader: reading.hasHeader })}
            />
          ) : null}
          {reading.delimiter !== null ? (
            <Select
              label={t('import.delimiter')}
              value={reading.delimiter}
              choices={importDelimiters.map((value) => ({ value, label: t(`import.delimiter.${delimiterNames[value]}`) }))}
              disabled={busy !== null}
              onChange={(delimiter) => void deeds.readAs({ delimiter, encoding: reading.encoding, hasHeader: reading.hasHeader })}
            />
          ) : null}
          <Field
            label={t('import.source')}
            value={mapping.source}
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => deeds.change({ source: target.value })}
          />
          {state.orgUnits.length > 0 ? (
            <Select
              label={t('import.office')}
              value={mapping.orgUnitId ?? ''}
              choices={[
                { value: '', label: t('import.everyOffice') },
                ...state.orgUnits.map(({ id, name }) => ({ value: id, label: name[formats.language] })),
              ]}
              onChange={(id) => deeds.change({ orgUnitId: id === '' ? null : id })}
            />
          ) : null}
        </div>
        <div className="import-known">
          <span className="label">{t('import.whenKnown')}</span>
          <Segments<ImportMapping['whenKnown']>
            label={t('import.whenKnown')}
            value={mapping.whenKnown}
            onChange={(whenKnown) => deeds.change({ whenKnown })}
            segments={(['fillEmpty', 'overwrite', 'skip'] as const).map((value) => ({ value, label: t(`import.whenKnown.${value}`) }))}
          />
          <span className="small text-3">{t(`import.whenKnownText.${mapping.whenKnown}`)}</span>
          {reading.format === 'csv' || reading.format === 'xlsx' ? (
            <span className="push">
              <Switch
                label={t('import.hasHeader')}
                isOn={reading.hasHeader}
                isOff={busy !== null}
                onChange={(hasHeader) => void deeds.readAs({ hasHeader, encoding: reading.encoding, delimiter: reading.delimiter })}
              />
            </span>
          ) : null}
        </div>
        {/* The table is wider than the pane; who has no pointer scrolls it by the choices in its head. */}
        <div className="import-sample">
          <table>
            <caption className="sr-only">{t('import.sample')}</caption>
            <thead>
              <tr>
                {preview.header.map((name, index) => {
                  const target = mapping.columns[index] ?? 'skip';
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place; two may have one name
                    <th key={index} scope="col" className={classes(target === 'skip' && 'is-skipped')}>
                      <span className="import-column cut" title={name}>
                        {name}
                      </span>
                      <TargetChoice
                        name={name}
                        value={target}
                        customFields={customFields}
                        onChange={(next) => deeds.change({ columns: columnsWith(mapping.columns, index, next) })}
                      />
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {preview.sample.slice(0, 8).map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place
                <tr key={at}>
                  {preview.header.map((_name, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <td key={index} className={classes('cut', mapping.columns[index] === 'skip' && 'is-skipped')} title={row[index]}>
                      {row[index]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {hasName ? null : (
          <p className="import-note">
            <Chip tone="waiting">{t('import.noNameColumn')}</Chip>
          </p>
        )}
        {failure ? (
          <p className="tone-broken import-note" role="alert">
            {t(`failure.${failure}`)}
          </p>
        ) : null}
        {busy === 'checking' || busy === 'starting' || busy === 'looking' ? (
          <p className="text-2 import-note" role="status">
            {t(`import.busy.${busy}`)}
          </p>
        ) : null}
        {preview.problems.length > 0 && !checked ? (
          <section className="import-part">
            <h2>{t('import.unreadable')}</h2>
            <ProblemList problems={preview.problems} />
          </section>
        ) : null}
        {checked ? <Checked checked={checked} customFields={customFields} offices={state.orgUnits} /> : null}
        {checked || busy ? null : <p className="small text-3 import-note">{t('import.checkFirst')}</p>}
      </div>
    </>
  );
}

function TargetChoice(props: {
  readonly name: string;
  readonly value: ImportTarget;
  readonly customFields: Parameters<typeof targetName>[2];
  onChange(target: ImportTarget): void;
}) {
  const text = useText();
  const { t } = text;
  return (
    <select
      className="import-target"
      aria-label={t('import.becomes', { column: props.name })}
      value={props.value}
      onChange={({ target }) => props.onChange(target.value as ImportTarget)}
    >
      <option value="skip">{t('import.target.skip')}</option>
      {(Object.keys(fieldGroups) as FieldGroup[]).map((group) => (
        <optgroup key={group} label={t(`import.group.${group}`)}>
          {fieldGroups[group].map((field) => (
            <option key={field} value={field}>
              {t(`import.target.${field}`)}
            </option>
          ))}
        </optgroup>
      ))}
      {props.customFields.length > 0 ? (
        <optgroup label={t('import.group.custom')}>
          {props.customFields.map(({ id }) => (
            <option key={id} value={`custom:${id}`}>
              {targetName(text, `custom:${id}`, props.customFields)}
            </option>
          ))}
        </optgroup>
      ) : null}
    </select>
  );
}
